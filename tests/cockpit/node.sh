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

# need_browser: chromium, and the modules that package.json lists, installed below the build directory
# or $HD_NODE_MODULES.  HD_SCREENSHOTS=DIR keeps pictures.
need_browser() {
	export HD_NODE_MODULES=${HD_NODE_MODULES:-$BUILDDIR/node_modules} CHROMIUM
	CHROMIUM=$(command -v chromium) || skip_all 'chromium is not installed'
	for module in playwright-core axe-core; do
		[ -d "$HD_NODE_MODULES/$module" ] ||
			skip_all "npm has not installed $module in $HD_NODE_MODULES"
	done
	[ -e "$BUILDDIR/.libs/hostdevctl-libvirt.so" ] || skip_all 'built without libvirt'
}

# run_node FILE
run_node() {
	exec node --test-reporter=tap "$SRCDIR/tests/cockpit/$1"
}
