#!/usr/bin/env bash
# bench/links.sh mixed [SECONDS]: 80 % redirects, 10 % reads, 10 % writes, 64 at once, for 60 seconds by default. Ends with an error
# where a request failed, an update was lost or a count is off.
# bench/links.sh lists [COUNT]: makes 100,000 links by default, and lists them in every way.
set -euo pipefail
cd "$(dirname "$0")/.."
source bench/common.sh

build
start_azurite
export Logging__LogLevel__Default=Warning
lift_limits Enterprise 1000000
start_server one --demo-plan enterprise
"${load[@]}" "$1" "${url[one]}/" "$(api_key one)" "${2:-$([ "$1" = lists ] && echo 100000 || echo 60)}"
