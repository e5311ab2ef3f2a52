#!/usr/bin/env bash
# bench/office.sh [TIMES] [SECONDS] [RATE] - how long the pages of a large trust take.
#
# A trust of 120 schools, 15,000 people and a million acts, TIMES as large (1), asked for RATE pages
# a second (500) for SECONDS (30) by somebody of the trust who is signed in; see paced.c for how the
# time is taken. On SQLite, or on PostgreSQL when HANDRAIL_TEST_POSTGRESQL names a cluster.
#
# The program is build/handrail (./run --build); the empty store is made by import_place of the
# tests' build, $HANDRAIL_TEST_BUILD or build-test. What is made is kept in bench/build/office for
# the next time. Server and asker share this machine's processors.
set -eu
cd "$(dirname "$0")/.."
times=${1:-1}
seconds=${2:-30}
rate=${3:-500}
product=build
place=${HANDRAIL_TEST_BUILD:-build-test}/tests/end_to_end/import_place
folder=bench/build/office
mkdir -p "$folder"

cc -std=c17 -D_POSIX_C_SOURCE=200809L -O2 -Isrc -Ibench -o "$folder/acts" bench/office_acts.c \
    "$product"/src/libhandrail-{ledger,store,base}.a -lsodium -lsqlite3 -lpq -lpthread
cc -std=c17 -D_DEFAULT_SOURCE -O2 -o "$folder/paced" bench/paced.c

query() { sqlite3 -separator ' ' "$data/handrail.db" "$1"; }
engine=sqlite
store=()
if [ -n "${HANDRAIL_TEST_POSTGRESQL:-}" ]; then
    engine=postgresql
    name=office_$times
    where=${HANDRAIL_TEST_POSTGRESQL/\/postgres\?//$name?}
    query() { psql -qAt -F' ' "$where" -c "$1"; }
    store=(--store "$where")
fi
data=$folder/$engine-$times
[ "$engine" = postgresql ] || where=$data/handrail.db

made() { [ -f "$data/made" ] && { [ "$engine" = sqlite ] || query "SELECT 1" >/dev/null 2>&1; }; }
if ! made; then
    rm -rf "$data"
    mkdir -p "$data"
    [ "$engine" = sqlite ] || psql -q "$HANDRAIL_TEST_POSTGRESQL" -c "CREATE DATABASE $name"
    python3 tools/make_people.py "$data/lists" --people $((15000 * times)) \
        --schools $((120 * times))
    "$place" "$where" "$data/lists/schools.csv"
    # A list has at most 100,000 people.
    tail -n +2 "$data/lists/staff.csv" | split -l 50000 - "$data/lists/part"
    for part in "$data"/lists/part*; do
        { head -1 "$data/lists/staff.csv" && cat "$part"; } >"$data/lists/one.csv"
        "$product/handrail" import people "$data/lists/one.csv" --data "${store[1]:-$data}" \
            --apply >/dev/null
    done
    query "SELECT person, school FROM engagement" |
        "$folder/acts" "$where" $((1000000 * times))
    [ "$engine" = sqlite ] || query "VACUUM ANALYZE"
    query "UPDATE school SET policy = 'mandeville'" >/dev/null
    touch "$data/made"
fi

work=$(mktemp -d)
server=
cleanup() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    wait
    rm -rf "$work"
}
trap cleanup EXIT
"$product/handrail" serve policies --data "$data" ${store[@]+"${store[@]}"} \
    --listen 127.0.0.1:0 >"$work/said" 2>"$work/log" &
server=$!
while ! grep -q 'http://' "$work/said"; do sleep 0.05; done
port=$(grep -o 'http://[^ /]*' "$work/said" | head -1 | grep -o '[0-9]*$')
{
    query "SELECT 'person', person FROM engagement ORDER BY 2 LIMIT 20000"
    query "SELECT 'school', id FROM school ORDER BY 2"
    query "SELECT 'acts', count(*) FROM act"
} >"$work/ids"
cookie=$(python3 bench/office_pages.py "$port" "$work/pages" <"$work/ids")
query "SELECT 'schools', count(*) FROM school UNION ALL SELECT 'people', count(*) FROM person
    UNION ALL SELECT 'acts', count(*) FROM act" | paste -sd' '
echo "$engine, $(nproc) processors"
"$folder/paced" "$port" "$rate" "$seconds" 32 "$cookie" <"$work/pages"
awk '/VmRSS|VmHWM/ { print $1, $2 / 1024 " MiB" }' "/proc/$server/status" | paste -sd' '
