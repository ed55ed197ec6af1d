# SPDX-License-Identifier: GPL-2.0-or-later
# What show prints about one device: its group, its children, its users, its checks.
. "$SRCDIR/tests/support/clitap.sh" || exit 99
export LC_ALL=C
tree "$SRCDIR/tests/hosts/workstation.tree"

# shows DEVICE: tests/cli/show.txt has what show says of these (names of PCI differ with pci.ids)
shows() {
	for device; do
		run 0 show --sysroot "$root" "$device" || return
		echo "== $device"
		cat "$work/out"
	done > "$work/all"
	[ -z "${HD_UPDATE_GOLDEN:-}" ] || cp "$work/all" "$SRCDIR/tests/cli/show.txt"
	diff -u "$SRCDIR/tests/cli/show.txt" "$work/all"
}

# has LINE...: each is a whole line of the last output
has() {
	for line; do
		grep -qxF -- "$line" "$work/out" || { echo "no line: $line"; cat "$work/out"; return 1; }
	done
}

ok 'USB, mediated and serial devices' shows /dev/sda 046d:c52b usb:1-1 /dev/ttyUSB0 /dev/ttyS0 \
	c2177883-f1bb-47f0-914d-32a22e3a8804
ok 'a graphics card' run 0 show --sysroot "$root" 01:00.0
ok 'its properties' has '  id          10de:1b80' '  subsystem   1043:8694' '  numa node   0' \
	'  reset       bus' '  link        2.5 GT/s x16 (of 8.0 GT/s x16)' '  guests      game' \
	'  verdict     ready' 'IOMMU group 1' Checks
ok 'its group' grep -q '^  0000:01:00.1  snd_hda_intel  ' "$work/out"
ok 'a warning of its checks' grep -qx 'WARNING  iommu-group-exclusive  *0000:01:00.0, 0000:01:00.1' "$work/out"
ok 'no passed check' sh -c "! grep -q '^ok ' '$work/out'"
ok 'with -v' prints 0 'ok       device-present' show -v --sysroot "$root" 01:00.0
ok 'a bridge' prints 0 "never: it is a host bridge, a part of the machine" show --sysroot "$root" 00:00.0
ok 'is not ready' grep -q '^0000:00:00.0: not ready' "$work/out"
ok 'the disk of the system, with what frees it' prints 0 "never: the host's root filesystem" \
	show --sysroot "$root" /dev/nvme0n1
ok 'its users' has "  used by     0000:02:00.0 -> nvme0n1 -> nvme0n1p2 -> /: mounted, the host's root filesystem (proc/self/mountinfo)"
ok 'a physical function' prints 0 'vfs         2 of 7' show --sysroot "$root" enp3s0
ok 'its virtual ones' grep -q '^  0000:03:10.4  vfio-pci  ' "$work/out"

ok 'JSON' run 0 show --json --sysroot "$root" vf:enp3s0/1
ok 'its form' json '.api_level == 1 and .ready == false and (.device |
	.address == "0000:03:10.4" and .kind == "pci" and .guests == [{ name: "router", running: true }] and
	.physical_function == "0000:03:00.0" and .group == 23 and
	.needs == ["vf-parent-up", "iommu-group-exclusive"] and .verdict == "needs") and
	(.group_members | length == 1) and .below == [] and
	(.findings | map(select(.severity == "error" and .verdict == "fail") | .remedy) ==
		["`ip link set enp3s0 up`",
			"`virsh shutdown router`, or if it does not react, `virsh destroy router`"]) and
	(.findings | map(select(.severity == "error" and .verdict == "fail") | .commands) ==
		[["ip link set enp3s0 up"], ["virsh shutdown router", "virsh destroy router"]])'
ok 'JSON of a hub' run 0 show --json --sysroot "$root" usb:1-1
ok 'has what hangs on it' json '[.below[].address] == ["usb:1-1.2", "usb:1-1.10"]'

ok 'no device' complains 2 'missing DEVICE' show --sysroot "$root"
ok 'two devices' complains 2 'too many operands' show --sysroot "$root" 01:00.0 02:00.0
ok 'a device that is not there' complains 3 'does not have this device' show --sysroot "$root" 0f:00.0
ok 'in JSON' run 3 show --json --sysroot "$root" 0f:00.0
ok 'is an error' json '.ready == false and (.error | contains("0000:0f:00.0"))'
tap_end
