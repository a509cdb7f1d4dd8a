#!/bin/sh
# Installs the Debian packages that the system tests run against: a real Kamailio, real phones, a browser.
# Does nothing, quickly, when they are all there. Needs root only when something is missing.
set -eu

# kamailio: the PBX; its modules: presence (PUBLISH, SUBSCRIBE, dialog-info), sqlite (where presence keeps them),
# tls. sip-tester (SIPp) and baresip-core: phones. chromium: what the portal is tried in. postgresql: the other store,
# and pgbouncer, which must not stand before it. nats-server: what several hubs talk over. haproxy: TLS before a hub. prometheus (promtool), systemd
# (systemd-analyze), yamllint: linters of deploy/. iproute2: a hub is cut off. golang, sprig, sigs-yaml: what Helm renders a chart with.
packages="kamailio kamailio-presence-modules kamailio-sqlite-modules kamailio-tls-modules sip-tester baresip-core
chromium postgresql pgbouncer nats-server haproxy iproute2 prometheus systemd yamllint golang-go
golang-github-masterminds-sprig-dev golang-k8s-sigs-yaml-dev"

missing=""
for package in $packages; do
  status=$(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null || true)
  case $status in
    ii*) ;;
    *) missing="$missing $package" ;;
  esac
done
[ -z "$missing" ] && exit 0

if ! command -v apt-get >/dev/null 2>&1; then
  echo "apt-packages: these Debian packages are missing and there is no apt-get here:$missing" >&2
  echo "apt-packages: run the tests on Debian 12 or newer, or provide the programs in another way." >&2
  exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
  echo "apt-packages: these packages are missing and only root may install them:$missing" >&2
  echo "apt-packages: run once as root: apt-get update && apt-get install --no-install-recommends$missing" >&2
  exit 1
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
# A package must not start its server while it is installed (exit code 101 = "not now"); ours are started by the tests.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
  trap 'rm -f "$log" "$policy"' EXIT
fi
export DEBIAN_FRONTEND=noninteractive
run() {
  "$@" >"$log" 2>&1 && return 0
  tail -n 20 "$log" >&2
  echo "apt-packages: failed: $*" >&2
  exit 1
}
echo "apt-packages: installing$missing" >&2
run apt-get -q update
# shellcheck disable=SC2086  # the list is meant to be split
run apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends $missing
