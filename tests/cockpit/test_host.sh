# SPDX-License-Identifier: GPL-2.0-or-later
# The page in Cockpit in a browser: what prepares the host, and how the page follows it.
. "$SRCDIR/tests/cockpit/node.sh" || exit 99
need_browser
run_node test_host.mjs
