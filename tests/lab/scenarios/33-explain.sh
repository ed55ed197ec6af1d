# SPDX-License-Identifier: GPL-2.0-or-later
# QEMU fails after the devices were prepared: they are given back, and the log says why.
# config: iommu
# stack: debian12 debian13 backports
# usual: backports
# limit: 180
# shellcheck shell=bash

log_begin
trap log_end EXIT

# Bypassing libvirt and the hook, QEMU is given a disk that is on its host driver.
guest_define g1 "$(pci_hostdev "$NVME_A" no)"
sed -i "s|</domain>|<qemu:commandline><qemu:arg value='-device'/><qemu:arg\
 value='vfio-pci,host=$NVME_B'/></qemu:commandline></domain>|" "$WORK/g1.xml"
timeout "$((60 * LAB_FACTOR))" virsh define "$WORK/g1.xml" || fail "guest g1 cannot be defined"
run virsh start g1
[ "$STATUS" != 0 ] || fail "guest g1 was started without its disk"
assert_no_text "$OUTPUT" "Hook script execution failed"
assert_guest_state g1 "shut off"
assert_drivers_as_before
assert_no_override "$NVME_A"

# The hook found out when libvirt reported the end of the guest.
why_logged() { grep -qF "guest 'g1' failed: " "$WORK/syslog"; }
wait_for 10 why_logged || fail "the log does not say why: $(tr '\n' ' ' <"$WORK/syslog")"
cat "$WORK/syslog"
assert_text "$WORK/syslog" "[qemu-vfio-node-missing]"
assert_text "$WORK/syslog" "$NVME_B"
assert_text "$WORK/syslog" "remedy: "

# "explain" says the same, and which driver the other disk has now.
run hostdevctl explain --guest g1
assert_status 0
assert_text "$OUTPUT" "qemu-vfio-node-missing (QEMU)"
assert_text "$OUTPUT" "guest 'g1', started "
assert_text "$OUTPUT" "$NVME_B"

# libvirt's own message, pasted.
run hostdevctl explain "vfio $NVME_B: failed to open /dev/vfio/99: No such file or directory"
assert_status 0
assert_text "$OUTPUT" "qemu-vfio-node-missing (QEMU)"

# A guest without a log, and a name that leads out of the folder of logs.
run hostdevctl explain --guest never-started
assert_status 3
run hostdevctl explain --guest ../g1
assert_status 2

# The captured facts of this host give the same answer elsewhere.
hostdevctl check --json >"$WORK/here.json" 2>/dev/null
timeout "$((60 * LAB_FACTOR))" hostdevctl capture >"$WORK/host.tree" || fail "the host is not captured"
hostdevctl check --json --host "$WORK/host.tree" >"$WORK/there.json" 2>/dev/null
diff "$WORK/here.json" "$WORK/there.json" || fail "the captured host is judged differently"
hostdevctl capture --host "$WORK/host.tree" | cmp - "$WORK/host.tree" ||
	fail "captured again the host is another one"
run hostdevctl list --host "$WORK/host.tree"
assert_status 0
assert_text "$OUTPUT" "$NVME_A"
