#!/usr/bin/env bash
# bench/links.sh mixed [SECONDS]: 80 % redirects, 10 % reads, 10 % writes, 64 at once, for 60 seconds by default. Ends with an error
# where a request failed, an update was lost or a count is off.
# bench/links.sh lists [COUNT]: makes 100,000 links by default, and lists them in every way.
set -euo pipefail
cd "$(dirname "$0")/.."
source bench/common.sh

dotnet build src/XQr.Server -c Release -v q --nologo
dotnet build bench/XQr.Load -c Release -v q --nologo
start_azurite
url=http://127.0.0.1:$(free_port)
# The plan's limits are not what is measured.
export Logging__LogLevel__Default=Warning Xqr__Plans__Enterprise__CallsPerMonth=-1 Xqr__Plans__Enterprise__BurstPerSecond=1000000
dotnet src/XQr.Server/bin/Release/net10.0/XQr.Server.dll --urls "$url" --demo-plan enterprise --ready-file "$work/ready.json" >"$work/out" &
pids+=($!)
until_ready "$work/ready.json"
dotnet bench/XQr.Load/bin/Release/net10.0/XQr.Load.dll "$1" "$url/" "$(json it.api_key <"$work/ready.json")" "${2:-$([ "$1" = lists ] && echo 100000 || echo 60)}"
