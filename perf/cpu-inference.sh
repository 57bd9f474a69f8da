#!/usr/bin/env bash
# Measures the engine that computes: tokens per second beside a direct loop over ONNX Runtime in turns, time to the first token over the length of the
# prompt, and peak memory for the model that ships and one twice as wide.
#
#   perf/cpu-inference.sh [ROUNDS]     rounds of each case, default 15
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/measure.sh"
wide=$(mktemp -d)
trap 'rm -rf "$wide"' EXIT
export JAVA_FLAGS="-XX:+UseSerialGC -Dslf4j.internal.verbosity=ERROR ${JAVA_FLAGS:-}"

main=io.sagebench.perf.inference.CpuInference
measure $main speed "${1:-15}"
echo
measure $main ttft
echo
mvn -q -f "$root/pom.xml" -pl inference -am -DskipTests test-compile
class_path="$root/inference/target/test-classes:$class_path"
(cd "$root/inference" && measure io.sagebench.inference.tiny.TinyModels "$wide/twice-as-wide" 128)
measure $main memory
measure $main memory "$wide/twice-as-wide"
