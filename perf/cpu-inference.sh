#!/usr/bin/env bash
# Measures the engine that computes: tokens per second beside a direct loop over ONNX Runtime in turns, time to the first token over the length of the
# prompt, peak memory for the model that ships and one twice as wide, and the same speeds over HTTP for the one that ships and one eight times as wide,
# with server and client as processes of their own.
#
#   perf/cpu-inference.sh [ROUNDS]     rounds of each case, default 15
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/measure.sh"
models=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$models"' EXIT
export JAVA_FLAGS="-XX:+UseSerialGC -Dslf4j.internal.verbosity=ERROR ${JAVA_FLAGS:-}"

main=io.sagebench.perf.inference.CpuInference
measure $main speed "${1:-15}"
echo
measure $main ttft
echo
mvn -q -f "$root/pom.xml" -pl inference -am -DskipTests test-compile
class_path="$root/inference/target/test-classes:$class_path"
for hidden in 64 128 512; do
    (cd "$root/inference" && measure io.sagebench.inference.tiny.TinyModels "$models/$hidden" $hidden)
done
measure $main memory
measure $main memory "$models/128"
for hidden in 64 512; do
    echo
    "$java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow $JAVA_FLAGS -cp "$class_path" \
        $main serve "$models/$hidden" >"$models/url" &
    server=$!
    until [ -s "$models/url" ]; do
        kill -0 $server || { echo "cpu-inference.sh: the server did not start" >&2; exit 3; }
        sleep 0.1
    done
    measure $main http "$models/$hidden" "$(cat "$models/url")" "${1:-15}"
    kill $server
    wait $server 2>/dev/null || true
    rm "$models/url"
done
