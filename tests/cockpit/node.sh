# SPDX-License-Identifier: GPL-2.0-or-later
# node.sh - for the tests of the page: runs a file of node's test runner, which writes TAP.
# shellcheck shell=bash

# skip_all REASON
skip_all() {
	echo "1..0 # SKIP $1"
	exit 0
}

# node 18.15 is the first that writes TAP itself.
node -e 'const [a, b] = process.versions.node.split("."); process.exit(a * 100 + +b < 1815 ? 1 : 0)' 2> /dev/null ||
	skip_all 'node 18.15 or later is not installed (Debian: nodejs)'

# run_node FILE
run_node() {
	exec node --test-reporter=tap "$SRCDIR/tests/cockpit/$1"
}
