# SPDX-License-Identifier: GPL-2.0-or-later
# visit.sh - asks the machine outside for a browser at this host's Cockpit (lib/visit.sh there).
# shellcheck shell=bash

# visit_page PORT SECONDS ARGUMENT...: PORT is outside, each thing that the browser waits for may take SECONDS.
visit_page() {
	local status=$LAB_OUT/visit.status

	rm -f "$status"
	printf 'HDLAB visit %s\n' "$*" >/dev/ttyS0
	wait_for 600 test -s "$status" || fail "the browser outside does not come to an end"
	cat "$LAB_OUT/visit.log"
	case $(cat "$status") in
	0) ;;
	77) skip "$(cat "$LAB_OUT/visit.log")" ;;
	*) fail "the browser: $(grep -m 1 -E 'Error' "$LAB_OUT/visit.log")" ;;
	esac
}
