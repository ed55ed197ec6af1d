# SPDX-License-Identifier: GPL-2.0-or-later
# setup vfs, hugepages, bind and mdev on captured hosts: shown, applied, taken back.
. "$SRCDIR/tests/support/clitap.sh" || exit 99

# holds FILE TEXT: FILE of $root is TEXT
holds() {
	local got
	got=$(cat "$root/$1") && [ "$got" = "$2" ] || { echo "$1: '$got', not '$2'"; return 1; }
}

tree "$SRCDIR/tests/hosts/lab-debian13.tree"
IGB=0000:0a:00.0 NVME_PF=0000:03:00.0 NVME_A=0000:01:00.0 GPU=0000:05:00.0
numvfs=sys/bus/pci/devices/$IGB/sriov_numvfs
rule=etc/udev/rules.d/70-hostdevctl-vfs-$IGB.rules

# Virtual functions.
ok 'is shown' prints 0 "$rule" setup vfs --sysroot "$root" $IGB 4
cp "$work/out" "$work/first"
ok 'as a rule for address and ids' grep -q \
	'KERNEL=="0000:0a:00.0", ATTR{vendor}=="0x8086", ATTR{device}=="0x10c9".*sriov_numvfs}="4"' \
	"$work/out"
ok 'and the value' grep -qF "/$numvfs" "$work/out"
ok 'a second time' run 0 setup vfs --sysroot "$root" $IGB 4
ok 'with the same bytes' cmp "$work/first" "$work/out"
ok 'and changes nothing' holds "$numvfs" 0
ok 'nor makes a file' test ! -e "$root/$rule"
ok 'applied' run 0 setup vfs --apply --sysroot "$root" $IGB 4
ok 'the value is set' holds "$numvfs" 4
ok 'the rule is there' grep -q 'sriov_numvfs}="4"' "$root/$rule"
ok 'a second time nothing is to do' prints 0 'nothing to do' \
	setup vfs --apply --sysroot "$root" $IGB 4
ok 'another number goes by none' prints 0 '' setup vfs --apply --no-probe --sysroot "$root" $IGB 2
ok 'and is set' holds "$numvfs" 2
ok 'with the drivers left out' holds "sys/bus/pci/devices/$IGB/sriov_drivers_autoprobe" 0
ok 'at boot, too' grep -q 'sriov_drivers_autoprobe}="0"' "$root/$rule"
ok 'none' run 0 setup vfs --apply --sysroot "$root" $IGB 0
ok 'are none' holds "$numvfs" 0
ok 'without a rule' test ! -e "$root/$rule"
ok 'all is taken back' run 0 setup --revert --sysroot "$root"
ok 'to the first value' holds "$numvfs" 0
ok 'the drivers, too' holds "sys/bus/pci/devices/$IGB/sriov_drivers_autoprobe" 1
ok 'for the next boot alone' run 0 setup vfs --at-boot --apply --sysroot "$root" $IGB 3
ok 'there is a rule' test -e "$root/$rule"
ok 'and no function yet' holds "$numvfs" 0
ok 'taken back' run 0 setup --revert --sysroot "$root"
ok 'NVMe is explained' prints 0 'nvme virt-mgmt' setup vfs --sysroot "$root" $NVME_PF 2

ok 'too many' complains 1 'can have 7 virtual functions, not 8' setup vfs --sysroot "$root" $IGB 8
ok 'not a number' complains 2 "'many' is not a number" setup vfs --sysroot "$root" $IGB many
ok 'a negative one' complains 2 'is not a number' setup vfs --sysroot "$root" -- $IGB -1
ok 'no SR-IOV' complains 1 'has no SR-IOV' setup vfs --sysroot "$root" $NVME_A 1
ok 'no such function' complains 3 'the host has no PCI function 0000:1f:00.0' \
	setup vfs --sysroot "$root" 0000:1f:00.0 1
ok 'no number at all' complains 2 'setup vfs takes' setup vfs --sysroot "$root" $IGB
ok 'an unknown subject, nearly right' complains 2 "unknown subject 'vf'; did you mean 'vfs'?" setup vf --sysroot "$root" $IGB 1

# Virtual functions that a guest has.
pci=$(readlink -f "$root/sys/bus/pci/devices/$IGB")
mkdir -p "$pci/../0000:0a:10.0" "$root/run/libvirt/qemu"
ln -s ../0000:0a:10.0 "$pci/virtfn0"
ln -s "../$IGB" "$pci/../0000:0a:10.0/physfn"
ln -s "$(readlink "$root/sys/bus/pci/devices/$IGB" | sed 's|[^/]*$|0000:0a:10.0|')" \
	"$root/sys/bus/pci/devices/0000:0a:10.0"
for file in vendor device class config; do
	cp "$pci/$file" "$pci/../0000:0a:10.0/$file"
done
echo 1 > "$root/$numvfs"
cat > "$root/run/libvirt/qemu/g1.xml" <<-XML
	<domstatus state='running'><domain type='kvm'><name>g1</name>
	<uuid>11111111-1111-4111-8111-111111111111</uuid><devices>
	<hostdev mode='subsystem' type='pci' managed='no'><source>
	<address domain='0' bus='0x0a' slot='0x10' function='0'/></source></hostdev>
	</devices></domain></domstatus>
XML
ok 'a running guest keeps them' complains 1 'running guest "g1" has 0000:0a:10.0' \
	setup vfs --apply --sysroot "$root" $IGB 2
ok 'as they are' holds "$numvfs" 1
ok 'also from none' complains 1 'the virtual functions of 0000:0a:00.0 must stay' \
	setup vfs --apply --sysroot "$root" $IGB 0
ok 'but not at boot' run 0 setup vfs --at-boot --sysroot "$root" $IGB 2
ok 'a virtual function has none' complains 1 'is a virtual function itself: name its parent, 0000:0a:00.0' \
	setup vfs --sysroot "$root" 0000:0a:10.0 1
mv "$root/run/libvirt/qemu/g1.xml" "$work/g1.xml"
echo 0 > "$root/$numvfs"
ok 'made' run 0 setup vfs --apply --sysroot "$root" $IGB 1
mv "$work/g1.xml" "$root/run/libvirt/qemu/g1.xml"
ok 'what a guest has since is not taken back' complains 1 'must stay' setup --revert --sysroot "$root"
ok 'nor shown as if it were' complains 1 'must stay' setup --revert --dry-run --sysroot "$root"
ok 'nor its rule' test -e "$root/$rule"
rm "$root/run/libvirt/qemu/g1.xml"
ok 'without the guest it is' run 0 setup --revert --sysroot "$root"
ok 'all' holds "$numvfs" 0

# Binding at boot.
ok 'a device at boot' prints 0 "70-hostdevctl-bind-$NVME_A.rules" \
	setup bind --sysroot "$root" $NVME_A
ok 'by address and ids' grep -qF \
	'KERNEL=="0000:01:00.0", ATTR{vendor}=="0x1b36", ATTR{device}=="0x0010"' "$work/out"
ok 'it stays until then' grep -qF "$NVME_A stays on nvme until the next boot" "$work/out"
ok 'applied' run 0 setup bind --apply --sysroot "$root" $NVME_A
ok 'again there is nothing to do' prints 0 'nothing to do' setup bind --sysroot "$root" $NVME_A
ok 'taken back' run 0 setup --revert --sysroot "$root"
ok 'the rule is gone' test ! -e "$root/etc/udev/rules.d/70-hostdevctl-bind-$NVME_A.rules"
ok 'two' run 0 setup bind --apply --sysroot "$root" $NVME_A $GPU
ok 'one of them no more' prints 0 "70-hostdevctl-bind-$GPU.rules" \
	setup unbind --apply --sysroot "$root" $GPU
ok 'its rule is gone' test ! -e "$root/etc/udev/rules.d/70-hostdevctl-bind-$GPU.rules"
ok 'the other stays' test -e "$root/etc/udev/rules.d/70-hostdevctl-bind-$NVME_A.rules"
ok 'twice' complains 1 'does not bind it at boot' setup unbind --sysroot "$root" $GPU
ok 'both back' run 0 setup --revert --sysroot "$root"
ok 'and gone' test ! -e "$root/etc/udev/rules.d/70-hostdevctl-bind-$GPU.rules"
ok 'with the other' test ! -e "$root/etc/udev/rules.d/70-hostdevctl-bind-$NVME_A.rules"
ok 'no such device' complains 1 'nothing was changed' setup bind --sysroot "$root" 0000:1f:00.0
ok 'a graphics card' run 0 setup bind --sysroot "$root" $GPU
ok 'its companion is reported' grep -q '0000:05:00.1 of the same IOMMU group stays' "$work/out"
echo 1 > "$root/sys/bus/pci/devices/$GPU/boot_vga"
ok 'the boot display' complains 1 'boot_vga reads 1' setup bind --sysroot "$root" $GPU
ok 'unless it is allowed' run 0 setup bind --allow display-free=$GPU --sysroot "$root" $GPU
ok 'nothing' complains 2 'setup bind takes' setup bind --sysroot "$root"

# Huge pages.
tree "$SRCDIR/tests/hosts/intel-server.tree"
pool=sys/devices/system/node/node1/hugepages/hugepages-2048kB/nr_hugepages
conf=etc/tmpfiles.d/hostdevctl-hugepages-2048kB.conf
ok 'a size that is there is for the next boot' prints 0 "w! /${pool/node1/node0} - - - - 8192" \
	setup hugepages --sysroot "$root" 2M
ok 'alone' grep -qF '@@ -0,0 +1,3 @@' "$work/out"
ok 'more of it' run 0 setup hugepages --apply --sysroot "$root" --node 1 17G
ok 'is made on its node' holds "$pool" 8704
ok 'and not on the other' holds "${pool/node1/node0}" 8192
ok 'at boot, too' grep -qF "w! /$pool - - - - 8704" "$root/$conf"
ok 'again there is nothing to do' prints 0 'nothing to do' \
	setup hugepages --sysroot "$root" --node 1 17G
ok 'less changes nothing' prints 0 'nothing to do' setup hugepages --sysroot "$root" --node 1 16G
ok 'taken back' run 0 setup --revert --sysroot "$root"
ok 'there are as many as before' holds "$pool" 8192
ok 'without a file' test ! -e "$root/$conf"
ok 'more than there is' complains 1 'of memory, and' setup hugepages --sysroot "$root" 63G
ok 'no such node' complains 1 'no NUMA node 7' setup hugepages --sysroot "$root" --node 7 20G
ok 'no such page' complains 1 'no huge pages of 4096 KiB' \
	setup hugepages --sysroot "$root" --page-size 4M 20G
ok 'no size of a page' complains 2 'must be a size' \
	setup hugepages --sysroot "$root" --page-size big 20G
ok 'an odd size' complains 2 'is not a multiple' setup hugepages --sysroot "$root" 20001k
ok 'nothing' complains 2 'takes guests' setup hugepages --sysroot "$root"
ok 'a guest by name' complains 2 'name a guest with --xml' setup hugepages --sysroot "$root" win11
cat > "$work/guest.xml" <<-XML
	<domain type='kvm'><name>big</name><memory unit='GiB'>40</memory>
	<memoryBacking><hugepages><page size='2' unit='M'/></hugepages></memoryBacking>
	</domain>
XML
ok 'a guest by its XML' run 0 setup hugepages --sysroot "$root" --xml "$work/guest.xml"
sed -i '/memoryBacking/d' "$work/guest.xml"
ok 'one that does not ask' prints 0 'does not use huge pages' \
	setup hugepages --sysroot "$root" --xml "$work/guest.xml"


# Pages of 1 GiB are the boot's, and those that others have there stay.
tree "$SRCDIR/tests/hosts/hugepages-one-node.tree"
entry=boot/loader/entries/abc-5.14.0-427.13.1.el9_4.x86_64.conf
mount=etc/systemd/system/dev-hugepages1G.mount
wants=etc/systemd/system/sysinit.target.d/hostdevctl-hugepages1G.conf
ok 'more than there is of 1 GiB' complains 1 'of memory, and' \
	setup hugepages --sysroot "$root" --page-size 1G --node 1 8G
sed -i 's/MemTotal: *65800000/MemTotal: 131600000/' "$root/proc/meminfo"
ok '1 GiB' run 0 setup hugepages --apply --sysroot "$root" --page-size 1G --node 1 8G
ok 'on its node' grep -q 'hugepagesz=1G hugepages=0:64,1:8$' "$root/$entry"
ok 'less changes nothing' prints 0 'the next boot already allocates them' \
	setup hugepages --apply --sysroot "$root" --page-size 1G --node 1 6G
ok 'on the other node it is' run 0 setup hugepages --apply --sysroot "$root" --page-size 1G --node 0 65G
ok 'that alone' grep -q 'hugepages=0:65,1:8$' "$root/$entry"
ok 'taken back' run 0 setup --revert --sysroot "$root"
ok 'to the parameters before' grep -q 'hugepages=0:64$' "$root/$entry"
ok 'the default size has its file system' test ! -e "$root/$mount"

# libvirt looks for a file system of each other size.
sed -i 's/Hugepagesize: .*/Hugepagesize: 2048 kB/' "$root/proc/meminfo"
ok 'another size' run 0 setup hugepages --apply --sysroot "$root" --page-size 1G --node 0 65G
ok 'is mounted' grep -qx 'Options=nosuid,nodev,pagesize=1G' "$root/$mount"
ok 'at boot' grep -qx 'Wants=dev-hugepages1G.mount' "$root/$wants"
ok 'taken back' run 0 setup --revert --sysroot "$root"
ok 'without units' test ! -e "$root/$mount" -a ! -e "$root/$wants"
for line in '40 22 0:50 / /x rw - hugetlbfs x rw,pagesize=1024M proc/self/mountinfo' \
	'x /x hugetlbfs pagesize=1G 0 0 etc/fstab'; do
	file=$root/${line##* }
	cp "$file" "$work/kept" 2> /dev/null || : > "$work/kept"
	printf '%s\n' "${line% *}" >> "$file"
	ok "not twice: ${line##* }" run 0 setup hugepages --sysroot "$root" --page-size 1G --node 0 65G
	ok 'no unit' test "$(grep -c dev-hugepages1G "$work/out")" = 0
	cp "$work/kept" "$file"
done

# Mediated devices.
tree "$SRCDIR/tests/hosts/workstation.tree"
GPU=0000:00:02.0 uuid=aaaaaaaa-1111-4222-8333-bbbbbbbbbbbb
ok 'no parent' complains 3 'has no mediated device types' setup mdev --sysroot "$root" 0000:00:1f.3 x
mkdir -p "$root/sys/class/mdev_bus"
ln -s "../../$(cd "$root/sys" && readlink -f bus/pci/devices/$GPU | sed "s|$root/sys/||")" \
	"$root/sys/class/mdev_bus/$GPU"
type=$(basename "$root/sys/class/mdev_bus/$GPU/mdev_supported_types/"*)
types=$root/sys/class/mdev_bus/$GPU/mdev_supported_types/$type
[ -e "$types/available_instances" ] || echo 1 > "$types/available_instances"
echo 1 > "$types/available_instances"
ok 'is shown' prints 0 "nodedev mdev-define $GPU $type $uuid" \
	setup mdev --sysroot "$root" $GPU $type $uuid
ok 'without a UUID, too' prints 0 "$type UUID" setup mdev --sysroot "$root" $GPU $type
ok 'a type that is none' complains 3 "has no mediated device type 'i915-x'" \
	setup mdev --sysroot "$root" $GPU i915-x
ok 'those that there are' grep -q "$type	1" "$work/err"
ok 'a bad UUID' complains 2 "'x' is not a UUID" setup mdev --sysroot "$root" $GPU $type x
echo 0 > "$types/available_instances"
ok 'none is left' complains 1 'cannot create another' setup mdev --sysroot "$root" $GPU $type $uuid
ok 'words are missing' complains 2 'takes PARENT TYPE UUID' nodedev mdev-define $GPU x y
if has_libvirt; then
	at='-c test:///default'
	ok 'a refusal of libvirt is reported' complains 3 "mdev $uuid: libvirt did not" \
		nodedev $at mdev-define $GPU $type $uuid
	ok 'also when it goes' complains 3 "mdev $uuid: libvirt did not" \
		nodedev $at mdev-undefine $uuid
	ok 'no daemon' complains 3 'cannot connect to libvirt' \
		nodedev -c "test://$work/none.xml" mdev-undefine $uuid
	ok 'no such guest' complains 3 "'nope' is neither" setup hugepages $at nope
fi
tap_end
