#!/usr/bin/env bash
# Measures the web server beside nginx serving the same bytes as a file: bench/http.sh [SECONDS]
#
# Read first: docs/benchmarks.md. Needs wrk, curl and nginx (apt install wrk curl nginx-light).
# Both servers and wrk share the processors of this machine. What is asked for is the answer page of
# an interview, posted as a form; nginx gives a file with the bytes of that page. Both write no log.
# HANDRAIL names the program (build/handrail), CONNECTIONS and REQUESTS what their names say.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-10}
connections=${CONNECTIONS:-32}
requests=${REQUESTS:-1000000}
if [ -z "${HANDRAIL:-}" ]; then
    ./run --build >/dev/null
    HANDRAIL=build/handrail
fi

folder=$(mktemp -d)
server=
cleanup() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    [ ! -f "$folder/nginx.pid" ] || kill "$(cat "$folder/nginx.pid")" 2>/dev/null || true
    wait
    while [ -f "$folder/nginx.pid" ]; do sleep 0.05; done
    rm -rf "$folder"
}
trap cleanup EXIT

export HANDRAIL_FORM='policy=reach2&act=accept-contact&people=1&f.person=teacher'
HANDRAIL_FORM+='&f.account=personal&asked=f.1.other&f.1.other=pupil&go=on'

"$HANDRAIL" serve policies --listen 127.0.0.1:0 >"$folder/address" 2>/dev/null &
server=$!
while [ ! -s "$folder/address" ]; do sleep 0.05; done
address=$(grep -o 'http://[^ ]*' "$folder/address")

mkdir "$folder/files"
chmod 755 "$folder" "$folder/files"
curl -sf --data "$HANDRAIL_FORM" "$address"may-i -o "$folder/files/page.html"
title=$(grep -o '<title>[^<]*' "$folder/files/page.html")
cat >"$folder/nginx.conf" <<NGINX
worker_processes auto;
pid $folder/nginx.pid;
error_log stderr crit;
events { worker_connections 2048; }
http {
    access_log off;
    types { text/html html; }
    keepalive_requests 100000000;
    sendfile on;
    tcp_nopush on;
    server { listen 127.0.0.1:18080; root $folder/files; }
}
NGINX
nginx -c "$folder/nginx.conf" -p "$folder"

memory() { awk '/VmRSS/ { print $2 " kB" }' "/proc/$server/status"; }

load() { # load NAME ARGUMENT...
    echo "== $1"
    shift
    wrk -t1 -c"$connections" --latency "$@" |
        grep -E "^ +(50|90|99)%|Requests/sec|requests in|Non-2xx|errors"
}

bytes=$(wc -c <"$folder/files/page.html")
echo "$(nproc) processors, $connections connections, page of $bytes bytes:" \
    "${title#<title>}"
load "nginx, the page as a file" -d"${seconds}s" http://127.0.0.1:18080/page.html
load "Handrail, the answer to a posted form" -d"${seconds}s" -s bench/http_post.lua "$address"may-i
load "Handrail, an asset" -d"${seconds}s" \
    "$address$(grep -o 'assets/handrail-[0-9a-f]*\.css' "$folder/files/page.html" | head -1)"
load "Handrail, /health" -d"${seconds}s" "$address"health
load "nginx again" -d"${seconds}s" http://127.0.0.1:18080/page.html

echo "== memory over $requests requests"
echo "before: $(memory)"
left=$requests
while [ "$left" -gt 0 ]; do
    done_now=$(wrk -t1 -c"$connections" -d10s -s bench/http_post.lua "$address"may-i |
        awk '/requests in/ { print $1 }')
    left=$((left - done_now))
    echo "after $((requests - left)): $(memory)"
done
