#!/usr/bin/env bash
# How long people wait for the page and the charts of a comparison of eight policies, beside how long the program takes to start and the
# records take to be read by `wc`.
#
#   perf/reports.sh [REQUESTS]     # of each policy; default 10000
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

requests=${1:-10000}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export TIMEFORMAT=%R

./sage-bench compare --simulate -p fifo,priority,slo_aware,cost_optimized,adaptive,p2c,round_robin,epp_default \
  -n "$requests" -r 185 -q --no-visualize -o "$scratch/eight.json" >/dev/null 2>&1

# middle NAME COMMAND...: the middle of five times, in seconds.
middle() {
  local name=$1
  shift
  for _ in 1 2 3 4 5; do
    rm -rf "$scratch/out"
    { time "$@" >/dev/null 2>&1; } 2>&1
  done | sort -n | sed -n 3p >"$scratch/$name"
  printf '%-12s %6.2f s\n' "$name" "$(cat "$scratch/$name")"
}

echo "8 x $requests requests, records of $(($(stat -c %s "$scratch/eight_requests.jsonl") / 1000000)) MB"
middle start ./sage-bench --version
middle wc wc -l "$scratch/eight_requests.jsonl"
middle page ./sage-bench visualize -i "$scratch/eight.json" -o "$scratch/out" -f html
size=$(stat -c %s "$scratch/out/benchmark_report.html")
middle all ./sage-bench visualize -i "$scratch/eight.json" -o "$scratch/out" --chart-format png
awk -v size="$size" -v start="$(cat "$scratch/start")" -v page="$(cat "$scratch/page")" -v all="$(cat "$scratch/all")" 'BEGIN {
  printf "page: %.2f MB; %.1f times a start; with text and charts %.1f times\n", size / 1e6, page / start, all / start }'
