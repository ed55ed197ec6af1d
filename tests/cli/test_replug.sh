# SPDX-License-Identifier: GPL-2.0-or-later
# replug: which running guest gets a USB device that came, and what it says if none does.
# (What libvirt takes needs real devices.)
. "$SRCDIR/tests/support/clitap.sh" || exit 99
tree good $DISK=0x010802,12,nvme

xhci=sys/devices/pci0000:00/0000:00:14.0/usb1
# plug PORT NUMBER VENDOR:PRODUCT; unplug PORT
plug() {
	local dir=$root/$xhci/$1
	mkdir -p "$dir" "$root/sys/bus/usb/devices" "$root/dev/bus/usb/001" "$dir/$1:1.0/driver"
	echo "${3%:*}" > "$dir/idVendor"
	echo "${3#*:}" > "$dir/idProduct"
	echo 1 > "$dir/busnum"
	echo "$2" > "$dir/devnum"
	echo 00 > "$dir/bDeviceClass"
	echo ' 1' > "$dir/bNumInterfaces"
	: > "$root/dev/bus/usb/001/$(printf %03d "$2")"
	ln -sfn "../../../devices/pci0000:00/0000:00:14.0/usb1/$1" "$root/sys/bus/usb/devices/$1"
}
unplug() {
	rm -rf "$root/sys/bus/usb/devices/$1" "${root:?}/$xhci/$1"
}

# guest NAME DIGIT POLICY DEVICES: one that runs
guest() {
	mkdir -p "$root/run/libvirt/qemu"
	cat > "$root/run/libvirt/qemu/$1.xml" <<-END
	<domstatus state='running' reason='booted' pid='9'><domain type='kvm'><name>$1</name>
	<uuid>6a2e4a50-2f5d-4c11-9b0c-0d2f3c1a7e5$2</uuid><metadata><hd:hostdevctl
	xmlns:hd='urn:hostdevctl:guest:1'>$3</hd:hostdevctl></metadata><memory>65536</memory>
	<os><type>hvm</type></os><devices>$4</devices></domain></domstatus>
	END
}
hostdev() {
	echo "<hostdev mode='subsystem' type='usb'><source$2><vendor id='0x046d'/><product
	id='0xc52b'/>$1</source></hostdev>"
}
ids="<hd:usb replug='yes' vendor='0x046d' product='0xc52b'/>"
replug() {
	local wanted=$1 text=$2
	shift 2
	prints "$wanted" "$text" replug --sysroot "$root" "$@" -n
}

plug 1-2 5 046d:c52b
ok 'no GUEST' complains 2 'missing GUEST' replug --sysroot "$root"
ok 'which libvirt?' complains 2 "name the guest's libvirt" replug --sysroot "$root" g
ok 'an unknown event' complains 2 'bind or remove' replug --sysroot "$root" --event add 1-2 -n
ok 'two things at once' complains 2 'cannot be combined' replug --sysroot "$root" --enable --disable g
ok 'a device for nothing' complains 2 'needs --enable' replug --sysroot "$root" g usb:1-2
ok 'a port that is none' complains 2 'not the port' replug --sysroot "$root" --event bind usb1 -n
ok 'a path' complains 2 'not the port' replug --sysroot "$root" --event bind ../1-2 -n
ok 'no guest runs' replug 0 'nothing to do' --event bind 1-2
ok 'no such guest' complains 1 "no running guest 'a'" replug --sysroot "$root" a -n
guest a a '' ''
ok 'a guest without a policy' replug 0 'nothing to do' --event bind 1-2
ok 'is not one by hand' complains 1 "no running guest 'a'" replug --sysroot "$root" a -n
guest a a "$ids" ''
ok 'it wants the device' replug 0 "guest 'a': usb:1-2 (046d:c52b) would be added" --event bind 1-2
ok 'by its other name' replug 0 'would be added' --event bind usb:1-2
ok 'as the unit names it' replug 0 'would be added' --event bind 1-2:4711
ok 'by hand' replug 0 'would be added' a
ok 'by its UUID' replug 0 'would be added' 6A2E4A50-2F5D-4C11-9B0C-0D2F3C1A7E5A
ok 'of another port it is not' replug 0 'nothing to do' --event bind 1-3
ok 'as JSON' run 0 replug --sysroot "$root" --event bind 1-2 -n --json
ok 'which is one object' json 'any(.notes[]; test("would be added"))'
ok 'nothing is written' test ! -e "$root/run/hostdevctl"
guest a a "$ids" "$(hostdev "<address bus='1' device='4'/>")"
ok 'it has it under another number' replug 0 'usb:1.4, which the host does not have any more, would be removed' \
	--event bind 1-2
ok 'and gets it' grep -q 'usb:1-2 (046d:c52b) would be added' "$work/out"
guest a a "$ids" "$(hostdev "<address bus='1' device='5'/>")"
ok 'it never went' replug 0 'nothing to do' --event bind 1-2
guest a a "$ids" "$(hostdev '' " startupPolicy='optional' missing='yes'")"
ok 'the guest started without it' replug 0 'would be added' --event bind 1-2

guest a a "$ids" ''
guest b b "<hd:usb replug='yes' port='1-2'/>" ''
ok 'two want it' replug 1 "the running guests 'a' and 'b' both want it" --event bind 1-2
ok 'what to do' grep -qF 'or stop it; then `hostdevctl replug` of the other' "$work/out"
ok 'said once' sh -c "[ \$(grep -c 'both want' '$work/out') = 1 ]"
ok 'the other by hand' replug 1 "guest 'b': usb:1-2 (046d:c52b) is refused" b
guest b b '' "$(hostdev "<address bus='1' device='5'/>")"
ok 'another guest has it' replug 1 'is refused: usb-free' --event bind 1-2
rm "$root/run/libvirt/qemu/b.xml"
guest c c "<hd:usb replug='si'/>" ''
ok 'what another wants is unknown' replug 1 'c.xml' --event bind 1-2
rm "$root/run/libvirt/qemu/c.xml"

# A disk in use: what the kernel says of a mount.
disk=$root/$xhci/1-2/1-2:1.0/host6/target6:0:0/6:0:0:0/block/sdb
mkdir -p "$disk" "$root/sys/class/block" "$root/proc/self"
echo 8:16 > "$disk/dev"
ln -s ../../../../../../../../../../../class/block "$disk/subsystem"
ln -s "../../${disk#"$root"/sys/}" "$root/sys/class/block/sdb"
for file in "$root/proc/self/mountinfo" "$root/proc/1/mountinfo"; do
	mkdir -p "$(dirname "$file")"
	echo '36 1 8:16 / /mnt rw shared:1 - vfat /dev/sdb rw' >> "$file"
done
ok 'a stick that is mounted' replug 1 'is refused: usb-free' --event bind 1-2
ok 'where' grep -q /mnt "$work/out"
ok 'what to do' grep -qF 'remedy: `umount /mnt`; then `hostdevctl replug a`' "$work/out"
ok 'as JSON' run 1 replug --sysroot "$root" a -n --json
ok 'which is not ready' json '.ready == false and .changed == false'
guest a a "$ids" "$(hostdev "<address bus='1' device='4'/>")"
ok 'what is dead goes, the stick stays' run 1 replug --sysroot "$root" a -n --json
ok 'which is a part' json '.ready == false and .changed and (.notes | length == 2)'
guest a a "$ids" ''

ok 'show says who wants it' prints 0 "note: the running guest 'a' gets it when it is plugged in: it wants ids" \
	show --sysroot "$root" usb:1-2
ok 'no record, no row' prints 0 'holds no device' status --sysroot "$root"
mkdir -m 700 -p "$root/run/hostdevctl"
echo 'replug1 5 1700000000 2 a refused:%20why' > "$root/run/hostdevctl/replug-1-2"
ok 'status says what happened' prints 0 'plugged: refused: why' status --sysroot "$root"
ok 'to which device' grep -q '^usb:1-2 .*guest a' "$work/out"
ok 'but nothing is held' run 0 status --sysroot "$root" --idle
rm -r "$root/run/hostdevctl"

# With a libvirt that takes everything: what an event could not do, and what a look by hand then does.
fake() {
	local wanted=$1 text=$2
	shift 2
	LD_LIBRARY_PATH=$work/module:$BUILDDIR/.libs HD_FAKE_STATUS=$root/run/libvirt/qemu/a.xml \
		prints "$wanted" "$text" replug --templates "$SRCDIR/xml-templates" --sysroot "$root" -c fake: "$@"
}
status() {
	prints 0 "$1" status --sysroot "$root"
}
if has_libvirt && [ -e "$BUILDDIR/.libs/libfakelibvirt.so" ]; then
	mkdir -p "$work/module"
	cp "$BUILDDIR/.libs/libfakelibvirt.so" "$work/module/hostdevctl-libvirt.so"
	ok 'an event' fake 1 'is refused: usb-free' --event bind 1-2
	ok 'status has the refusal' status 'is refused: usb-free'
	ok 'and the remedy' grep -qF 'remedy: `umount /mnt`; then `hostdevctl replug a`' "$work/out"
	ok 'by hand it is the same' fake 1 'is refused: usb-free' a
	sed -i.mounted '/sdb/d' "$root/proc/self/mountinfo" "$root/proc/1/mountinfo"
	ok 'after the remedy it is not' fake 0 'is added' a
	ok 'and status says so' status 'plugged: usb:1-2 (046d:c52b) is added'
	ok 'not what was' sh -c "! grep -q refused '$work/out'"
	for file in "$root/proc/self/mountinfo" "$root/proc/1/mountinfo"; do mv "$file.mounted" "$file"; done
	rm -r "$root/run/hostdevctl"
else
	skip 'an event' 'there is no libfakelibvirt.so'
fi

unplug 1-2
guest a a "$ids" "$(hostdev "<address bus='1' device='5'/>")"
ok 'it is gone' replug 0 'usb:1.5, which the host does not have any more, would be removed' --event remove 1-2
ok 'from another bus' replug 0 'nothing to do' --event remove 2-2

# What writes the policy: as the device is named.
rm -r "$root/run/libvirt" "$root/sys/class/block"
sed -i '/sdb/d' "$root/proc/self/mountinfo" "$root/proc/1/mountinfo"
plug 1-2 5 046d:c52b
echo A1 > "$root/$xhci/1-2/serial"
xml() {
	run 0 xml --templates "$SRCDIR/xml-templates" --sysroot "$root" --replug "${@:2}" || return
	grep -qF "<hd:usb replug='yes' $1/>" "$work/out" || { cat "$work/out"; return 1; }
}
ok 'by port' xml "port='1-2'" usb:1-2
ok 'by ids' xml "vendor='0x046d' product='0xc52b'" usb:046d:c52b
ok 'by serial number' xml "vendor='0x046d' product='0xc52b' serial='A1'" usb:046d:c52b:A1
ok 'by address: its number changes' xml "vendor='0x046d' product='0xc52b' serial='A1'" usb:1.5
ok 'as --by says' xml "vendor='0x046d' product='0xc52b'" usb:1-2 --by id
ok 'twice the same' xml "port='1-2'" usb:1-2 usb:1-2
ok 'is there once' sh -c "[ \$(grep -c hd:usb '$work/out') = 1 ]"
plug 1-3 6 0403:6001
ok 'no USB device' complains 2 '--replug is for USB devices' xml \
	--templates "$SRCDIR/xml-templates" --sysroot "$root" --replug "$DISK"

export XDG_CACHE_HOME=$work/cache
uri="qemu:///embed?root=$work/root"
attach() {
	echo "attach --templates $SRCDIR/xml-templates --sysroot $root -c $uri g $*"
}
shows() {
	virsh -c "$uri" dumpxml --inactive g > "$work/now"
	grep -qF -- "$1" "$work/now" || { cat "$work/now"; return 1; }
}
if has_libvirt && command -v virsh > /dev/null && virsh -c "$uri" version > "$work/out" 2>&1; then
	cat > "$work/g.xml" <<-END
	<domain type='qemu'><name>g</name><uuid>c7a5fdbd-edaf-9455-926a-d65c16db1809</uuid><memory>65536</memory>
	<os><type arch='x86_64' machine='q35'>hvm</type></os><devices>
	<memballoon model='none'/></devices></domain>
	END
	virsh -c "$uri" define "$work/g.xml" > "$work/out" 2>&1 || cat "$work/out"
	ok 'attach writes it, too' run 0 $(attach usb:1-2 --replug)
	ok 'the metadata have it' shows '<hd:usb replug="yes" port="1-2"/>'
	ok 'the definition has the device' shows "<product id='0xc52b'/>"
	ok 'not for others' complains 2 '--replug is for USB devices' $(attach $DISK --replug)
	set_to() {
		prints 0 "$1" replug --sysroot "$root" -c "$uri" g "${@:2}"
	}
	plug 1-4 7 1d6b:0002
	echo 09 > "$root/$xhci/1-4/bDeviceClass"
	ok 'enabled already' set_to 'nothing to change' --enable usb:1-2
	ok 'a port without a device' set_to 'gets what is plugged in (port 1-9)' --enable usb:1-9
	ok 'is in the metadata' shows '<hd:usb replug="yes" port="1-9"/>'
	ok 'what is behind a hub' set_to 'the hub at port 1-4' --enable usb:1-4
	ok 'and what the guest may start without' set_to 'an element of its own' --enable
	ok 'both are there' shows '<hd:usb replug="yes" hub="1-4"/>'
	ok 'the general one' shows '<hd:usb replug="yes"/>'
	ok 'only shown' set_to 'would no longer get' -n --disable usb:1-9
	ok 'is nothing done' shows '<hd:usb replug="yes" port="1-9"/>'
	ok 'an entry goes' set_to 'no longer gets what is plugged in (port 1-9)' --disable usb:1-9
	ok 'and is gone' sh -c "! virsh -c '$uri' dumpxml --inactive g | grep -q 1-9"
	ok 'what another entry means' set_to 'no longer' --disable usb:1-4.1
	ok 'is kept away' shows '<hd:usb replug="no" port="1-4.1"/>'
	ok 'and comes again' set_to 'port 1-4.1' --enable usb:1-4.1
	ok 'by one entry' sh -c "[ \$(virsh -c '$uri' dumpxml --inactive g | grep -c 1-4.1) = 1 ]"
	ok 'nothing comes back' set_to 'gets no USB device' --disable
	ok 'twice' set_to 'nothing to change' --disable
	ok 'nor one device' set_to 'nothing to change' --disable usb:1-2
	ok 'not a USB device' complains 2 'is not a USB device' replug --sysroot "$root" -c "$uri" g --enable $DISK
	virsh -c "$uri" undefine g > /dev/null 2>&1
else
	skip 'attach writes it, too' 'there is no virsh, no QEMU or no driver for it'
fi
tap_end
