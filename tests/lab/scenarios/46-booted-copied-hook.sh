# SPDX-License-Identifier: GPL-2.0-or-later
# A hook that is a copy runs under libvirtd's AppArmor profile, not unconfined as a link to /usr/sbin:
# /proc hides confined processes from it, the kernel's iteration over open files does not; doctor
# reports it.
# config: booted
# stack: debian13
# limit: 400
# shellcheck shell=bash

ours=/etc/libvirt/hooks/qemu.d/50-hostdevctl

denials() {
	dmesg | sed "1,/lab-scenario 46/d" | grep 'DENIED.*profile="libvirtd".*comm="50-hostdevctl"'
}

apparmor_parser -r <<'END' || fail "no profile for the process"
profile lab-holder flags=(attach_disconnected) {
  file,
  capability,
  signal,
}
END
aa-exec -p lab-holder -- sleep 3600 <"$(disk_of "$NVME_A")" &
holder=$!
trap 'kill $holder' EXIT
wait_for 10 grep -q 'lab-holder (enforce)' "/proc/$holder/attr/current" || fail "not confined"
guest_define g1 "$(pci_hostdev "$NVME_A" no)"

guest_refused g1 holders-free "$NVME_A"
assert_text "$OUTPUT" "(pid $holder"
! denials || fail "a linked hook is confined"
run hostdevctl doctor
assert_status 0

target=$(readlink -f "$ours")
rm "$ours"
cp "$target" "$ours"
run hostdevctl doctor
assert_status 1
assert_text "$OUTPUT" "${ours#/} is not a link to hostdevctl-hook: AppArmor"
assert_text "$OUTPUT" "ln -sf $target $ours"
guest_refused g1 holders-free "$NVME_A"
assert_text "$OUTPUT" "(pid $holder"
denials | grep 'peer="lab-holder"' || fail "AppArmor did not keep the hook from the process"

kill "$holder"
trap - EXIT
wait_for 10 daemon_gone "$holder" || fail "the process does not end"
guest_start g1
assert_driver "$NVME_A" vfio-pci
guest_stop g1
assert_driver "$NVME_A" nvme
ln -sf "$target" "$ours"
run hostdevctl doctor
assert_status 0
assert_known_data "$NVME_A"
assert_drivers_as_before
