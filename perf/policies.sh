#!/usr/bin/env bash
# Every installed policy in every scenario, in virtual time. Without arguments it writes the tables into docs/policies.md, between the markers
# there; with arguments it prints them.
# Usage: perf/policies.sh [SECONDS_OF_ARRIVALS [SEEDS [SCENARIO...]]]
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/measure.sh"

if [ $# -gt 0 ]; then
    measure io.sagebench.perf.PolicyComparison "$@"
    exit
fi
page="$root/docs/policies.md"
tables=$(mktemp)
trap 'rm -f "$tables"' EXIT
measure io.sagebench.perf.PolicyComparison > "$tables"
awk -v tables="$tables" '
    /<!-- tables end -->/ { inside = 0 }
    !inside { print }
    /<!-- tables begin/ { inside = 1; print ""; while ((getline line < tables) > 0) print line }
' "$page" > "$page.new"
mv "$page.new" "$page"
