# SPDX-License-Identifier: GPL-2.0-or-later
# What the administrator accepts: --allow, metadata, --i-know-this-destroys-data.
. "$SRCDIR/tests/support/clitap.sh" || exit 99
bus_host

# A disk behind $DISK that is mounted, as far as tables tell.
below=$(readlink -f "$root/sys/bus/pci/devices/$DISK")
mkdir -p "$below/ata1/block/sda" "$root/sys/block" "$root/proc/self"
echo 8:0 > "$below/ata1/block/sda/dev"
ln -s "..${below#"$root/sys"}/ata1/block/sda" "$root/sys/block/sda"
echo '30 1 8:0 / /srv rw - ext4 /dev/sda rw' > "$root/proc/self/mountinfo"

ok 'a mounted disk is refused' prints 1 'ERROR    storage-free' check --sysroot "$root" $DISK
ok 'and the option that would take it is shown' \
	grep -q "allow it with: detach --i-know-this-destroys-data $DISK" "$work/out"
ok '--allow is not enough, and says so' prints 1 'so it cannot be allowed)' \
	check --allow storage-free=$DISK --sysroot "$root" $DISK
ok 'nor for a plan' prints 1 'ERROR    storage-free' \
	plan --allow storage-free=$DISK --sysroot "$root" $DISK
ok 'nor for detach' fake prints 1 'ERROR    storage-free' \
	detach --allow storage-free=$DISK --sysroot "$root" $DISK
ok 'and nothing is touched' driver $DISK nvme
ok 'a sacrifice is' fake prints 0 'nvme -> vfio-pci (requested): done' \
	detach --i-know-this-destroys-data $DISK --sysroot "$root" $DISK
ok 'that says who allowed it' grep -q '(allowed by --i-know-this-destroys-data)' "$work/out"
ok 'and has it on vfio-pci' driver $DISK vfio-pci
ok 'and it goes back' fake run 0 reattach --sysroot "$root" $DISK

# A way out through $NIC: a use that loses no data.
card=$(readlink -f "$root/sys/bus/pci/devices/$NIC")
ln -sfn ../../../../bus/pci/drivers/e1000e "$card/driver"
rm -r "$card/vfio-dev"
mkdir -p "$root/proc/net" "$card/net/eth0" "$root/sys/class/net/eth0"
echo 0x1003 | tee "$card/net/eth0/flags" > "$root/sys/class/net/eth0/flags"
tr ' ' '\t' > "$root/proc/net/route" <<-ROUTE
	Iface Destination Gateway Flags RefCnt Use Metric Mask MTU Window IRTT
	eth0 00000000 010200C0 0003 0 0 0 00000000 0 0 0
ROUTE
: > "$root/proc/net/ipv6_route"
ok 'a default route is refused' prints 1 'ERROR    network-free' check --sysroot "$root" $NIC
ok 'and the option that would allow it is shown' grep -q "allow it with: --allow network-free=$NIC" "$work/out"
ok 'in JSON, too' run 1 check --json --sysroot "$root" $NIC
ok 'its form' json '.findings[] | select(.id == "network-free") | .allowed_by == null and
	.allow_with == "--allow network-free=0000:03:00.0"'
ok 'allowed, it is a warning' prints 0 'WARNING  network-free' \
	check --allow network-free=$NIC --sysroot "$root" $NIC
ok 'that says who allowed it' grep -q '(allowed by --allow)' "$work/out"
ok 'the subject may have another form' prints 0 'WARNING  network-free' \
	check --allow=network-free=pci_0000_03_00_0 --sysroot "$root" $NIC
ok 'JSON of it' run 0 check --json --allow network-free=$NIC --sysroot "$root" $NIC
ok 'says who, too' json '.ready and (.findings[] | select(.id == "network-free") |
	.allowed_by == "command-line" and .severity == "warning" and .verdict == "fail")'
ok 'it goes for its subject alone' prints 1 'ERROR    network-free' \
	check --allow network-free=$GPU --sysroot "$root" $NIC
ok 'a plan takes it' prints 0 '-> vfio-pci' \
	plan --allow network-free=$NIC --sysroot "$root" $NIC
ok 'a sacrifice allows no more than its data' fake prints 1 'ERROR    network-free' \
	detach --i-know-this-destroys-data $NIC --sysroot "$root" $NIC

ok 'a typo is wrong use, and the nearest check is suggested' complains 2 'did you mean '"'"'storage-free'"'"'?' \
	check --allow storge-free=$DISK --sysroot "$root" $DISK
ok 'no subject is wrong use' complains 2 'must be CHECK=SUBJECT' \
	check --allow storage-free --sysroot "$root" $DISK
ok 'an empty one, too' complains 2 'must be CHECK=SUBJECT' \
	check --allow storage-free= --sysroot "$root" $DISK
ok 'some cannot be allowed' complains 2 'iommu-enabled cannot be allowed' \
	check --allow iommu-enabled=host --sysroot "$root" $DISK
ok 'a sacrifice is for detach alone' complains 2 'unknown or ambiguous option' \
	check --i-know-this-destroys-data $DISK --sysroot "$root" $DISK
ok 'a sacrifice is written in full' complains 2 'must be written in full' \
	detach --i-know $DISK --sysroot "$root" $DISK
ok 'a sacrifice is one of the devices' complains 2 'not one of the devices to detach' \
	detach --i-know-this-destroys-data $GPU --sysroot "$root" $DISK
ok 'a sacrifice is a device' complains 2 "'all' is not a device" \
	detach --i-know-this-destroys-data all --sysroot "$root" $DISK

# guest POLICY...: $work/guest.xml, which asks for $DISK
guest() {
	cat > "$work/guest.xml" <<-XML
	<domain type='kvm'>
	  <name>win11</name>
	  <uuid>c7a5fdbd-edaf-9455-926a-d65c16db1809</uuid>
	  <metadata><hd:hostdevctl xmlns:hd='urn:hostdevctl:guest:1'>$*</hd:hostdevctl></metadata>
	  <os><type machine='q35'>hvm</type></os>
	  <devices>
	    <hostdev mode='subsystem' type='pci' managed='no'>
	      <source><address domain='0x0000' bus='0x01' slot='0x00' function='0x0'/></source>
	    </hostdev>
	  </devices>
	</domain>
	XML
}
allow="<hd:allow check='storage-free' subject='$DISK'/>"
guest "$allow"
ok 'metadata allows no disk in use' prints 1 'so it cannot be allowed)' \
	check --sysroot "$root" --xml "$work/guest.xml"
rm "$root/proc/self/mountinfo"
echo '/dev/sda /srv ext4 defaults 0 2' > "$root/etc/fstab"
guest
ok 'sleeping data is a warning' prints 0 'WARNING  storage-free' \
	check --sysroot "$root" --xml "$work/guest.xml"
ok 'which --allow makes a note of' prints 0 'note     storage-free' \
	check --allow storage-free=$DISK --sysroot "$root" --xml "$work/guest.xml"
guest "$allow"
ok 'metadata does, too' prints 0 "allowed by the guest's metadata" \
	check --sysroot "$root" --xml "$work/guest.xml"
ok 'JSON of that' run 0 check --json --sysroot "$root" --xml "$work/guest.xml"
ok 'says so' json '.findings[] | select(.id == "storage-free") | .allowed_by == "metadata" and
	.severity == "note"'
guest "<hd:allow check='storage-free' subject='$DISK'/><hd:allow check='storage-free' subject='$GPU'/>"
ok 'an allowance that matches nothing is reported' prints 0 'no requested device has this name' \
	check --sysroot "$root" --xml "$work/guest.xml"
guest "<hd:allow check='storage-fere' subject='$DISK'/>"
ok 'an unknown check is an error' prints 1 'did you mean storage-free?' \
	check --sysroot "$root" --xml "$work/guest.xml"
tap_end
