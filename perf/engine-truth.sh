#!/usr/bin/env bash
# Holds the engine benchmark's figures against an engine whose truth is known: the mock with a first token after 40 ms and one every 12 ms.
#
#   perf/engine-truth.sh [REPEATS]        measurements of each workload, default 1
#
# Each figure beside the truth and the difference; every one must be within 1 ms or 2 %. Ends with 1 when one is not. The machine should be quiet.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
ttft=40 gap=12 missed=0

"$root/sage-bench" engine run --workload m1 --backend mock --mock-ttft-ms $ttft --mock-tbt-ms $gap --repeats "${1:-1}" -o "$results" >/dev/null

value() { awk -F'[:,]' -v key="\"$2\"" '$1 ~ key {print $2 + 0; exit}' "$results/$1_metrics.json"; }

# workload, field, truth
check() {
  local measured
  measured=$(value "$1" "$2")
  awk -v workload="$1" -v field="$2" -v measured="$measured" -v truth="$3" 'BEGIN {
    off = measured - truth; size = off < 0 ? -off : off
    good = size <= 1 || size <= 0.02 * truth
    printf "%-12s %-24s %12.3f  truth %12.3f  off %+9.3f (%+.2f %%)  %s\n", workload, field, measured, truth, off, 100 * off / truth, good ? "ok" : "MISSED"
    exit !good
  }' || missed=1
}

# workload, output tokens, requests at once
workload() {
  local name=$1 tokens=$2 at_once=$3 whole
  whole=$(awk -v t=$ttft -v g=$gap -v n="$tokens" 'BEGIN {print t + (n - 1) * g}')
  for statistic in avg p50 p95; do
    check "$name" "${statistic}_ttft_ms" $ttft
    check "$name" "${statistic}_tbt_ms" $gap
    check "$name" "${statistic}_e2el_ms" "$whole"
    check "$name" "${statistic}_tpot_ms" "$(awk -v w="$whole" -v n="$tokens" 'BEGIN {print w / n}')"
  done
  check "$name" avg_itl_ms $gap
  check "$name" p50_itl_ms $gap
  check "$name" avg_throughput_tps "$(awk -v w="$whole" -v n="$tokens" 'BEGIN {print n / w * 1000}')"
  check "$name" output_throughput_tps "$(awk -v w="$whole" -v n="$tokens" -v c="$at_once" 'BEGIN {print c * n / w * 1000}')"
}

workload short_input 128 1
workload long_input 200 1
workload stress_test 256 10
exit $missed
