# SPDX-License-Identifier: GPL-2.0-or-later
# The page in Cockpit in a browser: chromium, and the modules that package.json lists, installed
# below the build directory or $HD_NODE_MODULES.  HD_SCREENSHOTS=DIR keeps pictures.
. "$SRCDIR/tests/cockpit/node.sh" || exit 99

export HD_NODE_MODULES=${HD_NODE_MODULES:-$BUILDDIR/node_modules} CHROMIUM
CHROMIUM=$(command -v chromium) || skip_all 'chromium is not installed'
for module in playwright-core axe-core; do
	[ -d "$HD_NODE_MODULES/$module" ] || skip_all "npm has not installed $module in $HD_NODE_MODULES"
done
[ -e "$BUILDDIR/.libs/hostdevctl-libvirt.so" ] || skip_all 'built without libvirt'
run_node test_page.mjs
