#!/usr/bin/env bash
# The one-click engine benchmark: short, long and stress on the mock engine, with a report. Needs no GPU and no network.
# Usage: run_benchmark.sh [DIRECTORY]          (default: ./benchmark_results)
set -euo pipefail

file=${BASH_SOURCE[0]}
while [ -L "$file" ]; do
  target=$(readlink "$file")
  case $target in
    /*) file=$target ;;
    *) file=$(dirname "$file")/$target ;;
  esac
done
tool=$(dirname "$file")/sagellm-benchmark

case ${1:-} in
  -h | --help)
    sed -n '2,3s/^# //p' "$file"
    exit 0
    ;;
  -*)
    echo "run_benchmark.sh: unknown option '$1'; the only argument is a directory" >&2
    exit 2
    ;;
esac
if [ $# -gt 1 ]; then
  echo "run_benchmark.sh: takes one directory, but got $#: $*" >&2
  exit 2
fi
readonly results=${1:-./benchmark_results}

if [ ! -x "$tool" ]; then
  echo "sagellm-benchmark not installed: it should stand beside this script, as $tool; get the whole repository" >&2
  exit 1
fi

echo "[1/4] Running the workloads (short, long, stress) on the mock engine"
"$tool" run --workload year1 --backend mock --output "$results" -v
echo
echo "[2/4] The results"
"$tool" report --input "$results/benchmark_summary.json" --format table
echo
echo "[3/4] Writing $results/REPORT.md"
"$tool" report --input "$results/benchmark_summary.json" --format markdown >"$results/REPORT.md.part"
mv "$results/REPORT.md.part" "$results/REPORT.md"
echo
echo "[4/4] The files"
for name in benchmark_summary.json short_input_metrics.json long_input_metrics.json stress_test_metrics.json REPORT.md; do
  echo "  $results/$name"
done
echo
echo "Done."
