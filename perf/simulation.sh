#!/usr/bin/env bash
# Simulated requests per second of one core, and events per second of the virtual timeline.
# Usage: perf/simulation.sh [REQUESTS]
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/measure.sh"

measure io.sagebench.perf.SimulationSpeed "${1:-200000}"
measure org.openjdk.jmh.Main TimelineEvents
