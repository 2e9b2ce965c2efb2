#!/usr/bin/env bash
# Measures text to image: the renderer, the renderers of QRCoder and the npm package qrcode, alternately in one run. The faster of two rounds
# counts. Then it measures the first render of a process. It requires the .NET SDK and Node.
#
#   bench/rendering.sh
set -euo pipefail
cd "$(dirname "$0")/.."
. bench/common.sh

need dotnet "https://dotnet.microsoft.com/download"
need node "https://nodejs.org"
dotnet build bench/XQr.Benchmarks --configuration Release >"$work/build" || { cat "$work/build"; exit 1; }
benchmarks=(dotnet bench/XQr.Benchmarks/bin/Release/net10.0/XQr.Benchmarks.dll)
echo '{"private":true}' >"$work/package.json"
npm install --prefix "$work" --no-audit --no-fund --no-package-lock qrcode@1.5.4 >/dev/null

for round in 1 2; do
    "${benchmarks[@]}" compare-rendering
    node bench/rendering.mjs "$work"
done >"$work/lines"
for start in 1 2 3 4 5; do
    "${benchmarks[@]}" first-render
done >>"$work/lines"

# The fastest of each case, in the order of the first round.
awk -F '\t' '
    !($1 in best) { names[++n] = $1; best[$1] = $2; allocated[$1] = $3; bytes[$1] = $4 }
    $2 < best[$1] { best[$1] = $2 }
    END {
        for (i = 1; i <= n; i++)
            printf "%-36s %10.1f µs %10s allocated %8s bytes\n", names[i], best[names[i]], allocated[names[i]], bytes[names[i]]
    }
' "$work/lines"
