#!/usr/bin/env bash
# From the start of the process to its first answer, beside an ASP.NET Core application that has nothing but one route.
# Usage: bench/startup.sh [STARTS]      by default 15 of each, in turn
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
    [yardstick]=bench/XQr.Load/bin/Release/net10.0/XQr.Load.dll
    [server]=src/XQr.Server/bin/Release/net10.0/XQr.Server.dll
    [yardstick-r2r]=$work/r2r/XQr.Load/XQr.Load.dll
    [server-r2r]=$work/r2r/XQr.Server/XQr.Server.dll
)
names=(yardstick server yardstick-r2r server-r2r)

# first_answer NAME: milliseconds until any answer, whatever its status.
first_answer() {
    node bench/first-answer.mjs dotnet "${program[$1]}" --urls
}

# The first start fills the storage and the disk cache, and doesn't count.
for name in "${names[@]}"; do
    first_answer $name >/dev/null
done
for ((i = 0; i < starts; i++)); do
    for name in "${names[@]}"; do
        first_answer $name >>"$work/$name.ms"
    done
done

echo "# $(date -u +%F), $(nproc) cores, $starts starts each; milliseconds from start to first answer"
printf '%-14s %8s %8s\n' program median ratio
for kind in "" -r2r; do
    base=$(median <"$work/yardstick$kind.ms")
    for name in yardstick$kind server$kind; do
        own=$(median <"$work/$name.ms")
        printf '%-14s %8.0f %8.2f\n' "$name" "$own" "$(awk "BEGIN { print $own / $base }")"
    done
done
