#!/usr/bin/env bash
# Everything, then whether each requirement was shown: a test that carries an ID must have run, and passed.
set -euo pipefail
cd "$(dirname "$0")/.."
export HOOKSWITCH_TEST_RESULTS=dist/results
rm -rf "$HOOKSWITCH_TEST_RESULTS"
scripts/apt-packages.sh
npm run check
npm run web:build
npm run sim
npm run system
npm run timed
npm run coverage:requirements -- --results "$HOOKSWITCH_TEST_RESULTS"/*.json
