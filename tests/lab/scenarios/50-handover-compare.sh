# SPDX-License-Identifier: GPL-2.0-or-later
# The same faults as for the usual hook: after each of them the screen shows the login, or still the desktop.
# config: desktop
# stack: debian13 backports
# usual: never
# limit: 1500
# shellcheck shell=bash

for fault in $FAULTS; do
	handover_guest >/dev/null
	measure hostdevctl "$fault"
	by_hand
done
! grep -P '^hostdevctl\t.*\tno picture' "$LAB_OUT/handover.tsv" || fail "a screen stayed dark"
