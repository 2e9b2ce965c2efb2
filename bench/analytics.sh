#!/usr/bin/env bash
# bench/analytics.sh statistics [SCANS]: stores a million scans of 1,000 links over 90 days by default, aggregates them, and requests all
# statistics: storage transactions and times; then a hot link, 10,000 scans within a minute.
# bench/analytics.sh two [SECONDS]: two servers on one storage, visited and queried at the same time, for 60 seconds by default. Fails if a
# request failed or a count is wrong.
set -euo pipefail
cd "$(dirname "$0")/.."
source bench/common.sh

if [ "$1" = statistics ]; then
    dotnet run -c Release --project bench/XQr.Measurements -- "${2:-1000000}"
    exit
fi

build
start_azurite
export Logging__LogLevel__Default=Warning Xqr__PublicBaseUrl=https://xqr.example
lift_limits Enterprise 1000000
start_server one --demo-plan enterprise
start_server other --demo-plan enterprise
"${load[@]}" "$1" "${url[one]}/" "${url[other]}/" "$(api_key one)" "${2:-60}"
