# SPDX-License-Identifier: GPL-2.0-or-later
# The page of a map in a browser: what its script does, and who can use it.
. "$SRCDIR/tests/cockpit/node.sh" || exit 99
need_browser
run_node test_map_page.mjs
