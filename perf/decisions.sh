#!/usr/bin/env bash
# What a scheduling decision costs with 10,000 requests waiting for 64 engines, for each policy.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/measure.sh"

measure org.openjdk.jmh.Main PolicyDecision
