# SPDX-License-Identifier: GPL-2.0-or-later
# attach --any, start and relocate: which of several equal devices a guest gets, by libvirt's QEMU
# driver in our own process, whose definitions are those of the host.
. "$SRCDIR/tests/support/clitap.sh" || exit 99
export XDG_CACHE_HOME=$work/cache

tree "$SRCDIR/tests/hosts/lab-debian13.tree"
at="--sysroot $root"
templates="--templates $SRCDIR/xml-templates"
uri="qemu:///embed?root=$root/embed"
if ! has_libvirt || ! command -v virsh > /dev/null ||
	! virsh -c "$uri" version > "$work/out" 2>&1; then
	skip 'any of several devices' 'there is no virsh, no QEMU or no driver for it'
		exit 0
fi
# What libvirt defines is what the guests of this host claim.
mkdir -p "$root/etc/libvirt" "$root/run" "$root/embed/etc/qemu"
rmdir "$root/etc/libvirt/qemu" 2> /dev/null
ln -s ../../embed/etc/qemu "$root/etc/libvirt/qemu"

# define NAME NUMBER [MORE]: a guest without devices
define() {
	cat > "$work/$1.xml" <<-END
	<domain type='qemu'><name>$1</name><uuid>c7a5fdbd-edaf-9455-926a-d65c16db180$2</uuid>
	<memory>65536</memory>${3-}<os><type arch='x86_64' machine='q35'>hvm</type></os><devices>
	<controller type='usb' model='none'/><memballoon model='none'/>
	<graphics type='vnc' passwd='secret'/></devices></domain>
	END
	virsh -c "$uri" define "$work/$1.xml" > "$work/out" 2>&1 || cat "$work/out"
}
# shows GUEST TEXT, lacks GUEST TEXT: in its definition
shows() {
	virsh -c "$uri" dumpxml --inactive --security-info "$1" > "$work/now"
	grep -qF -- "$2" "$work/now" || { cat "$work/now"; return 1; }
}
lacks() {
	virsh -c "$uri" dumpxml --inactive "$1" > "$work/now"
	! grep -F -- "$2" "$work/now"
}
# has GUEST BUS: a <hostdev> of the host's bus
has() {
	virsh -c "$uri" dumpxml --inactive "$1" > "$work/now"
	grep -A2 '<hostdev' "$work/now" | grep -A1 '<source>' | grep -q "bus='0x$2'" ||
		{ cat "$work/now"; return 1; }
}
any() {
	prints "$1" "$2" attach $at $templates -c "$uri" "${@:3}"
}
define a 1
define b 2
define c 3
define d 4

ok 'what is not a kind' complains 2 "did you mean 'nvme'" attach $at -c "$uri" a --any nvm
ok 'nor are ids of three digits' complains 2 'is not a kind of devices' attach $at -c "$uri" a \
	--any gpu:10de:268
ok 'a physical function that is not there' complains 3 'does not exist' attach $at -c "$uri" a \
	--any vf:/dev/nvme9
ok 'neither a device nor a kind' complains 2 'missing DEVICE' attach $at -c "$uri" a
ok 'a pinned one is not any' complains 2 'cannot be combined' attach $at -c "$uri" a --any nvme --pin
ok 'none of this kind' complains 1 'does not have a PCI function of gpu:10de:2684' \
	attach $at -c "$uri" a --any gpu:10de:2684
ok 'what it would choose' any 0 '0000:01:00.0 would be chosen of nvme; 2 others are free' a --any nvme \
	--dry-run
ok 'is not done' lacks a '<hostdev'
ok 'the first' any 0 '0000:01:00.0 is chosen of nvme:1b36:0010; 2 others are free' a \
	--any nvme:1b36:0010
ok 'is in the definition' has a 01
ok 'which says of what' shows a '<hd:any of="nvme:1b36:0010" address="0000:01:00.0"/>'
ok 'the next guest gets the next one' any 0 '0000:02:00.0 is chosen of 1b36:0010; 1 other is free' b \
	--any 1b36:0010
ok 'as JSON' any 0 '"notes"' c --any nvme --json
ok 'which is one object' json '.notes[0] == "0000:03:00.0 is chosen of nvme; 0 others are free"'
ok 'no other is free' complains 1 "none of 3 devices of nvme is free for guest 'd'" \
	attach $at -c "$uri" d --any nvme
ok 'of each it says why' grep -q "0000:02:00.0: guest 'b' is defined with it" "$work/out"
ok 'the guest itself is a reason, too' any 1 '0000:01:00.0: the guest is defined with it already' a \
	--any nvme
ok 'nothing was added' lacks d '<hostdev'

mkdir -p "$root/run/hostdevctl"
printf '[hook]\nlock_deadline = 1\n' > "$root/etc/hostdevctl.conf"
prints 0 '' detach-from $at -c "$uri" b 0000:02:00.0
exec 9> "$root/run/hostdevctl/choice.lock"
flock 9
ok 'who chooses at the same time waits' complains 3 'is being made for another guest; try again' \
	attach $at -c "$uri" d --any nvme
ok 'and has changed nothing' lacks d '<hostdev'
exec 9>&-
rm "$root/etc/hostdevctl.conf"
echo 1 > "$root/sys/bus/pci/devices/0000:03:00.0/numa_node"
prints 0 '' detach-from $at -c "$uri" c 0000:03:00.0
define d 4 '<vcpu>1</vcpu><numatune><memory mode="strict" nodeset="1"/></numatune>'
ok 'one that is near comes first' any 0 "0000:03:00.0 is chosen of nvme, on the guest's NUMA node 1; 1 other is free" \
	d --any nvme
ok 'one that is far is better than none' any 0 "because none is free on the guest's NUMA node 1" d --any nvme
prints 0 '' detach-from $at -c "$uri" d 0000:03:00.0 0000:02:00.0
prints 0 '' attach $at $templates -c "$uri" b 0000:02:00.0
ok 'what comes back by its name is not any' lacks b '<hd:any'
ok 'what stays is' shows a '<hd:any'

ok 'nothing has to be chosen again' prints 0 "guest 'a' would be started" start $at -c "$uri" a --dry-run
ok 'and nothing is' has a 01
echo '/dev/nvme0n1 / ext4 defaults 0 1' > "$root/etc/fstab"
ok 'one that is in use' prints 0 'the guest'\''s definition would get 0000:03:00.0 in place of 0000:01:00.0' \
	start $at -c "$uri" a --dry-run
ok 'is replaced before the start, which this host cannot do' complains 3 "guest 'a': libvirt did not start it" \
	start $at -c "$uri" a
ok 'by a free one' has a 03
ok 'in its metadata, too' shows a '<hd:any of="nvme:1b36:0010" address="0000:03:00.0"/>'
ok 'once' sh -c "test \$(grep -c '<hostdev' '$work/now') = 1"
ok 'nothing else is lost' shows a "passwd='secret'"

# clone NAME NUMBER: a guest that is defined with all that guest a has
clone() {
	virsh -c "$uri" dumpxml --inactive --security-info a |
		sed "s/<name>a</<name>$1</; s/db1801</db180$2</" > "$work/clone.xml"
	virsh -c "$uri" define "$work/clone.xml" > "$work/out" 2>&1 || cat "$work/out"
}
clone e 5
ok 'one that is only defined elsewhere stays if no other is free' prints 0 "guest 'a' would be started" \
	start $at -c "$uri" a --dry-run
ok 'as it is' sh -c "! grep 'would get' '$work/out'"
prints 0 '' detach-from $at -c "$uri" b 0000:02:00.0
ok 'one that is only defined elsewhere is left if another is free' \
	prints 0 "0000:03:00.0: guest 'e' is defined with it" start $at -c "$uri" a --dry-run --json
ok 'and says which' json '.notes[1] == "0000:02:00.0 would be chosen of nvme:1b36:0010; 0 others are free"'
run 3 start $at -c "$uri" a
ok 'who starts first makes room' has a 02
run 3 start $at -c "$uri" e
ok 'who starts then stays' has e 03
echo '/dev/nvme1n1 /srv ext4 defaults 0 1' >> "$root/etc/fstab"
ok 'if none is free' prints 1 "0000:03:00.0: guest 'e' is defined with it" start $at -c "$uri" a
ok 'it says so' grep -q "guest 'a' is not started: its 0000:02:00.0 cannot be used" "$work/err"
ok 'and nothing is changed' has a 02
virsh -c "$uri" undefine e > "$work/out" 2>&1
sed -i '/nvme1n1/d' "$root/etc/fstab"

echo one > "$root/sys/bus/pci/devices/0000:03:00.0/nvme/nvme2/serial"
ok 'without pins nothing moves' prints 0 'do not pin a device' relocate $at -c "$uri" a
define p 6
prints 0 '' attach $at $templates -c "$uri" p 0000:03:00.0 --pin
ok 'a pinned device at its place stays' prints 0 'where it is pinned' relocate $at -c "$uri" p
# moved FROM TO: guest p as if its card had been at another address when it was defined
moved() {
	virsh -c "$uri" dumpxml --inactive p | sed "s/0000:$1:00.0/0000:$2:00.0/
		/<source>/,/<.source>/s/bus='0x$1'/bus='0x$2'/" > "$work/p.xml"
	virsh -c "$uri" define "$work/p.xml" > "$work/out" 2>&1 || cat "$work/out"
}
moved 03 33
ok 'where it is now' prints 0 "definition would get 0000:03:00.0 in place of 0000:33:00.0" \
	relocate $at -c "$uri" p --dry-run
ok 'is only said' has p 33
ok 'is written' prints 0 '"notes"' relocate $at -c "$uri" p --json
ok 'into the element' has p 03
ok 'and the pin' shows p '<hd:device address="0000:03:00.0"'
moved 03 02
ok 'what is another disk now is not it' prints 0 'has 0000:03:00.0 in place of 0000:02:00.0' \
	relocate $at -c "$uri" p
virsh -c "$uri" dumpxml --inactive p | sed 's/serial="[^"]*"/serial="another"/' > "$work/p.xml"
virsh -c "$uri" define "$work/p.xml" > "$work/out" 2>&1
ok 'another serial number is another disk' complains 1 'does not have the card that is pinned at 0000:03:00.0' \
	relocate $at -c "$uri" p
moved 03 33
ok 'wherever' complains 1 'does not have the card that is pinned at 0000:33:00.0' relocate $at -c "$uri" p
ok 'and says what to do' complains 1 'out of the definition (virsh edit p)' relocate $at -c "$uri" p
moved 33 03
sed 's/ serial="[^"]*"//; s/ path="[^"]*"//' "$work/p.xml" > "$work/q.xml"
mv "$work/q.xml" "$work/p.xml"
virsh -c "$uri" define "$work/p.xml" > "$work/out" 2>&1
moved 03 33
ok 'of several equal ones nobody knows' complains 1 \
	'several devices are what is pinned at 0000:33:00.0: 0000:01:00.0; 0000:02:00.0; 0000:03:00.0' \
	relocate $at -c "$uri" p
ok 'so it stays' has p 33
tap_end
