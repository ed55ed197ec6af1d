# SPDX-License-Identifier: GPL-2.0-or-later
# The page in Cockpit in a browser: what is about one guest.
. "$SRCDIR/tests/cockpit/node.sh" || exit 99
need_browser
run_node test_guests.mjs
