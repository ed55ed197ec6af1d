# SPDX-License-Identifier: GPL-2.0-or-later
# A hook as guides have people write it: what the screen shows after each fault goes to OUT/handover.tsv.
# config: desktop
# stack: debian13 backports
# usual: never
# limit: 1500
# shellcheck shell=bash

usual_hook bochs
for fault in $FAULTS; do
	guest_define g1 "$(pci_hostdev "$GPU" yes)" "$(pci_hostdev "$GPU_AUDIO" yes)" >/dev/null
	measure usual "$fault"
	tail -n 30 /var/log/usual-hook.log
	: >/var/log/usual-hook.log
	by_hand
done
[ "$(grep -c $'^usual\t' "$LAB_OUT/handover.tsv")" = "$(wc -w <<<"$FAULTS")" ] || fail "not all faults were measured"
