# Functions of the load scripts: storage, servers that end with the script, and helpers.
# It requires the .NET SDK and Node. Source it with the root of the checkout as the current folder.

work=$(mktemp -d)
pids=()
load=(dotnet bench/XQr.Load/bin/Release/net10.0/XQr.Load.dll)
service=(dotnet src/XQr.Server/bin/Release/net10.0/XQr.Server.dll)
declare -A url

# build: builds the server and the load generator in Release.
build() {
    dotnet build src/XQr.Server -c Release -v q --nologo
    dotnet build bench/XQr.Load -c Release -v q --nologo
}

finish() {
    # In reverse order, because the servers store scans when they end.
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

# median: the median of the numbers on standard input, one per line.
median() {
    sort -g | awk '{ n[NR] = $1 } END { print NR % 2 ? n[(NR + 1) / 2] : (n[NR / 2] + n[NR / 2 + 1]) / 2 }'
}

# until_ready FILE: waits until a server has written its ready file, at most a minute.
until_ready() {
    local i
    for ((i = 0; i < 600; i++)); do
        [ -f "$1" ] && return
        sleep 0.1
    done
    echo "The server is not ready" >&2
    exit 1
}

# start_server NAME [ARGUMENTS…]: starts a server. url[NAME] is its address, and api_key NAME prints the key that it created.
start_server() {
    url[$1]=http://127.0.0.1:$(free_port)
    "${service[@]}" --urls "${url[$1]}" --ready-file "$work/$1.ready" "${@:2}" >"$work/$1.out" &
    pids+=($!)
    until_ready "$work/$1.ready"
}

api_key() {
    json it.api_key <"$work/$1.ready"
}

# lift_limits PLAN BURST: raises the limits of a plan, so that they do not affect the measurement.
lift_limits() {
    export "Xqr__Plans__$1__CallsPerMonth=-1" "Xqr__Plans__$1__BurstPerSecond=$2"
}

# start_azurite: starts Azurite in memory and exports its connection string.
start_azurite() {
    [ -f node_modules/azurite/package.json ] || npm ci --no-audit --no-fund >/dev/null
    local blob queue table
    blob=$(free_port) queue=$(free_port) table=$(free_port)
    node node_modules/azurite/dist/src/azurite.js --silent --inMemoryPersistence --skipApiVersionCheck --disableTelemetry \
        --blobPort "$blob" --queuePort "$queue" --tablePort "$table" >"$work/azurite" &
    pids+=($!)
    # The account and key of Azurite are public and the same everywhere.
    local account=devstoreaccount1 key=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==
    local host=http://127.0.0.1
    local endpoints="BlobEndpoint=$host:$blob/$account;QueueEndpoint=$host:$queue/$account;TableEndpoint=$host:$table/$account;"
    export Xqr__Storage__ConnectionString="DefaultEndpointsProtocol=http;AccountName=$account;AccountKey=$key;$endpoints"
    local i
    for ((i = 0; i < 300; i++)); do
        curl -s -o "$work/ready" "http://127.0.0.1:$table/" && return
        sleep 0.1
    done
    echo "Azurite does not respond" >&2
    exit 1
}
