# SPDX-License-Identifier: GPL-2.0-or-later
# soak.sh - the races of scenario 25, 10,000 times (make soak); the last line is its verdict.
# limit: 14400
# shellcheck shell=bash
. "$LAB_SRC/inner/race.sh"

export WORK=/tmp/soak
mkdir -p "$WORK"
race_all 200 10000
echo "soak: no loss in $(sed -n 's/.*; \([0-9]*\) attempts.*/\1/p' "$WORK"/race-* | awk '{ n += $1 } END { print n }') attempts, ${SECONDS}s"
