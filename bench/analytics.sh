#!/usr/bin/env bash
# bench/analytics.sh figures [SCANS]: stores a million scans of 1,000 links over 90 days by default, folds them, and asks for every figure:
# storage transactions and times; then a hot link, 10,000 scans within a minute.
# bench/analytics.sh two [SECONDS]: two servers on one storage, visited and asked for figures at once, for 60 seconds by default. Ends with
# an error where a request failed or a figure is off by one.
set -euo pipefail
cd "$(dirname "$0")/.."
source bench/common.sh

if [ "$1" = figures ]; then
    dotnet run -c Release --project bench/XQr.Figures -- "${2:-1000000}"
    exit
fi

dotnet build src/XQr.Server -c Release -v q --nologo
dotnet build bench/XQr.Load -c Release -v q --nologo
start_azurite
# The plan's limits are not what is measured.
export Logging__LogLevel__Default=Warning Xqr__Plans__Enterprise__CallsPerMonth=-1 Xqr__Plans__Enterprise__BurstPerSecond=1000000
urls=()
for server in 1 2; do
    urls+=("http://127.0.0.1:$(free_port)")
    Xqr__PublicBaseUrl=https://xqr.example dotnet src/XQr.Server/bin/Release/net10.0/XQr.Server.dll \
        --urls "${urls[-1]}" --demo-plan enterprise --ready-file "$work/ready$server.json" >"$work/out$server" &
    pids+=($!)
    until_ready "$work/ready$server.json"
done
dotnet bench/XQr.Load/bin/Release/net10.0/XQr.Load.dll "$1" "${urls[0]}/" "${urls[1]}/" "$(json it.api_key <"$work/ready1.json")" "${2:-60}"
