#!/usr/bin/env bash
# Processor time that a live dashboard with five minutes of history takes, with nobody, one and four who watch. About a minute.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/measure.sh"

JAVA_FLAGS="${JAVA_FLAGS:--XX:+UseSerialGC --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow}" measure io.sagebench.perf.dashboard.WatchCost
