#!/usr/bin/env bash
# Runs every command line of the documents that this project began with to its end: against 'serve' on this machine, and those that measure once more in
# virtual time. Prints one line for each and ends with 1 when one did not end with exit code 0.
#
#   perf/documented-commands.sh [simulated|live|all]     default all; live takes about ten minutes, since those commands say how long they send
#
# The address in the documents (10.0.0.1:8080) is that of the server started here; files go to a temporary directory.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
which=${1:-all}
work=$(mktemp -d)
server=
finish() {
  [ -z "$server" ] || kill "$server" 2>/dev/null
  wait 2>/dev/null
  rm -rf "$work"
}
trap finish EXIT
PATH="$root:$PATH"
cd "$work" || exit 3
failed=0

commands() {
  cat <<'LINES'
sage-bench run --control-plane http://10.0.0.1:8080 --policy aegaeon --requests 1000 --rate 100 --output results/aegaeon_100rps.json
sage-bench compare --control-plane http://10.0.0.1:8080 --policies fifo,priority,slo_aware,aegaeon --requests 1000 --rate 100 --output results/comparison/
sage-bench sweep --control-plane http://10.0.0.1:8080 --policy aegaeon --requests 500 --rates 50,100,200,500 --output results/rate_sweep/
sage-bench config
sage-bench validate config.json
sage-cp-bench run --mode llm --policy fifo --requests 100 --rate 10
sage-cp-bench run --mode hybrid --policy hybrid_slo --llm-ratio 0.7 --requests 100
sage-cp-bench compare --mode llm --policies fifo,priority,slo_aware --requests 500
sage-cp-bench experiment --name throughput --policies fifo,priority
sage-cp-bench run --config benchmark_config.yaml
sage-cp-bench compare --mode llm --policies fifo,priority,slo_aware
sage-cp-bench compare --mode hybrid --policies fifo,hybrid_slo --llm-ratio 0.7
sage-cp-bench compare --mode hybrid --policies fifo,priority,hybrid_slo
sage-cp-bench sweep --mode llm --policy fifo --rates 10,50,100,200
sage-cp-bench sweep --mode hybrid --policy hybrid_slo --rates 10,50,100
sage-cp-bench experiment --name latency --rate 100 --requests 1000
sage-cp-bench experiment --name slo --policies fifo,slo_aware
sage-cp-bench experiment --name mixed_ratio --rate 100
sage-cp-bench config --mode llm
sage-cp-bench config --mode hybrid --output config.yaml
sage-cp-bench validate config.json --mode llm
sage-cp-bench validate config.yaml --mode hybrid
SAGE_LOG_LEVEL=DEBUG sage-cp-bench run --mode llm --policy fifo --requests 10
LINES
}

run() { # a command line
  local began=$SECONDS code
  if (eval "$1") >"$work/out.txt" 2>&1; then
    printf 'ok      %3d s  %s\n' $((SECONDS - began)) "$1"
  else
    code=$?
    printf 'exit %-3d %2d s  %s\n' "$code" $((SECONDS - began)) "$1"
    sed 's/^/    /' "$work/out.txt" | tail -5
    failed=1
  fi
}

measures() {
  case $1 in *" config"* | *" validate"*) return 1 ;; esac
}

sage-bench config --output config.json >/dev/null 2>&1
sage-bench config --mode hybrid --output benchmark_config.yaml >/dev/null 2>&1

if [ "$which" != live ]; then
  echo "in virtual time"
  while IFS= read -r line; do
    measures "$line" || continue
    run "${line/--control-plane http:\/\/10.0.0.1:8080 /} --simulate"
  done < <(commands)
  rm -rf results benchmark_results
fi

if [ "$which" != simulated ]; then
  # Every engine with the batch limit of the default fleet; two models that generate, since aegaeon needs more than one.
  sage-bench serve --port 0 --simulated 3xqwen2.5-0.5b-a100,1xbge-m3-a100 >serve.txt 2>&1 &
  server=$!
  until grep -q '^Listening on' serve.txt; do
    kill -0 "$server" 2>/dev/null || { cat serve.txt >&2; exit 3; }
    sleep 0.2
  done
  SAGE_CONTROL_PLANE_URL=$(sed -n 's/^Listening on \(http[^ ]*\).*/\1/p' serve.txt)
  export SAGE_CONTROL_PLANE_URL
  echo "against $SAGE_CONTROL_PLANE_URL"
  while IFS= read -r line; do
    run "${line/http:\/\/10.0.0.1:8080/$SAGE_CONTROL_PLANE_URL}"
  done < <(commands)
fi
exit "$failed"
