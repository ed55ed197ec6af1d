# SPDX-License-Identifier: GPL-2.0-or-later
# attach and detach-from: the guest's definition, by libvirt's QEMU driver in our own process.
. "$SRCDIR/tests/support/clitap.sh" || exit 99
export XDG_CACHE_HOME=$work/cache

if ! has_libvirt; then
	tree "$SRCDIR/tests/hosts/lab-debian13.tree"
	ok 'without libvirt it says so' complains 3 'built without libvirt' \
		attach --sysroot "$root" -c test:///default g 01:00.0
	tap_end
	exit 0
fi
tree "$SRCDIR/tests/hosts/lab-debian13.tree"
test=test:///default
at="--templates $SRCDIR/xml-templates --sysroot $root"
ok 'no guest' complains 3 "'nope' is not a guest of test:///default" attach $at -c $test nope 01:00.0
ok 'no device' complains 2 'missing DEVICE' attach $at -c $test test
ok 'an unknown device' complains 3 'does not exist' attach $at -c $test test /dev/nvme9n1
ok 'a bridge' complains 1 'is a PCI bridge' attach $at -c $test test 08:00.0
ok 'whose guest?' complains 2 "name the guest's libvirt" attach $at test 01:00.0
mkdir -p "$root/boot"
echo '# CONFIG_IOMMUFD is not set' > "$root/boot/config-$(cat "$root/proc/sys/kernel/osrelease")"
ok 'IOMMUFD that the kernel lacks' prints 1 'CONFIG_IOMMUFD is not set: the kernel has no /dev/iommu' \
	attach $at -c $test test 01:00.0 --iommufd --dry-run
ok 'a running guest without a definition to change' complains 1 'has no 0000:01:00.0' \
	detach-from --sysroot "$root" -c $test test 01:00.0
ok 'no daemon' complains 3 'cannot connect' attach $at -c "qemu+unix:///system?socket=$work/none" \
	test 01:00.0
ok 'no daemon for detach-from' complains 3 'cannot connect' \
	detach-from --sysroot "$root" -c "qemu+unix:///system?socket=$work/none" test 01:00.0

uri="qemu:///embed?root=$work/root"
if ! command -v virsh > /dev/null || ! virsh -c "$uri" version > "$work/out" 2>&1; then
	skip 'the definition of a guest' 'there is no virsh, no QEMU or no driver for it'
	tap_end
	exit 0
fi
attach() {
	local wanted=$1 text=$2
	shift 2
	prints "$wanted" "$text" attach $at -c "$uri" "$@"
}
refuses() {
	local wanted=$1 text=$2
	shift 2
	now
	cp "$work/now" "$work/before"
	complains "$wanted" "$text" "$@" -c "$uri" || return
	now
	diff "$work/before" "$work/now"
}
now() {
	virsh -c "$uri" dumpxml --inactive g | sed 's/<metadata\/>//; /^ *$/d' > "$work/now"
}
# shows TEXT: in what libvirt has now
shows() {
	now
	grep -qF -- "$1" "$work/now" || { cat "$work/now"; return 1; }
}
lacks() {
	now
	! grep -F -- "$1" "$work/now"
}
# has_not BUS: no device of the host's bus
has_not() {
	now
	! grep -A1 '<source>' "$work/now" | grep "bus='0x$1'"
}
# define MACHINE [DEVICES [METADATA]]: the guest g
define() {
	cat > "$work/g.xml" <<-END
	<domain type='qemu'><name>g</name><uuid>c7a5fdbd-edaf-9455-926a-d65c16db1809</uuid>
	${3-}<memory>65536</memory><os><type arch='x86_64' machine='$1'>hvm</type></os><devices>
	${2-<controller type='usb' model='none'/>}<memballoon model='none'/>
	</devices></domain>
	END
	virsh -c "$uri" define "$work/g.xml" > "$work/out" 2>&1 || cat "$work/out"
	now
}
define q35
cp "$work/now" "$work/empty"
ok 'what it would do' attach 0 'would be added to the guest' g 01:00.0 --dry-run
ok 'as JSON' attach 0 '"changed": true' g 01:00.0 --dry-run --json
ok 'is not done' sh -c "virsh -c '$uri' dumpxml --inactive g | grep -qv hostdev"
ok 'a disk' attach 0 'is added to the guest' g 01:00.0
ok 'libvirt has it behind a port' shows "<address type='pci' domain='0x0000' bus='0x01' slot='0x00' function='0x0'/>"
now
cp "$work/now" "$work/before"
ok 'twice is once' attach 0 "guest 'g' already has 0000:01:00.0 in its definition" g 01:00.0
ok 'as JSON, too' attach 0 '"changed": false' g 01:00.0 --json
ok 'by another name, too' attach 0 "already has 0000:01:00.0" g /dev/nvme0n1
ok 'nothing was changed' sh -c "virsh -c '$uri' dumpxml --inactive g | sed 's/<metadata\/>//; /^ *$/d' |
	diff '$work/before' -"
ok 'one that is there does not hinder another' attach 0 '0000:02:00.0 would be added' \
	g 01:00.0 02:00.0 --dry-run
ok 'a card, pinned' attach 0 'is added to the guest' g 05:00.0 --pin
ok 'on one slot' shows "multifunction='on'"
ok 'with its pins' shows '<hd:device address="0000:05:00.1"'
ok 'pinned twice is once' attach 0 '"changed": false' g 05:00.0 --pin --json
ok 'a pin for what is there already is a change' attach 0 '"changed": true' g 01:00.0 --pin --json
ok 'the first is still pinned, in another order' attach 0 '"changed": false' g 05:00.0 --pin --json
ok 'by UUID' attach 0 'is added' c7a5fdbd-edaf-9455-926a-d65c16db1809 02:00.0
ok 'live is refused while it does not run' refuses 1 'does not run' attach $at g 06:00.0 --live
ok 'a slot that is taken' refuses 1 '<hostdev> of line' attach $at g 06:00.0 --slot 01:00
ok 'a device that is in use is refused' prints 1 'not ready' attach $at -c "$uri" g 04:00.0
ok 'and not added' has_not 04
ok 'what is in use is not for each start' refuses 1 \
	'its next start would be refused because of network-free for 0000:04:00.0' \
	attach $at g 04:00.0 --allow network-free=04:00.0
ok 'and not added either' has_not 04
ok 'out again' prints 0 '0000:01:00.0 is removed from' detach-from --sysroot "$root" -c "$uri" \
	g 01:00.0
ok 'it is gone' has_not 01
ok 'what is not there' refuses 1 "guest 'g' has no 0000:01:00.0" detach-from --sysroot "$root" \
	g 01:00.0
ok 'unless that is as well' prints 0 "guest 'g' has no 0000:01:00.0" detach-from --sysroot "$root" \
	-c "$uri" g 01:00.0 --if-present --json
ok 'then nothing is changed' json '.changed == false'
ok 'one of two is not there: none goes' refuses 1 "guest 'g' has no 0000:01:00.0" \
	detach-from --sysroot "$root" g 02:00.0 01:00.0
ok 'a card goes whole' prints 0 '0000:05:00.1 is removed from' detach-from --sysroot "$root" \
	-c "$uri" g 05:00.0
ok 'as JSON' prints 0 '"notes"' detach-from --sysroot "$root" -c "$uri" g 02:00.0 --json
ok 'which is one object' json '.api_level == 1'
ok 'no device is left' lacks '<hostdev'

echo '/dev/nvme0n1 /srv ext4 defaults 0 2' >> "$root/etc/fstab"
ok 'an allowance would be kept' attach 0 "metadata would allow storage-free for 0000:01:00.0" \
	g 01:00.0 --allow storage-free=01:00.0 --dry-run
ok 'is kept, with pins' attach 0 "metadata allows storage-free for 0000:01:00.0 at each start" \
	g 01:00.0 --allow storage-free=01:00.0 --pin
ok 'in the metadata' shows '<hd:allow check="storage-free" subject="0000:01:00.0"/>'
ok 'once' attach 0 '"changed": false' g 01:00.0 --allow storage-free=01:00.0 --pin --json
ok 'beside the pins' shows '<hd:device address="0000:01:00.0"'
start_of() {
	now
	"$tool" check --sysroot "$root" --xml "$work/now" > "$work/out" 2>&1 || return
	grep -q '^note     storage-free' "$work/out"
}
ok 'the next start takes it' start_of
ok 'once' sh -c "test \$(grep -c hd:allow '$work/now') = 1"
virsh -c "$uri" undefine g > /dev/null 2>&1

disk="<controller type='usb' model='none'/><disk type='block'><source dev='/dev/null'/><target dev='vdb' bus='virtio'/></disk>"
define q35 "$disk"
ok 'libvirt refuses a disk: its port and its pins are gone, too' refuses 3 \
	'the guest is unchanged' attach $at g 02:00.0 --as disk --target vdb --pin
ok 'disks get names that are free' attach 0 'is added' g 01:00.0 02:00.0 --as disk
ok 'vda' shows "<target dev='vda' bus='virtio'/>"
ok 'and vdc' shows "<target dev='vdc' bus='virtio'/>"
virsh -c "$uri" undefine g > /dev/null 2>&1
define pc
ok 'pc: on a slot' attach 0 'where it is 0000:00:' g 01:00.0
ok 'libvirt has it there' shows "<hostdev mode='subsystem' type='pci' managed='no'>"
virsh -c "$uri" undefine g > /dev/null 2>&1

# The card is handed over: the last keyboard may follow it into the definition, and nothing else may.
desktop=$SRCDIR/tests/hosts/one-card-desktop
cat "$desktop.tree" "$SRCDIR/tests/support/keyboard.tree" > "$work/keyboard.tree"
tree "$work/keyboard.tree"
at="--templates $SRCDIR/xml-templates --sysroot $root"
policy="<metadata><hd:hostdevctl xmlns:hd='urn:hostdevctl:guest:1'><hd:handover/></hd:hostdevctl></metadata>"
card() {
	sed -n '/<hostdev/,/<\/hostdev>/p' "$desktop.xml" | sed '/<address type/d'
}
define q35 "$(card)<controller type='usb' model='qemu-xhci'/>" ''
keyboard='1-2:1.0 (Logitech USB Keyboard) is the host'"'"'s last keyboard'
ok 'the last keyboard without a hand-over' attach 1 "$keyboard" g usb:046d:c31c
define q35 "<controller type='usb' model='qemu-xhci'/>" "$policy"
ok 'with one, and without the card' attach 1 "$keyboard" g usb:046d:c31c
ok 'says which comes first' grep -q 'the graphics card first.*hostdevctl list gpu' "$work/out"
define q35 "$(card)<controller type='usb' model='qemu-xhci'/>" "$policy"
printf 'WHAT=shutdown\nWHO=dnf\nWHY=upgrading\nMODE=block\n' > "$root/run/systemd/inhibit/9"
ok 'as the start would be, it is refused' attach 1 'dnf asks not to be interrupted' g usb:046d:c31c
rm "$root/run/systemd/inhibit/9"
ok 'and not added' lacks '0xc31c'
# Somebody else has the card's sound: a refusal of the next start, and not of the keyboard.
mkdir -p "$root/proc/1900/fd"
echo dd > "$root/proc/1900/comm"
echo 0::/user.slice/user-0.slice/session-9.scope > "$root/proc/1900/cgroup"
ln -s /dev/snd/pcmC0D3p "$root/proc/1900/fd/3"
now
ok 'the card alone is refused' prints 1 'open by dd (pid 1900' check --sysroot "$root" --xml "$work/now"
ok 'the keyboard goes with the card' attach 0 'it goes with the card in the hand-over' g usb:046d:c31c
ok 'nothing is said of what the guest has' sh -c "! grep -E '^[A-Za-z]+ .* 0000:0a:00' '$work/out'"
ok 'it is added' shows '0xc31c'
virsh -c "$uri" undefine g > /dev/null 2>&1
tap_end
