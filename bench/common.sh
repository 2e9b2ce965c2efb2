# What the load scripts share: a storage of their own, processes that end with the script, and small helpers.
# Needs the .NET SDK and Node; sourced with the checkout's root as the current folder.

work=$(mktemp -d)
pids=()
load=(dotnet bench/XQr.Load/bin/Release/net10.0/XQr.Load.dll)
service=(dotnet src/XQr.Server/bin/Release/net10.0/XQr.Server.dll)
declare -A url

# build: the server and the load, Release.
build() {
    dotnet build src/XQr.Server -c Release -v q --nologo
    dotnet build bench/XQr.Load -c Release -v q --nologo
}

finish() {
    # Backwards: the storage ends after those that flush into it.
    for ((i = ${#pids[@]} - 1; i >= 0; i--)); do
        kill "${pids[i]}" 2>/dev/null && wait "${pids[i]}" 2>/dev/null || true
    done
    rm -rf "$work"
}
trap finish EXIT

need() {
    command -v "$1" >/dev/null || { echo "$1 is missing: $2" >&2; exit 1; }
}

free_port() {
    node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}

# json EXPRESSION: evaluates a JavaScript expression on the JSON of standard input, named `it`.
json() {
    node -e 'const it = JSON.parse(require("fs").readFileSync(0)); console.log(eval(process.argv[1]))' "$1"
}

# median: of the numbers on standard input, one a line.
median() {
    sort -g | awk '{ n[NR] = $1 } END { print NR % 2 ? n[(NR + 1) / 2] : (n[NR / 2] + n[NR / 2 + 1]) / 2 }'
}

# until_ready FILE: waits until a server has written its ready file, a minute at most.
until_ready() {
    local i
    for ((i = 0; i < 600; i++)); do
        [ -f "$1" ] && return
        sleep 0.1
    done
    echo "The server does not get ready" >&2
    exit 1
}

# start_server NAME [ARGUMENTS…]: a server that is ready; url[NAME] is its address, and api_key NAME prints the key that its start made.
start_server() {
    url[$1]=http://127.0.0.1:$(free_port)
    "${service[@]}" --urls "${url[$1]}" --ready-file "$work/$1.ready" "${@:2}" >"$work/$1.out" &
    pids+=($!)
    until_ready "$work/$1.ready"
}

api_key() {
    json it.api_key <"$work/$1.ready"
}

# lift_limits PLAN BURST: the plan's limits are not what is measured.
lift_limits() {
    export "Xqr__Plans__$1__CallsPerMonth=-1" "Xqr__Plans__$1__BurstPerSecond=$2"
}

# start_azurite: in memory, and its connection string for whatever starts later.
start_azurite() {
    [ -f node_modules/azurite/package.json ] || npm ci --no-audit --no-fund >/dev/null
    local blob queue table
    blob=$(free_port) queue=$(free_port) table=$(free_port)
    node node_modules/azurite/dist/src/azurite.js --silent --inMemoryPersistence --skipApiVersionCheck --disableTelemetry \
        --blobPort "$blob" --queuePort "$queue" --tablePort "$table" >"$work/azurite" &
    pids+=($!)
    # Azurite's account and key are the same for everybody, and public.
    local account=devstoreaccount1 key=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==
    export Xqr__Storage__ConnectionString="DefaultEndpointsProtocol=http;AccountName=$account;AccountKey=$key;BlobEndpoint=http://127.0.0.1:$blob/$account;QueueEndpoint=http://127.0.0.1:$queue/$account;TableEndpoint=http://127.0.0.1:$table/$account;"
    local i
    for ((i = 0; i < 300; i++)); do
        curl -s -o "$work/ready" "http://127.0.0.1:$table/" && return
        sleep 0.1
    done
    echo "Azurite does not answer" >&2
    exit 1
}
