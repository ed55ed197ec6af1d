#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# driver.sh - runs automake's driver of a test, and says what CPU time the test took.
# usage: driver.sh DRIVER ARGUMENTS-OF-AUTOMAKE...
#
# CPU time, because a busy machine makes a test slow, but hardly costs it more of that.  TEST_CPU_LIMIT is in
# seconds; empty: any time will do.
argument() {
	local name=$1
	while [ $# -gt 1 ]; do
		[ "$2" != "$name" ] || { echo "$3"; return; }
		shift
	done
}
name=$(argument --test-name "$@") trs=$(argument --trs-file "$@")
TIMEFORMAT='%3U %3S'
{ cpu=$({ time "$@" >&3 2>&4; } 2>&1); } 3>&1 4>&2
status=$?
# Milliseconds; a locale may write a comma.
read -r user system <<< "${cpu//[.,]/}"
ms=$((10#$user + 10#$system))
# Automake skips what it does not know in this file.
echo ":cpu-ms: $ms" >> "$trs"
[ -z "$TEST_CPU_LIMIT" ] || [ $ms -le $((TEST_CPU_LIMIT * 1000)) ] ||
	echo "SLOW: $name took $((ms / 1000)) s of CPU; a test may take $TEST_CPU_LIMIT s"
exit $status
