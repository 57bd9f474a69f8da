#!/usr/bin/env bash
# Measures the load client: what an event costs, how late requests leave, how exact the stamps are.
#
#   perf/client-events.sh [SECONDS]       measured seconds a case, default 10
#
# CASES=short,fast,paced,lag,reading chooses some of the cases. With PIN=1 and two cores or more, the client has one core for itself and the server another.
# RT=1 (as root) runs both at real-time priority, which keeps other work on a shared machine from disturbing; on an idle one leave it out.
# Not with PIN=1: real-time threads on one core wait for each other's time slices of 100 ms.
# Client and server are processes of their own; figures are the client's. Beside each stands a baseline of the same run.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/measure.sh"
seconds=${1:-10}
options=(-XX:+UseSerialGC -Xms512m -Xmx1g --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
  -Dslf4j.internal.verbosity=ERROR)
client_pin=() server_pin=()
if [ "${PIN:-0}" = 1 ] && command -v taskset >/dev/null; then
  client_pin=(taskset -c 1) server_pin=(taskset -c 0)
fi

if [ "${RT:-0}" = 1 ]; then
  client_pin=(chrt -r 5 "${client_pin[@]}") server_pin=(chrt -r 5 "${server_pin[@]}")
fi

port_file=$(mktemp)
"${server_pin[@]}" "$java" "${options[@]}" -cp "$class_path" io.sagebench.perf.client.NullServer >"$port_file" &
server=$!
trap 'kill $server 2>/dev/null; rm -f "$port_file"' EXIT
until [ -s "$port_file" ]; do
  kill -0 $server || { echo "client-events.sh: the null server did not start" >&2; exit 3; }
  sleep 0.1
done
port=$(cat "$port_file")

measure_client() { # what, then its arguments
  "${client_pin[@]}" "$java" "${options[@]}" ${CLIENT_OPTIONS:-} -cp "$class_path" \
    io.sagebench.perf.client.ClientEvents "$@" --port "$port" --seconds "$seconds"
}

value() { # name in a line of "name value" pairs
  sed -n "s/.*$1 \([0-9.]*\).*/\1/p" <<<"$2"
}

compare_events() { # title, then arguments
  local title=$1 ours bare
  shift
  ours=$(measure_client events "$@")
  bare=$(measure_client bare-events "$@")
  echo "$title"
  echo "  load client   $ours"
  echo "  Netty alone   $bare"
  awk -v a="$(value events_per_cpu_second "$ours")" -v b="$(value events_per_cpu_second "$bare")" \
    'BEGIN { printf "  ratio         %.2f\n", a / b }'
}

compare_accuracy() { # rate, tokens, then further arguments
  echo "stamps against the server's log, $1 requests/s (Poisson), $2 tokens each 20 ms"
  echo "  load client   $(measure_client accuracy --rate "$1" --tokens "$2" --gap-micros 20000 "${@:3}")"
  echo "  bare threads  $(measure_client bare-accuracy --rate "$1")"
}

echo "cores $(nproc), load $(cut -d' ' -f1-3 /proc/loadavg), $("$java" -version 2>&1 | sed -n 3p)"
case "${CASES:-all}" in all|*short*) compare_events "short streams: 64 in flight, 16 tokens one by one, each 1 ms" --streams 64 --tokens 16 --gap-micros 1000 ;; esac
case "${CASES:-all}" in all|*fast*) compare_events "short streams: 64 in flight, 16 tokens as fast as the server writes" --streams 64 --tokens 16 ;; esac
case "${CASES:-all}" in all|*paced*) compare_events "paced streams: 1,000 in flight, a token each 20 ms" --streams 1000 --tokens 250 --gap-micros 20000 --warmup 10 ;; esac
case "${CASES:-all}" in all|*reading*) measure org.openjdk.jmh.Main AnswerReading -prof gc ;; esac
case "${CASES:-all}" in all|*lag*) compare_accuracy 50 16; compare_accuracy 500 16; compare_accuracy 125 400 --warmup 10 ;; esac
