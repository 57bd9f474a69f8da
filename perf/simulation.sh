#!/usr/bin/env bash
# Simulated requests per second of one core, with a heap of 1 GiB, and events per second of the virtual timeline.
# Usage: perf/simulation.sh [requests|tokens]    a sweep over the number of requests, or over the length of answers
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/measure.sh"

JAVA_FLAGS="${JAVA_FLAGS:--Xmx1g}" measure io.sagebench.perf.SimulationSpeed "$@"
[ $# -gt 0 ] || measure org.openjdk.jmh.Main TimelineEvents
