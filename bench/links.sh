#!/usr/bin/env bash
# bench/links.sh mixed [SECONDS]: sends 80 % redirects, 10 % reads and 10 % writes with 64 workers, for 60 seconds by default. Fails if a
# request failed, an update was lost or a count is wrong.
# bench/links.sh lists [COUNT]: creates links, 100,000 by default, and measures all kinds of lists.
set -euo pipefail
cd "$(dirname "$0")/.."
source bench/common.sh

build
start_azurite
export Logging__LogLevel__Default=Warning
lift_limits Enterprise 1000000
start_server one --demo-plan enterprise
"${load[@]}" "$1" "${url[one]}/" "$(api_key one)" "${2:-$([ "$1" = lists ] && echo 100000 || echo 60)}"
