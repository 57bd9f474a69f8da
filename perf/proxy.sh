#!/usr/bin/env bash
# Measures what the control plane costs as a proxy, beside nginx in front of the same server in the same run.
#
#   perf/proxy.sh [SECONDS]       measured seconds a case, default 20
#
# Needs nginx (Debian: apt-get install nginx-light). Server, proxies and load client are processes of their own on loopback; both proxies have one event loop.
# Each case is measured straight at the server, through nginx, and through the control plane. Arrivals are Poisson, so that the streams in flight are a mean.
# POLICY chooses the policy, CASES=100,500,2000 some of the cases.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/measure.sh"
seconds=${1:-20}
warmup=${WARMUP:-15}
command -v nginx >/dev/null || { echo "proxy.sh: needs nginx (Debian: apt-get install nginx-light)" >&2; exit 3; }
options=(-XX:+UseSerialGC --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Dslf4j.internal.verbosity=ERROR)
work=$(mktemp -d)
processes=()
finish() {
  for process in "${processes[@]}"; do kill "$process" 2>/dev/null || true; done
  rm -rf "$work"
}
trap finish EXIT

await_port() { # file, process
  until [ -s "$1" ]; do
    kill -0 "$2" || { echo "proxy.sh: a server did not start" >&2; exit 3; }
    sleep 0.1
  done
  cat "$1"
}

start_nginx() { # port of the server; sets nginx_port and nginx_process
  nginx_port=$(awk 'BEGIN { srand(); print 20000 + int(rand() * 10000) }')
  cat >"$work/nginx.conf" <<CONF
daemon off;
master_process off;
pid $work/nginx.pid;
error_log $work/error.log;
worker_rlimit_nofile 16384;
events { worker_connections 16384; }
http {
  access_log off;
  client_body_temp_path $work/body;
  proxy_temp_path $work/proxy;
  fastcgi_temp_path $work/fastcgi;
  uwsgi_temp_path $work/uwsgi;
  scgi_temp_path $work/scgi;
  keepalive_requests 10000000;
  upstream server { server 127.0.0.1:$1; keepalive 4096; keepalive_requests 10000000; }
  server {
    listen 127.0.0.1:$nginx_port backlog=16384;
    location / {
      proxy_pass http://server;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_buffering off;
    }
  }
}
CONF
  nginx -e "$work/error.log" -c "$work/nginx.conf" 2>"$work/nginx.txt" &
  nginx_process=$!
  processes+=($nginx_process)
  sleep 0.5
  kill -0 $nginx_process || { cat "$work/nginx.txt" "$work/error.log" >&2; exit 3; }
}

load() { # port, process, rate, tokens
  "$java" "${options[@]}" -Xmx1g -cp "$class_path" io.sagebench.perf.proxy.ProxyLoad \
    "http://127.0.0.1:$1" "$3" "$4" "$warmup" "$seconds" "$2"
}

value() { # name in a line of "name value" pairs
  sed -n "s/.*$1 \([0-9.]*\).*/\1/p" <<<"$2"
}

compare() { # streams in flight, requests a second, tokens, microseconds between them
  local server port gateway gateway_port direct nginx ours
  "$java" "${options[@]}" -cp "$class_path" io.sagebench.perf.client.NullServer "$4" >"$work/server.$1" &
  server=$!; processes+=($server)
  port=$(await_port "$work/server.$1" $server)
  start_nginx "$port"
  "$java" "${options[@]}" -Xms512m -Xmx512m -cp "$class_path" io.sagebench.perf.proxy.Gateway "http://127.0.0.1:$port" "${POLICY:-fifo}" >"$work/gateway.$1" &
  gateway=$!; processes+=($gateway)
  gateway_port=$(await_port "$work/gateway.$1" $gateway)
  echo "$1 streams in flight: $2 requests/s, $3 tokens each $4 us"
  direct=$(load "$port" 0 "$2" "$3"); echo "  straight       $direct"
  nginx=$(load "$nginx_port" $nginx_process "$2" "$3"); echo "  nginx          $nginx"
  ours=$(load "$gateway_port" $gateway "$2" "$3"); echo "  control plane  $ours"
  awk -v d50="$(value ttft_p50_ms "$direct")" -v d99="$(value ttft_p99_ms "$direct")" \
    -v n50="$(value ttft_p50_ms "$nginx")" -v n99="$(value ttft_p99_ms "$nginx")" -v ne="$(value events_per_cpu_second "$nginx")" \
    -v o50="$(value ttft_p50_ms "$ours")" -v o99="$(value ttft_p99_ms "$ours")" -v oe="$(value events_per_cpu_second "$ours")" 'BEGIN {
      printf "  added TTFT     nginx p50 %.3f p99 %.3f ms, control plane p50 %.3f p99 %.3f ms\n", n50 - d50, n99 - d99, o50 - d50, o99 - d99
      printf "  CPU per event  %.2f times that of nginx\n", ne / oe }'
  kill $server $gateway $nginx_process
  wait $server $gateway $nginx_process 2>/dev/null || true
}

echo "cores $(nproc), load $(cut -d' ' -f1-3 /proc/loadavg), $("$java" -version 2>&1 | sed -n 3p), $(nginx -v 2>&1)"
case ",${CASES:-all}," in *,all,* | *,100,*) compare 100 50 100 20000 ;; esac
case ",${CASES:-all}," in *,all,* | *,500,*) compare 500 250 100 20000 ;; esac
case ",${CASES:-all}," in *,all,* | *,2000,*) compare 2000 200 100 100000 ;; esac
