#!/usr/bin/env bash
# bench/import.sh [PEOPLE] [SCHOOLS] - how long imports take: on SQLite, and on PostgreSQL when
# HANDRAIL_TEST_POSTGRESQL names a cluster (tools/postgresql.py starts one).
#
# The program is build/handrail (./run --build); the empty store is made by import_place of the
# tests' build, $HANDRAIL_TEST_BUILD or build-test. Three lists: the first, the same again, and one
# in which 300 people have another job and 100 are missing. Seconds of wall time and of processor
# time of the program, which does not count the database server's.
set -eu
cd "$(dirname "$0")/.."

people=${1:-15000}
schools=${2:-120}
place=${HANDRAIL_TEST_BUILD:-build-test}/tests/end_to_end/import_place
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

python3 tools/make_people.py "$folder/first" --people "$people" --schools "$schools"
python3 tools/make_people.py "$folder/later" --people "$people" --schools "$schools" \
    --changed 300 --gone 100

# import_one WHAT DATA LIST
import_one() {
    local TIMEFORMAT="$1: %R s, of which the program %U s"
    time build/handrail import people "$3/staff.csv" --data "$2" --apply --leavers 2>/dev/null |
        sed -n 's/^People  *\(.*\)/    \1/p'
}

# import_all ENGINE DATA WHERE
import_all() {
    "$place" "$3" "$folder/first/schools.csv"
    import_one "$1, first" "$2" "$folder/first"
    import_one "$1, again" "$2" "$folder/first"
    import_one "$1, changed" "$2" "$folder/later"
}

mkdir "$folder/data"
import_all SQLite "$folder/data" "$folder/data/handrail.db"
if [ -n "${HANDRAIL_TEST_POSTGRESQL:-}" ]; then
    name=bench_$$
    psql -q "$HANDRAIL_TEST_POSTGRESQL" -c "CREATE DATABASE $name"
    address=${HANDRAIL_TEST_POSTGRESQL/\/postgres\?//$name?}
    import_all PostgreSQL "$address" "$address"
fi
