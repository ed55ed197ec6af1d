# SPDX-License-Identifier: GPL-2.0-or-later
# Two guests ask for two functions of one group at the same time: exactly one runs.
# config: iommu
# stack: debian12 debian13
# limit: 300
# shellcheck shell=bash

guest_define g1 "$(pci_hostdev "$GPU" no)"
guest_define g2 "$(pci_hostdev "$GPU_AUDIO" no)"
begin=$SECONDS
timeout -k 5 "$((150 * LAB_FACTOR))" virsh start g1 >"$WORK/start-g1" 2>&1 &
first=$!
timeout -k 5 "$((150 * LAB_FACTOR))" virsh start g2 >"$WORK/start-g2" 2>&1 &
wait "$first" "$!"
TOOK=$((SECONDS - begin))
cat "$WORK/start-g1" "$WORK/start-g2"
assert_took_less 140

running=$(virsh_names | wc -l)
[ "$running" = 1 ] || fail "$running guests run, should be exactly one"
winner=$(virsh_names)
loser=g1
[ "$winner" = g1 ] && loser=g2
note "$winner runs, $loser was refused"
# The hook says so if the winner's start is that far, else libvirt does, which has the group too.
grep -qE "iommu-group-|0000:05:00\.[01] is in use by driver QEMU, domain $winner" \
	"$WORK/start-$loser" || fail "the text does not say why: $(tr '\n' ' ' <"$WORK/start-$loser")"
assert_driver "$GPU" vfio-pci
assert_driver "$GPU_AUDIO" vfio-pci
assert_guest_state "$loser" "shut off"
guest_stop "$winner"
assert_drivers_as_before
