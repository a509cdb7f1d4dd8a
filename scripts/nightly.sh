#!/usr/bin/env bash
# What takes too long for every build: 10,000 days of one person across four systems, and random days of the first
# simulator with a seed of their own each night; then several hubs under faults. A day that fails is printed with its seed; HOOKSWITCH_SEED runs it again.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ "${1:-}" = --seed ]; then
  HOOKSWITCH_SEED=$2 HOOKSWITCH_CLUSTER_SEEDS=1 HOOKSWITCH_CLUSTER_PEOPLE=${HOOKSWITCH_CLUSTER_PEOPLE:-2000} \
    exec npx vitest run --project timed test/system/cluster-faults.test.ts
fi
seed=${HOOKSWITCH_SEED:-$(date -u +%Y%m%d)}
HOOKSWITCH_SEED=$seed HOOKSWITCH_DAYS=${HOOKSWITCH_DAYS:-10000} npx vitest run --project sim test/sim/four/days.test.ts
for each in "$seed" "$((seed + 1))" "$((seed + 2))"; do
  echo "nightly: random days with seed $each"
  HOOKSWITCH_SEED=$each npx vitest run --project sim test/sim/properties.test.ts -t 'random days'
done
# Three hubs, NATS, PostgreSQL, a real Kamailio and 2,000 people: hubs and servers are killed, frozen, cut off, stopped and
# slowed down in the order that each seed gives. `scripts/nightly.sh --seed N` runs the one seed N of these again, and nothing else.
scripts/apt-packages.sh
HOOKSWITCH_SEED=$seed HOOKSWITCH_CLUSTER_SEEDS=${HOOKSWITCH_CLUSTER_SEEDS:-20} HOOKSWITCH_CLUSTER_PEOPLE=${HOOKSWITCH_CLUSTER_PEOPLE:-2000} \
  npx vitest run --project timed test/system/cluster-faults.test.ts
