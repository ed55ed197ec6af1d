# SPDX-License-Identifier: GPL-2.0-or-later
# tap.sh - for tests in shell: ok, skip, and the plan at the end (Test Anything Protocol).
tap_n=0

# ok NAME COMMAND...: the command must succeed.
ok() {
	local name=$1 output
	shift
	tap_n=$((tap_n + 1))
	if output=$("$@" 2>&1); then
		echo "ok $tap_n - $name"
	else
		echo "not ok $tap_n - $name"
		printf '%s\n' "$output" | sed 's/^/# /'
	fi
}

# skip NAME REASON
skip() {
	tap_n=$((tap_n + 1))
	echo "ok $tap_n - $1 # SKIP $2"
}

tap_end() {
	echo "1..$tap_n"
}
