#!/bin/sh
# Checks the published Functions app. The package must be small, so that cold starts are fast, and have files of one operating system only.
# Usage: eng/check-package.sh FOLDER
set -eu

folder=${1:?the folder of the published app is required}
max_mb=60
code=0

fail() { echo "package: $*" >&2; code=1; }

for file in host.json functions.metadata worker.config.json XQr.Functions.dll libSkiaSharp.so; do
  [ -f "$folder/$file" ] || fail "$file is missing"
done

mb=$(du -sk "$folder" | awk '{ print int(($1 + 1023) / 1024) }')
[ "$mb" -le "$max_mb" ] || fail "$mb MB exceed the limit of $max_mb MB; files over 3 MB: $(find "$folder" -type f -size +3000k | sort | tr '\n' ' ')"

# Native libraries of other systems, and symbols of native libraries. A publish without a runtime identifier contains all of them.
others=$(find "$folder" \( -path '*/runtimes/*' -o -name '*.dylib' -o -name 'lib*.pdb' -o -name 'lib*.dll' -o -name '*.dbg' \) | sort | head -n 5)
[ -z "$others" ] || fail "files of other systems or symbols: $(echo "$others" | tr '\n' ' ')"
natives=$(find "$folder" -name '*.so' | wc -l)
[ "$natives" -eq 1 ] || fail "$natives native libraries instead of one"

secrets=$(find "$folder" -name 'local.settings.json')
[ -z "$secrets" ] || fail "local.settings.json is published"

[ "$code" -eq 0 ] && echo "package: $mb MB, at most $max_mb MB; $(find "$folder" -type f | wc -l | tr -d ' ') files"
exit "$code"
