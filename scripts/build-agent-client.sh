#!/bin/sh
# Builds the client package of the agent protocol into the folder named, dist/agent-client where none is.
# Run by `npm run agent-client:build`, which finds the compiler.
set -eu
out=${1:-dist/agent-client}
tsc -p src/agent-client --outDir "$out"
cp src/agent-client/package.json src/agent-client/README.md LICENSE "$out/"
