# SPDX-License-Identifier: GPL-2.0-or-later
# sleep and wake: which guests are stopped, which keep the host awake, and what is said of both.
# (libvirt's driver for tests forgets with each process what it did: the lab sees guests go on.)
. "$SRCDIR/tests/support/clitap.sh" || exit 99
tree good $DISK=0x010802,12,vfio-pci $NIC=0x020000,14,mlx5_vfio_pci

test=test:///default
uuid=6695eb01-f6a4-8304-79aa-97f2502e193f	# of its only guest
record=$root/run/hostdevctl/sleep-$uuid
# guest NAME UUID DEVICES: one that runs
guest() {
	mkdir -p "$root/run/libvirt/qemu"
	cat > "$root/run/libvirt/qemu/$1.xml" <<-END
	<domstatus state='running' reason='booted' pid='9'><domain type='kvm'><name>$1</name>
	<uuid>$2</uuid><memory>65536</memory><os><type>hvm</type></os>
	<devices>$3</devices></domain></domstatus>
	END
}
gone() {
	rm "$root/run/libvirt/qemu/$1.xml"
}
pci() {
	echo "<hostdev mode='subsystem' type='pci'><source><address domain='0' bus='$1' slot='0'
	function='0'/></source></hostdev>"
}
serial="<serial type='dev'><source path='/dev/ttyS0'/></serial>"
policy() {
	mkdir -p "$root/etc"
	printf '[sleep]\nguests = %s\n' "$1" > "$root/etc/hostdevctl.conf"
}
: > "$root/dev/ttyS0"
at="--sysroot $root"

ok 'which libvirt?' complains 2 "name the guests' libvirt" sleep $at
ok 'nobody runs' prints 0 'nothing to do' sleep $at -c $test
guest test $uuid "$(pci 1)"
ok 'nothing is done unless it is configured' prints 0 'nothing to do' sleep $at -c $test
ok 'what it would be' prints 1 "with auto:" sleep $at -n
ok 'for whom' grep -qF "guest 'test' would keep the host from sleeping: it has $DISK (vfio-pci): it loses" "$work/out"
policy auto
ok 'vfio-pci keeps the host awake' prints 1 \
	"the host does not sleep: guest 'test' has $DISK (vfio-pci): it loses its state, and the guest is not told; run \`virsh shutdown test\` first" \
	sleep $at -c $test
ok 'it is not recorded as stopped' test ! -e "$record"
policy refuse
guest test $uuid "$serial"
ok 'refuse is for each device' prints 1 \
	"has serial /dev/ttyS0: [sleep] guests is refuse in hostdevctl.conf; run \`virsh managedsave test\`" \
	sleep $at -c $test
policy nonsense
ok 'a broken setting' complains 3 'must be ignore, refuse, auto or pause' sleep $at -c $test
ok 'does not keep anybody from waking' prints 0 'nothing to do' wake $at -c $test
policy auto
guest 'odd name' 11111111-2222-3333-4444-555555555555 "$(pci 1)"
ok 'an odd name in a command' prints 1 "run \`virsh shutdown 'odd name'\` first" \
	sleep $at -c $test
gone 'odd name'
echo '<domstatus><domain><hostdev' > "$root/run/libvirt/qemu/bad.xml"
ok 'a guest that is not understood' prints 1 'which guests have host devices is unknown' \
	sleep $at -c $test
gone bad

if has_libvirt; then
	ok 'a serial port: paused' prints 0 \
		"guest 'test' is paused while the host sleeps: it has serial /dev/ttyS0" sleep $at -c $test
	ok 'it is recorded' grep -q '^sleep1 paused' "$record"
	ok 'status shows it' prints 0 "paused for the host's sleep" status $at
	ok 'and wakes' run 0 wake $at -c $test
	ok 'the record is gone' test ! -e "$record"
	guest test $uuid "$(pci 3)"
	ok 'a driver that saves: saved' prints 0 "guest 'test' is saved" sleep $at -c $test
	ok 'it is recorded, too' grep -q '^sleep1 saved' "$record"
	ok 'it would go on' prints 0 "guest 'test' would go on" wake $at -n
	rm -r "$root/sys/bus/pci/devices/$NIC"
	ok 'its device is lost' prints 4 "guest 'test': $NIC did not come back from the host's sleep" \
		wake $at -c $test
	ok 'status shows that' prints 0 "did not come back" status $at
	guest test $uuid "$serial"
	guest zz 11111111-2222-3333-4444-555555555555 "$serial"
	ok 'libvirt does not have the other guest' prints 1 \
		"guest 'zz' has serial /dev/ttyS0 and cannot be paused: libvirt does not have" sleep $at -c $test
	ok 'so the first goes on' test ! -e "$record"
	ok 'libvirt is not there' prints 1 'and cannot be paused: cannot connect' \
		sleep $at -c "test://$work/none.xml"
else
	skip 'guests are stopped' 'this hostdevctl was built without libvirt'
fi
tap_end
