# SPDX-License-Identifier: GPL-2.0-or-later
# Two guests ask for two functions of one group at the same time: exactly one runs.
# config: iommu
# cpus: 2
# stack: debian12 debian13 backports
# usual: debian13
# limit: 300
# shellcheck shell=bash disable=SC2034 # the library reads METADATA and TOOK

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
assert_text "$WORK/start-$loser" iommu-group-exclusive
assert_driver "$GPU" vfio-pci
assert_driver "$GPU_AUDIO" vfio-pci
assert_guest_state "$loser" "shut off"
guest_stop "$winner"
assert_drivers_as_before
