#!/bin/sh
# Checks the published Functions app: what a cold start has to fetch and load must stay small, and made for the one system that it runs on.
# Usage: eng/check-package.sh FOLDER
set -eu

folder=${1:?the folder of the published app}
max_mb=60
code=0

fail() { echo "package: $*" >&2; code=1; }

for file in host.json functions.metadata worker.config.json XQr.Functions.dll libSkiaSharp.so; do
  [ -f "$folder/$file" ] || fail "$file is missing"
done

mb=$(du -sk "$folder" | awk '{ print int(($1 + 1023) / 1024) }')
[ "$mb" -le "$max_mb" ] || fail "$mb MB, at most $max_mb are allowed; the largest files: $(find "$folder" -type f -size +3000k | sort | tr '\n' ' ')"

# Natives of other systems, and symbols of natives; a publish without a runtime identifier has them all.
others=$(find "$folder" \( -path '*/runtimes/*' -o -name '*.dylib' -o -name 'lib*.pdb' -o -name 'lib*.dll' -o -name '*.dbg' \) | sort | head -n 5)
[ -z "$others" ] || fail "files of other systems or symbols: $(echo "$others" | tr '\n' ' ')"
natives=$(find "$folder" -name '*.so' | wc -l)
[ "$natives" -eq 1 ] || fail "$natives native libraries instead of one"

secrets=$(find "$folder" -name 'local.settings.json')
[ -z "$secrets" ] || fail "local.settings.json is published"

[ "$code" -eq 0 ] && echo "package: $mb MB, at most $max_mb MB; $(find "$folder" -type f | wc -l | tr -d ' ') files"
exit "$code"
