#!/bin/sh
# Tests a deployment or a local server over HTTP. Creates a workspace and a key with the admin commands, then creates a link, follows it,
# renders its QR code, deletes it and revokes the key. Exits with code 1 at the first failure.
#
#   XQR_SMOKE_URL          the address of the service, for example http://127.0.0.1:7071
#   XQR_SMOKE_KEY          the API key; by default the admin commands create one in the storage of these settings:
#   Xqr__Storage__AccountName (with the Azure login of this machine) or Xqr__Storage__ConnectionString
#   XQR_SMOKE_WORKSPACE    the workspace of the created key; by default a new one
#   XQR_SMOKE_TIMEOUT      the seconds to wait for the service to start and for new roles to become effective; by default 300
#   XQR_SMOKE_CLIENT_ADDRESS  the client address that the service must see; by default any public address
#   XQR_SMOKE_SERVER       the command line for admin commands; by default dotnet run
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
url=${XQR_SMOKE_URL:?the address of the service is required}
url=${url%/}
server=${XQR_SMOKE_SERVER:-dotnet run --project "$root/src/XQr.Server" --}
timeout=${XQR_SMOKE_TIMEOUT:-300}
key=${XQR_SMOKE_KEY:-}
link='' made_key='' step='start'
work=$(mktemp -d)
config=$work/curl

say() { echo "smoke test: $*"; }
fail() { say "FAILED at '$step': $*" >&2; exit 1; }

cleanup() {
  code=$?
  trap - EXIT
  set +e
  [ -z "$link" ] || request DELETE "/api/v1/links/$link" >/dev/null
  if [ -n "$made_key" ] && ! $server key revoke "$made_key" >/dev/null; then
    say "the key $made_key could not be revoked: revoke it by hand" >&2
    code=1
  fi
  rm -rf "$work"
  exit "$code"
}
trap cleanup EXIT
trap 'exit 1' INT TERM HUP

# request METHOD PATH [BODY]: sends a request, stores the headers and the body in files, and prints the status, or 000 without a response.
request() {
  curl --silent --max-time 60 --config "$config" --request "$1" --dump-header "$work/head" --output "$work/body" \
    --write-out '%{http_code}' ${3:+--header "Content-Type: application/json"} ${3:+--data "$3"} "$url$2" || true
}

expect() {
  status=$1
  shift
  found=$(request "$@")
  [ "$found" = "$status" ] || fail "$1 $2 returned $found instead of $status: $(head -c 500 "$work/body" 2>/dev/null)"
}

header() { tr -d '\r' <"$work/head" | grep -i "^$1:" | tail -n 1 | sed 's/^[^:]*: *//'; }
field() { tr -d '\n' <"$work/body" | sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p"; }

# admin COMMAND…: runs an admin command and prints the last line of its output. It retries, because new roles take minutes to become effective.
admin() {
  waited=0
  until $server "$@" >"$work/admin" 2>"$work/admin.log"; do
    [ "$waited" -lt "$timeout" ] || fail "$1 $2: $(tail -n 3 "$work/admin.log")"
    sleep 10
    waited=$((waited + 10))
  done
  tail -n 1 "$work/admin"
}

# curl reads the key from a file that only this user can read, because process lists show arguments.
umask 077
: >"$config"

step='health'
waited=0
until [ "$(request GET /health)" = 200 ]; do
  [ "$waited" -lt "$timeout" ] || fail "$url/health did not return 200 within $timeout seconds: $(head -c 500 "$work/body" 2>/dev/null)"
  sleep 5
  waited=$((waited + 5))
done
say "$url is healthy"

if [ -z "$key" ]; then
  step='workspace'
  workspace=${XQR_SMOKE_WORKSPACE:-$(admin workspace create --name 'Smoke test' --plan pro)}
  case $workspace in ws_*) ;; *) fail "'$workspace' is not a workspace id" ;; esac
  step='key'
  key=$(admin key create --workspace "$workspace" --name 'Smoke test' --scopes links:write,links:read,qr:render,workspace:read)
  made_key=$(expr "$key" : 'xqr_pk_\([0-9a-f]*\)\.') || fail 'the command printed no key'
  say "created the key $made_key in the workspace $workspace"
fi
printf 'header = "Authorization: Bearer %s"\n' "$key" >"$config"

# Unique visitors, routing by percentage and the limit of failed key attempts need the address of each client, not that of a proxy.
step='client address'
if [ "$(request GET /api/v1/workspace)" = 200 ]; then
  address=$(header X-Client-Address)
  say "the service sees this machine at $address"
  remedy="set Xqr:ClientIpHeader to the header in which the front end sends the client's address (docs/deploy.md)"
  [ -z "${XQR_SMOKE_CLIENT_ADDRESS:-}" ] || [ "$address" = "$XQR_SMOKE_CLIENT_ADDRESS" ] || fail "the service sees $address instead of $XQR_SMOKE_CLIENT_ADDRESS: $remedy"
  case $address in
    127.* | ::1)
      case $url in
        *://localhost* | *://127.* | *://\[::1\]*) ;;
        *) fail "$address is the address of the service itself: $remedy" ;;
      esac ;;
    '' | unknown | 10.* | 169.254.* | 192.168.* | 168.63.129.16 | 172.1[6-9].* | 172.2[0-9].* | 172.3[01].* | fe80:* | f[cd]*:* | \
      100.6[4-9].* | 100.[7-9][0-9].* | 100.1[01][0-9].* | 100.12[0-7].*)
      fail "$address is private or belongs to the platform, so all clients share it: $remedy" ;;
    147.243.* | 2a01:111:2050:*)
      fail "$address is an edge of Front Door, so many clients share it: $remedy" ;;
  esac
else
  say 'the key has no scope workspace:read, so the client address is not checked'
fi

step='create a link'
destination="https://example.com/?smoke=$(date +%s)"
expect 201 POST /api/v1/links "{\"url\":\"$destination\"}"
link=$(field id)
code=$(field short_code)
[ -n "$link" ] && [ -n "$code" ] || fail 'the response has no id or no short code'

step='follow it'
expect 302 GET "/$code"
[ "$(header Location)" = "$destination" ] || fail "it redirects to '$(header Location)' instead of '$destination'"

step='render its QR code'
expect 200 GET "/api/v1/links/$link/qr?format=png"
[ "$(head -c 8 "$work/body" | od -An -tx1 | tr -d ' \n')" = 89504e470d0a1a0a ] || fail 'the image is not a PNG'

step='delete it'
expect 204 DELETE "/api/v1/links/$link"
expect 404 GET "/api/v1/links/$link"
link=''

if [ -n "$made_key" ]; then
  step='revoke the key'
  admin key revoke "$made_key" >/dev/null
  made_key=''
fi
say 'passed'
