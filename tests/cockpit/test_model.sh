# SPDX-License-Identifier: GPL-2.0-or-later
# What the page in Cockpit makes of hostdevctl's answers.
. "$SRCDIR/tests/cockpit/node.sh" || exit 99
run_node test_model.mjs
