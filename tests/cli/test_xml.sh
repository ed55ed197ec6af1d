# SPDX-License-Identifier: GPL-2.0-or-later
# The elements that xml writes, against libvirt's schema, and what it refuses.
. "$SRCDIR/tests/support/clitap.sh" || exit 99
templates=$SRCDIR/xml-templates

# xml ARGUMENTS...: of the host in $root, with the templates of the source
xml() {
	echo "xml --templates $templates --sysroot $root $*"
}

# writes FILE-TEXT ARGUMENTS...: exactly this on standard output, and the same once more
writes() {
	local want=$1
	shift
	run 0 $(xml "$@") || return
	printf '%s\n' "$want" | diff - "$work/out" || return
	cp "$work/out" "$work/first"
	run 0 $(xml "$@") && cmp "$work/out" "$work/first"
}
refuses() {
	local status=$1 text=$2
	shift 2
	complains "$status" "$text" $(xml "$@") && ! [ -s "$work/out" ]
}
notes() {
	local text=$1
	shift
	complains 0 "$text" $(xml "$@")
}
fn() {
	printf "<hostdev mode='subsystem' type='pci' managed='no'>
  <source>
    <address domain='0x0000' bus='0x%s' slot='0x%s' function='0x%s'/>
  </source>
</hostdev>\n" "$1" "$2" "$3"
}

tree "$SRCDIR/tests/hosts/lab-debian13.tree"
ok 'a disk, as PCI' writes "$(fn 01 00 0)" 01:00.0
ok 'by its name' writes "$(fn 01 00 0)" /dev/nvme0n1
ok 'two, in their order, once each' writes "$(fn 02 00 0; fn 01 00 0)" 02:00.0 01:00.0 02:00.0
ok 'a card with its audio function' writes "$(fn 05 00 0; fn 05 00 1)" 05:00.0
ok 'one function of it' writes "$(fn 05 00 0)" 05:00.0 --as pci
ok 'a serial card' writes "$(fn 06 00 0)" 06:00.0
ok 'its port' writes "<serial type='dev'>
  <source path='/dev/ttyS1'/>
</serial>" /dev/ttyS1
ok 'its port, as PCI' writes "$(fn 06 00 0)" /dev/ttyS1 --as pci
ok 'a disk, as disk' writes "<disk type='nvme' device='disk'>
  <driver name='qemu' type='raw'/>
  <source type='pci' managed='no' namespace='1'>
    <address domain='0x0000' bus='0x01' slot='0x00' function='0x0'/>
  </source>
  <target dev='vda' bus='virtio'/>
</disk>" 01:00.0 --as disk
ok 'all options of a function' writes "<hostdev mode='subsystem' type='pci' managed='yes'>
  <driver model='vfio-pci'/>
  <source>
    <address domain='0x0000' bus='0x01' slot='0x00' function='0x0'/>
  </source>
  <boot order='2'/>
  <rom file='/srv/a&amp;b.rom'/>
</hostdev>" 01:00.0 --managed yes --driver-model vfio-pci --boot 2 --rom '/srv/a&b.rom'
ok 'the rest of the group is reported' notes \
	'note: 0000:09:02.0 (class 020000, 8139cp) is in IOMMU group 22 with 0000:09:01.0' 09:01.0
ok 'and not if it is given' sh -c "! '$tool' $(xml 09:01.0 09:02.0) 2>&1 > /dev/null | grep 'IOMMU group'"
ok 'IOMMUFD needs a version' notes '--iommufd needs libvirt 12.1' 01:00.0 --iommufd
config=$root/boot/config-$(cat "$root/proc/sys/kernel/osrelease")
mkdir -p "$root/boot"
echo '# CONFIG_IOMMUFD is not set' > "$config"
ok 'and a kernel' notes 'CONFIG_IOMMUFD is not set: the kernel has no /dev/iommu; a start here is refused' \
	01:00.0 --iommufd
ok 'if it is wanted' sh -c "! '$tool' $(xml 01:00.0) 2>&1 > /dev/null | grep IOMMUFD"
printf 'CONFIG_IOMMUFD=y\nCONFIG_VFIO_DEVICE_CDEV=y\n' > "$config"
touch "$root/dev/iommu"
ok 'which may have it' sh -c "! '$tool' $(xml 01:00.0 --iommufd) 2>&1 > /dev/null | grep IOMMUFD"

ok 'a bridge' refuses 1 'is a PCI bridge, a part of the machine' 00:05.0
ok 'the host bridge' refuses 1 'is a host bridge' 00:00.0
ok 'a function that is not there' refuses 3 'not have this PCI function' 99:00.0
ok 'a name of nothing' refuses 3 "'nope'" nope
ok 'a MAC address for a physical function' refuses 1 'is a physical function' \
	0a:00.0 --mac 52:54:00:00:00:01
ok 'an interface of a plain card' refuses 1 'not an SR-IOV virtual function' 04:00.0 --as interface
ok 'an interface of a disk' refuses 1 'not a network function' 01:00.0 --as interface
ok 'a disk of a card' refuses 1 'not an NVMe controller' 04:00.0 --as disk
ok 'a graphics card that is none' refuses 1 'not a graphics card' 04:00.0 --as gpu
ok 'a USB device that is none' refuses 1 'not a USB device' 04:00.0 --as usb
ok 'a port that is none' refuses 1 'not a serial port' 04:00.0 --as serial
ok 'a mediated device that is none' refuses 1 'not a mediated device' 04:00.0 --as mdev
for word in 'as x' 'managed x' 'rom x' 'rom /' 'boot 0' 'boot -1' 'boot 01' 'boot 1x' \
	'driver-model a/b' 'mac 01:00:00:00:00:01' 'mac 52:54:00:00:00' 'mac 00:00:00:00:00:00' \
	'mac 52-54-00-00-00-01' 'vlan 0' 'vlan 4095' 'teaming <' 'by x' 'startup-policy x' \
	'guest-reset x' 'display x' 'ramfb x' 'namespace 0' 'namespace 4294967295' 'target sda' \
	'target vd'; do
	ok "--$word" refuses 2 "--${word% *} '${word#* }': not " 01:00.0 --"${word% *}" "${word#* }"
done
ok 'a ROM for two' refuses 2 'is for one device, not for 2' 01:00.0 02:00.0 --rom off
ok 'a VLAN for a serial port' refuses 2 '--vlan is not for this kind' /dev/ttyS1 --vlan 2
ok 'a display without a vGPU' refuses 2 'are for vGPUs' 05:00.0 --display on

# template NAME TEXT: writes it to $work/t
template() {
	mkdir -p "$work/t" && printf '%s' "$2" > "$work/t/$1.xml"
}
templates=$work/t
template pci "<hostdev managed='{managed}' slot='{slot}'/>"
ok 'a template of one'\''s own' writes "<hostdev managed='no' slot='0x00'/>" 01:00.0
template pci '<!DOCTYPE x [
<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">
]><hostdev>&b;</hostdev>'
ok 'an entity bomb' refuses 3 "$work/t/pci.xml: line 1: <!DOCTYPE>: not allowed" 01:00.0
template pci "<hostdev>
<source address='{adress}'/></hostdev>"
ok 'a wrong name' refuses 3 "$work/t/pci.xml: line 2: <source>: unknown placeholder {adress}" 01:00.0
template pci "<hostdev>
<source>"
ok 'a broken one' refuses 3 "$work/t/pci.xml: line 2: not well-formed" 01:00.0
head -c 65537 /dev/zero | tr '\0' ' ' > "$work/t/pci.xml"
ok 'a huge one' refuses 3 "$work/t/pci.xml: line 1: has 65537 bytes" 01:00.0
head -c 65 /dev/zero > "$work/t/pci.xml"
ok 'one of zeroes' refuses 3 "$work/t/pci.xml: " 01:00.0
ln -sf /etc/passwd "$work/t/pci.xml"
ok 'a link' refuses 3 'it is a symbolic link' 01:00.0
rm "$work/t/pci.xml"
mkfifo "$work/t/pci.xml"
ok 'a pipe' refuses 3 "$work/t/pci.xml is not a regular file" 01:00.0
rm "$work/t/pci.xml"
mkdir "$work/t/pci.xml"
ok 'a directory' refuses 3 "$work/t/pci.xml is not a regular file" 01:00.0
rmdir "$work/t/pci.xml"
template serial "<disk/>"
ok 'one of another kind' refuses 3 'serial.xml: line 1: <disk>: the template must be a <serial>' \
	/dev/ttyS1
ok 'the second of two is broken: nothing is written' sh -c "
	cp '$SRCDIR/xml-templates/pci.xml' '$work/t'
	! '$tool' $(xml 01:00.0 /dev/ttyS1) > '$work/out' 2> '$work/err' && ! [ -s '$work/out' ]"

# Files of one element each, and pools.
templates=$SRCDIR/xml-templates
tree "$SRCDIR/tests/hosts/workstation.tree"
ok 'several elements are too many for virsh' notes \
	"note: 2 elements: 'virsh attach-device' takes one at a time; --split DIR" 01:00.0
ok 'one is not' sh -c "! '$tool' $(xml 04:00.0) 2>&1 > /dev/null | grep note"
ok 'each in a file of its own' run 0 $(xml --split "$work/split" 01:00.0 /dev/ttyUSB0)
ok 'their names' sh -c "printf '%s\n' '$work/split/1-0000:01:00.0.xml' '$work/split/2-0000:01:00.1.xml' \
	'$work/split/3--dev-ttyUSB0.xml' | diff - '$work/out'"
fn 01 00 1 > "$work/one.xml"
ok 'one of them' diff "$work/one.xml" "$work/split/2-0000:01:00.1.xml"
ok 'together they are the whole' bash -c "cat '$work'/split/* | diff - <('$tool' $(xml 01:00.0 /dev/ttyUSB0))"
touch "$work/split/2-0000:01:00.0.xml"
ok 'a file that exists is not changed' refuses 3 '2-0000:01:00.0.xml: File exists' \
	--split "$work/split" 04:00.0 01:00.0
ok 'and the others are taken back' test ! -e "$work/split/1-0000:04:00.0.xml"
ok 'a directory that cannot be' refuses 3 'cannot create /proc/nothing' --split /proc/nothing 01:00.0
pool="<network>
  <name>hostdev-enp3s0</name>
  <forward mode='hostdev' managed='yes'>
    <pf dev='enp3s0'/>
  </forward>
</network>
<interface type='network'>
  <source network='hostdev-enp3s0'/>
</interface>"
ok 'a pool' writes "$pool" --pool enp3s0
ok 'by its address' writes "$pool" --pool 03:00.0
ok 'what it is not' notes 'so that it is not checked' --pool 03:00.0
ok 'as two files' prints 0 '/2-interface.xml' $(xml --pool --split "$work/pool" 03:00.0)
if has_libvirt && command -v virsh > /dev/null; then
	ok 'libvirt takes the network' virsh -c test:///default net-define "$work/pool/1-network.xml"
fi
ok 'not of a virtual function' refuses 1 'name its parent, 0000:03:00.0' --pool 03:10.0
ok 'not of a function without SR-IOV' refuses 1 'has no SR-IOV' --pool 01:00.0
ok 'not of a USB device' refuses 1 'is not a PCI function' --pool usb:1-6
ok 'with no other option' refuses 2 '--pool takes one physical function' --pool --mac \
	52:54:00:12:34:56 03:00.0
ok 'and for one' refuses 2 '--pool takes one physical function' --pool 03:00.0 01:00.0
echo 0 > "$root/sys/bus/pci/devices/0000:03:00.0/sriov_numvfs"
ok 'without functions, how they are made' notes "'hostdevctl setup vfs enp3s0 N --apply'" --pool enp3s0
tap_end
