#!/usr/bin/env bash
# Runs every engine command line of the documents that this project began with, in their order, in one directory. Prints one line for each and ends with 1
# when one did not end with exit code 0. Needs neither a GPU nor a network; models that have to be fetched are tried only with NETWORK=1.
#
#   perf/documented-engine-commands.sh
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
PATH="$root:$PATH"
cd "$work" || exit 3
failed=0

commands() {
  cat <<'LINES'
run_benchmark.sh
run_benchmark.sh ./my_results
sagellm-benchmark run --workload year1 --backend mock
sagellm-benchmark run --workload short --backend mock
sagellm-benchmark run --workload long --backend mock
sagellm-benchmark run --workload stress --backend mock
sagellm-benchmark run --workload short --backend mock -v
sagellm-benchmark report --input ./benchmark_results/benchmark_summary.json --format table
sagellm-benchmark report --input ./benchmark_results/benchmark_summary.json --format markdown
sagellm-benchmark run --workload m1 --backend cpu
sagellm-benchmark run --workload year1 --backend cpu
sagellm-benchmark run --workload m1 --backend cpu --mode batch
sagellm-benchmark run --workload short --backend cpu --model sshleifer/tiny-gpt2
sagellm-benchmark run --workload stress --backend cpu -v -o ./my_results --output-json ./results.json
sagellm-benchmark run --workload m1 --backend cpu --mode batch --output-json ./batch_results.json
sagellm-benchmark report
sagellm-benchmark report --format markdown > REPORT.md
sagellm-benchmark report --format json
sagellm-benchmark run --workload m1 --backend cpu --model sshleifer/tiny-gpt2
sagellm-benchmark run --backend cpu --model sshleifer/tiny-gpt2
sagellm-benchmark run --output ./my_results
sagellm-benchmark report --input ./my_results/benchmark_summary.json
sagellm-benchmark run -v
sagellm-benchmark run --workload short --backend cpu
sagellm-benchmark run --workload stress --backend cpu --model sshleifer/tiny-gpt2
sagellm-benchmark run --workload stress --backend cpu --mode traffic
sagellm-benchmark --version
LINES
  if [ -n "${NETWORK:-}" ]; then
    cat <<'LINES'
sagellm-benchmark run --workload year1 --backend cpu --model gpt2
sagellm-benchmark run --backend cpu --model facebook/opt-125m
LINES
  fi
}

while IFS= read -r line; do
  began=$SECONDS
  if (eval "$line") >"$work/out.txt" 2>&1 </dev/null; then
    printf 'ok      %3d s  %s\n' $((SECONDS - began)) "$line"
  else
    printf 'exit %-3d %2d s  %s\n' $? $((SECONDS - began)) "$line"
    sed 's/^/    /' "$work/out.txt" | tail -5
    failed=1
  fi
done < <(commands)
exit $failed
