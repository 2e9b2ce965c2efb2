#!/usr/bin/env bash
# Measures redirects under load as a ratio to a bare Kestrel 302 in the same run, and checks that every scan was counted.
# Usage: bench/redirects.sh [ROUNDS] [SECONDS]      by default 5 rounds of 8 seconds for each of five targets, about five minutes
set -euo pipefail
cd "$(dirname "$0")/.."
source bench/common.sh
need wrk "apt-get install wrk"
rounds=${1:-5} seconds=${2:-8}
connections=64 exact=20000

build

start_azurite
export Logging__LogLevel__Default=Warning Xqr__PublicBaseUrl=https://xqr.example
# The limits of the plan must not slow down the creation of links.
lift_limits Pro 1000

declare -A sent

# api METHOD PATH [BODY]
api() {
    curl -sf -X "$1" -H "Authorization: Bearer $key" ${3:+-H 'Content-Type: application/json' -d "$3"} "${url[never]}/api/v1$2"
}

# make_links LABEL NUMBER
make_links() {
    for ((i = 0; i < $2; i++)); do
        api POST /links "{\"url\":\"https://example.com/landing-page\",\"labels\":[\"$1\"]}" | sed 's/.*"short_code":"\([^"]*\)".*/\1\n/'
    done >"$work/$1.codes"
}

# scans LABEL [MIN]: waits at most a minute until the links with a label have that many scans, and prints the number of scans.
scans() {
    local i counted
    for ((i = 0; i < 60; i++)); do
        counted=$(api GET "/links?limit=200&label=$1" | json 'it.data.reduce((sum, link) => sum + link.scan_count, 0)')
        ((counted >= ${2:-0})) && break
        sleep 1
    done
    echo "$counted"
}

Xqr__Scans__CommitWait=0 start_server never
Xqr__Scans__CommitWait=25 start_server default
key=$(api_key never)
url[bare]=http://127.0.0.1:$(free_port)
"${load[@]}" --urls "${url[bare]}" >"$work/bare.out" &
pids+=($!)
echo any >"$work/bare-1.codes"
for server in never default; do
    make_links $server-1 1
    make_links $server-100 100
done

targets=(bare-1 never-1 never-100 default-1 default-100)
run() {
    wrk -t2 -c$connections -d"$2"s -s bench/visits.lua "${url[${1%-*}]}" -- "$work/$1.codes" | tail -1
}
echo "# $(date -u +%F), $(nproc) cores, wrk with $connections connections, $rounds rounds of $seconds s; latencies in ms"
for target in "${targets[@]}"; do
    read -r _ requests _ < <(run "$target" 3)
    sent[$target]=$requests
done
for ((round = 1; round <= rounds; round++)); do
    for target in "${targets[@]}"; do
        line=$(run "$target" "$seconds")
        echo "$line" >>"$work/$target.lines"
        read -r _ requests _ <<<"$line"
        sent[$target]=$((sent[$target] + requests))
    done
done

bare=$(cut -d' ' -f1 "$work/bare-1.lines" | median)
column() { cut -d' ' -f"$1" "$work/$2.lines" | median; }
printf '%-12s %10s %8s %8s %8s %8s %7s\n' target req/s ratio p50 p90 p99 errors
for target in "${targets[@]}"; do
    rate=$(column 1 $target)
    printf '%-12s %10.0f %8.3f %8.2f %8.2f %8.2f %7d\n' "$target" "$rate" "$(awk "BEGIN { print $rate / $bare }")" \
        "$(column 4 $target)" "$(column 5 $target)" "$(column 6 $target)" "$(awk '{ sum += $3 } END { print sum }' "$work/$target.lines")"
done

# At its end, wrk drops its active requests, which are counted as scans: at most one per connection and round.
failed=0
tolerance=$((connections * (rounds + 1)))
for target in "${targets[@]:1}"; do
    scans $target ${sent[$target]} >"$work/first"
done
sleep 2
for target in "${targets[@]:1}"; do
    counted=$(scans $target)
    over=$((counted - sent[$target]))
    result=ok
    ((over >= 0 && over <= tolerance)) || { result=WRONG; failed=1; }
    echo "$target: wrk completed ${sent[$target]}, counted $counted, $over more (0 to $tolerance are active when wrk ends): $result"
done
for target in never-1 default-1; do
    before=$(scans $target)
    "${load[@]}" count "${url[${target%-*}]}/$(cat "$work/$target.codes")" $exact
    scans $target $((before + exact)) >"$work/first"
    sleep 2
    counted=$(($(scans $target) - before))
    result=ok
    ((counted == exact)) || { result=WRONG; failed=1; }
    echo "$target: exactly $exact visits sent, counted $counted: $result"
done
exit $failed
