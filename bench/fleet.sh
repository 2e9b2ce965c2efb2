#!/usr/bin/env bash
# bench/fleet.sh [PART…]: many instances of the service's classes in one process, on an Azurite of its own for each part. The parts, all by default:
# limits: requests of one key at up to 1,000 instances. links: creations in one workspace on up to 100 instances, all at once.
# redirects: visits on up to 1,000 instances, and what is counted. aggregation: 10,000 workspaces by 10 workers, one workspace always fails, and one
# worker dies. memory: an instance that has seen 20,000 workspaces.
set -euo pipefail
cd "$(dirname "$0")/.."

[ $# -gt 0 ] || set -- limits links redirects aggregation memory
dotnet build bench/XQr.Measurements -c Release -v q --nologo
for part; do
    printf '\n%s\n\n' "$part"
    dotnet bench/XQr.Measurements/bin/Release/net10.0/XQr.Measurements.dll "$part"
done
