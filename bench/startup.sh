#!/usr/bin/env bash
# Measures the time from the start of the process to its first response, compared with an ASP.NET Core application with one route.
# Usage: bench/startup.sh [STARTS]      by default 15 of each, alternately
set -euo pipefail
cd "$(dirname "$0")/.."
source bench/common.sh
starts=${1:-15}

build
for project in src/XQr.Server bench/XQr.Load; do
    dotnet publish $project -c Release -v q --nologo --no-self-contained -r linux-x64 -p:PublishReadyToRun=true -o "$work/r2r/$(basename $project)"
done

start_azurite
export Logging__LogLevel__Default=Warning Xqr__PublicBaseUrl=https://xqr.example
declare -A program=(
    [bare]=bench/XQr.Load/bin/Release/net10.0/XQr.Load.dll
    [server]=src/XQr.Server/bin/Release/net10.0/XQr.Server.dll
    [bare-r2r]=$work/r2r/XQr.Load/XQr.Load.dll
    [server-r2r]=$work/r2r/XQr.Server/XQr.Server.dll
)
names=(bare server bare-r2r server-r2r)

# first_response NAME: the milliseconds until the first response with any status.
first_response() {
    node bench/first-response.mjs dotnet "${program[$1]}" --urls
}

# The first start creates the tables and fills the disk cache, and is not measured.
for name in "${names[@]}"; do
    first_response $name >/dev/null
done
for ((i = 0; i < starts; i++)); do
    for name in "${names[@]}"; do
        first_response $name >>"$work/$name.ms"
    done
done

echo "# $(date -u +%F), $(nproc) cores, $starts starts each; milliseconds from start to first response"
printf '%-14s %8s %8s\n' program median ratio
for kind in "" -r2r; do
    base=$(median <"$work/bare$kind.ms")
    for name in bare$kind server$kind; do
        own=$(median <"$work/$name.ms")
        printf '%-14s %8.0f %8.2f\n' "$name" "$own" "$(awk "BEGIN { print $own / $base }")"
    done
done
