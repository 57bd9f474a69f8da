#!/usr/bin/env bash
# What a scheduling decision costs with 10,000 requests waiting for 64 engines.
#
#   perf/decisions.sh                        every installed policy, and fifo with every placement
#   perf/decisions.sh slo_aware 'fifo placement=cache'
#
# Lines that begin with DECISION tell of single decisions, the table at the end of whole turnovers.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/measure.sh"

measure io.sagebench.perf.DecisionSpeed "$@"
