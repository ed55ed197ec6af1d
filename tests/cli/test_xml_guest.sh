# SPDX-License-Identifier: GPL-2.0-or-later
# xml with a guest: the places of the devices, what is added for them, and what pins them.
. "$SRCDIR/tests/support/clitap.sh" || exit 99

xml() {
	echo "xml --templates $SRCDIR/xml-templates --sysroot $root $*"
}
writes() {
	local want=$1
	shift
	run 0 $(xml "$@") || return
	printf '%s\n' "$want" | diff - "$work/out"
}
has() {
	local text=$1
	shift
	prints 0 "$text" $(xml "$@")
}
refuses() {
	local status=$1 text=$2
	shift 2
	complains "$status" "$text" $(xml "$@") && ! [ -s "$work/out" ]
}
at() {
	echo "<address type='pci' domain='0x0000' bus='0x$1' slot='0x$2' function='0x$3'${4-}/>"
}
fn() {
	printf "<hostdev mode='subsystem' type='pci' managed='no'>
  <source>
    <address domain='0x0000' bus='0x%s' slot='0x%s' function='0x%s'/>
  </source>
  %s
</hostdev>\n" "$1" "$2" "$3" "$4"
}
guest() {
	cat > "$work/guest.xml" <<-END
	<domain type='qemu'><name>g</name><uuid>c7a5fdbd-edaf-9455-926a-d65c16db1809</uuid>
	${2-}<memory>65536</memory>
	<os><type arch='x86_64' machine='$1'>hvm</type></os><devices>
	<controller type='usb' model='none'/><memballoon model='none'/>
	DEVICES</devices></domain>
	END
}
# device XML...: adds them to the guest
device() {
	sed -i "s|DEVICES|$*\nDEVICES|" "$work/guest.xml"
}

tree "$SRCDIR/tests/hosts/lab-debian13.tree"
guest q35
sed 's/DEVICES//' "$work/guest.xml" > "$work/g.xml"
# port INDEX PORT SLOT FUNCTION MULTI: a controller that is added
port() {
	printf "<controller type='pci' index='%s' model='pcie-root-port'>
  <model name='pcie-root-port'/>
  <target chassis='%s' port='0x%s'/>
  %s
</controller>" "$1" "$1" "$2" "$(at 00 "$3" "$4" "${5-}")"
}
port=$(port 1 10 02 0 " multifunction='on'")
ok 'q35: a port and the disk behind it' writes "$port
$(fn 01 00 0 "$(at 01 00 0)")" 01:00.0 --xml "$work/g.xml"
ok 'two cards, two ports' writes "$port
$(port 2 11 02 1)
$(fn 01 00 0 "$(at 01 00 0)"; fn 02 00 0 "$(at 02 00 0)")" 01:00.0 02:00.0 --xml "$work/g.xml"
ok 'a disk as disk' has "$(at 01 00 0)" 01:00.0 --as disk --xml "$work/g.xml"
ok 'a serial port needs none' sh -c "! '$tool' $(xml /dev/ttyS1 --xml "$work/g.xml") | grep -q pci"
ok 'on standard input' sh -c "'$tool' $(xml 01:00.0 --xml -) < '$work/g.xml' | grep -q pcie-root-port"
ok 'a slot of its own' writes "$(port 7 10 02 0 " multifunction='on'")
$(fn 01 00 0 "$(at 07 00 0)")" 01:00.0 --xml "$work/g.xml" --slot 07:00
guest pc
sed 's/DEVICES//' "$work/guest.xml" > "$work/pc.xml"
ok 'pc: a slot' writes "$(fn 01 00 0 "$(at 00 03 0)")" 01:00.0 --xml "$work/pc.xml"

bridge="$port
<controller type='pci' index='2' model='pcie-to-pci-bridge'>
  <model name='pcie-pci-bridge'/>
  $(at 01 00 0)
</controller>"
ok 'a conventional card, which the lab has' writes "$bridge
$(fn 05 00 0 "$(at 02 01 0 " multifunction='on'")"; fn 05 00 1 "$(at 02 01 1)")" \
	05:00.0 --xml "$work/g.xml"
lab=$root
tree good 0000:05:00.0=0x030000,13,nouveau 0000:05:00.1=0x040300,13,snd_hda_intel
for fn in 0 1; do
	echo '8.0 GT/s PCIe' > "$root/sys/bus/pci/devices/0000:05:00.$fn/max_link_speed"
done
ok 'a card on one slot' writes "$port
$(fn 05 00 0 "$(at 01 00 0 " multifunction='on'")"; fn 05 00 1 "$(at 01 00 1)")" \
	05:00.0 --xml "$work/g.xml"
ok 'its functions one by one' writes "$port
$(fn 05 00 1 "$(at 01 00 1)"; fn 05 00 0 "$(at 01 00 0 " multifunction='on'")")" \
	05:00.1 05:00.0 --as pci --xml "$work/g.xml"
ok 'one of them' writes "$port
$(fn 05 00 1 "$(at 01 00 0)")" 05:00.1 --as pci --xml "$work/g.xml"
root=$lab

ok 'a slot that is taken' refuses 1 'SMBus) uses it' 01:00.0 --xml "$work/g.xml" --slot 00:1f
ok 'a slot that cannot be' refuses 2 'its function 0 is empty' 01:00.0 \
	--xml "$work/g.xml" --slot 07:00.1
ok 'no slot' refuses 2 "--slot 'x' is not a slot" 01:00.0 --xml "$work/g.xml" --slot x
ok 'one slot for two cards' refuses 2 'is for one card' 01:00.0 02:00.0 --xml "$work/g.xml" \
	--slot 07:00
ok 'a slot for a port' refuses 2 'is for PCI devices' /dev/ttyS1 --xml "$work/g.xml" --slot 07:00
ok 'a slot of no guest' refuses 2 'needs --guest or --xml' 01:00.0 --slot 07:00
ok 'two guests' refuses 2 'cannot be combined' 01:00.0 --xml "$work/g.xml" --guest g
ok 'XML that is not a guest' refuses 3 'not a libvirt <domain>' 01:00.0 --xml "$SRCDIR/xml-templates/pci.xml"
ok 'no file' refuses 3 'cannot open' 01:00.0 --xml "$work/none"

pin="<hd:device address='0000:01:00.0' vendor='0x1b36' device='0x0010'"
pin="$pin subsystem_vendor='0x1af4' subsystem_device='0x1100'"
pinned() {
	run 0 $(xml "$@" --pin) || return
	grep -qF "$pin" "$work/out" || { cat "$work/out"; return 1; }
	grep -qF "<hd:hostdevctl xmlns:hd='urn:hostdevctl:guest:1'>" "$work/out"
}
ok 'pinned' pinned 01:00.0
ok 'pinned, with a guest' pinned 01:00.0 --xml "$work/g.xml"
ok 'nothing to pin' refuses 2 '--pin is for PCI functions and SCSI devices' /dev/ttyS1 --pin
guest q35 "<metadata><a:x xmlns:a='urn:a'/><h:hostdevctl xmlns:h='urn:hostdevctl:guest:1'>\
<!-- kept --><h:companions move='no'/><h:device address='0000:01:00.0' serial='old'/>\
<h:allow check='reset-works' subject='0000:01:00.0'/></h:hostdevctl></metadata>"
sed -i 's/DEVICES//' "$work/guest.xml"
ok 'pinned in the place of an older one' pinned 01:00.0 --xml "$work/guest.xml"
ok 'the rest is kept' grep -q '<!-- kept -->' "$work/out"
ok 'allowances, too' grep -qF "<hd:allow check='reset-works' subject='0000:01:00.0'/>" "$work/out"
ok 'the old one is gone' sh -c "! grep -q old '$work/out'"

# The pins are what check compares with.
start() {
	{
		sed -n '/<domain/p; /<memory>/p; /<os>/s/<devices>//p' "$work/g.xml"
		sed '/<\/metadata>/s/$/<devices>/' "$work/out"
		echo '</devices></domain>'
	} > "$work/start.xml"
	"$tool" check --sysroot "$root" --xml "$work/start.xml" -v > "$work/check" 2>&1
	grep -qE "$1" "$work/check" || { cat "$work/start.xml" "$work/check"; return 1; }
}
run 0 $(xml 01:00.0 --xml "$work/g.xml" --pin)
ok 'check finds the device it is' start '^ok +device-identity'
sed -i "s/vendor='0x1b36'/vendor='0x1b37'/" "$work/out"
ok 'and notices another' start 'vendor reads 0x1b36, but the guest pins 0x1b37'
run 0 $(xml 01:00.0 --xml "$work/g.xml" --pin)
sed -i "s|path='[^']*'|path='pci0000:00/1c.0/00.0'|" "$work/out"
grep -q path= "$work/out" && ok 'and another slot' start 'the guest pins "pci0000:00/1c.0/00.0"'

if ! has_libvirt; then
	tap_end
	exit 0
fi
cat > "$work/node.xml" << END
<node>$(sed "s/type='qemu'/type='test'/" "$work/pc.xml")</node>
END
uri=test://$work/node.xml
ok 'a guest of libvirt' has "$(at 00 03 0)" 01:00.0 -c "$uri" --guest g
ok 'one that is not there' refuses 3 "'nope'" 01:00.0 -c "$uri" --guest nope
tap_end
