# SPDX-License-Identifier: GPL-2.0-or-later
# doctor passes the installed hook, and reports each thing that is then broken;
# check without arguments reports nothing else about the host.
# config: iommu
# stack: debian12 debian13 backports
# usual: backports
# limit: 240
# shellcheck shell=bash

hooks=/etc/libvirt/hooks/qemu.d
ours=$hooks/50-hostdevctl
program=$(readlink -f "$ours")

content() {
	run hostdevctl doctor
	assert_status 0
	assert_text "$OUTPUT" "libvirt's hook: ready"
	assert_text "$OUTPUT" 'refuses a guest with a device that no host has'
}

# says TEXT REMEDY: a problem is reported, with this remedy
says() {
	run hostdevctl doctor
	assert_status 1
	assert_text "$OUTPUT" "$1"
	assert_text "$OUTPUT" "$2"
}

[ -x "$program" ] || fail "$ours points to no program"
content
assert_text "$OUTPUT" "${ours#/} -> "

# The processor of an emulated host virtualizes nothing; more than notes is wrong.
run hostdevctl check
assert_status 0
awk '$1 == "ERROR" || $1 == "WARNING" { print $2 }' "$OUTPUT" >"$WORK/told"
! grep -vx cpu-virtualization "$WORK/told" || fail "unexpected: $(tr '\n' ' ' <"$WORK/told")"

chmod 644 "$program"
says 'is not executable: libvirt skips it' "chmod 0755 $ours"
chmod 755 "$program"

link=$(readlink "$ours")
rm "$ours"
says 'has no hostdevctl-hook: libvirt starts guests unchecked' "ln -sf $program"
ln -s "$link" "$ours"
content

cat >$hooks/10-vm <<'END'
#!/bin/sh
[ "$2" = prepare ] || exit 0
virsh nodedev-detach pci_0000_01_00_0
END
chmod 755 $hooks/10-vm
says '10-vm has "virsh": a hook that calls libvirt can hang it' "chmod -x $hooks/10-vm"
chmod 644 $hooks/10-vm
content
rm $hooks/10-vm

# The engine that the hook loads is gone: found by running it.
engine=$(find /usr/lib /usr/local/lib -name hostdevctl-engine.so 2>/dev/null | head -n 1)
mv "$engine" "$engine.away" || fail 'no engine'
says 'for a guest without devices, instead of 0' 'remedy:'
mv "$engine.away" "$engine"
content

# Times of files and of processes are compared by whole seconds.
second_passes() {
	wait_for 10 sh -c '[ "$(date +%s)" -gt "$1" ]' - "$(($(date +%s) + 1))"
}

# The first hook of the host comes after the daemon: a note, since a reload leaves no trace.
rm "$ours"
daemon_end TERM
daemon_start || fail 'the daemon does not start'
second_passes
ln -s "$link" "$ours"
run hostdevctl doctor
assert_status 0
assert_text "$OUTPUT" 'the daemon sees the first hook of a host only after a reload'
assert_text "$OUTPUT" 'systemctl reload libvirtd'
daemon_end TERM
second_passes
daemon_start || fail 'the daemon does not start'
content
assert_no_text "$OUTPUT" 'only after a reload'
assert_drivers_as_before
