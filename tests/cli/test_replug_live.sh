# SPDX-License-Identifier: GPL-2.0-or-later
# replug of a guest that runs, of a daemon of our own: elements without a device go, and what libvirt
# refuses is said. (What it takes needs real devices.)
. "$SRCDIR/tests/support/daemontap.sh" || exit 99
tree good

# Ids that no device of this machine has.
cat > "$work/g.xml" << 'END'
<domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'><name>g</name>
<metadata><hd:hostdevctl xmlns:hd='urn:hostdevctl:guest:1'>
<hd:usb replug='yes' vendor='0xfffe' product='0xfffd'/></hd:hostdevctl></metadata>
<memory>65536</memory><os><type arch='x86_64' machine='q35'>hvm</type></os><devices>
<controller type='usb' model='qemu-xhci'/><memballoon model='none'/>
<hostdev mode='subsystem' type='usb'><source startupPolicy='optional'><vendor id='0xfffe'/>
<product id='0xfffd'/></source></hostdev></devices>
<qemu:capabilities><qemu:del capability='cpu-unavailable-features'/></qemu:capabilities></domain>
END
starts() {
	virsh -c "$uri" define "$work/g.xml" && virsh -c "$uri" start g
}
# A machine without USB cannot start a guest that has an element of it.
has_element=yes
if ! starts > "$work/out" 2>&1; then
	has_element=
	virsh -c "$uri" undefine g > /dev/null 2>&1
	sed -i '/^<hostdev/d; s/^<product.*<.hostdev>//' "$work/g.xml"
fi
if [ ! "$has_element" ] && ! starts > "$work/out" 2>&1; then
	echo "1..0 # SKIP no guest can be started: $(tr '\n' ' ' < "$work/out")"
	exit 0
fi

# as_file: what libvirt would write of the guest into its folder of the system
as_file() {
	mkdir -p "$root/run/libvirt/qemu"
	{ echo "<domstatus state='running' reason='booted' pid='9'>"
	  virsh -c "$uri" dumpxml g
	  echo '</domstatus>'; } > "$root/run/libvirt/qemu/g.xml"
}
lost() {
	virsh -c "$uri" dumpxml g > "$work/live"
	! grep -q "<hostdev" "$work/live" || { cat "$work/live"; return 1; }
}
# shown TEXT: in status
shown() {
	prints 0 "$1" status --sysroot "$root"
}
event() {
	local wanted=$1 text=$2
	shift 2
	prints "$wanted" "$text" replug --templates "$SRCDIR/xml-templates" --sysroot "$root" -c "$uri" \
		--event "$@"
}

as_file
if [ "$has_element" ]; then
	ok 'libvirt keeps the element of what was not there' grep -q "missing='yes'" "$root/run/libvirt/qemu/g.xml"
	ok 'which is removed' event 0 'is removed' remove 1-2
	ok 'from the running guest' lost
	ok 'its definition still has it' sh -c "virsh -c '$uri' dumpxml --inactive g | grep -q '<hostdev'"
	ok 'status says so' shown 'is removed'
else
	skip 'an element without a device' 'this machine has no USB'
fi
ok 'once more, with an old file' event 0 'nothing to do' remove 1-2
as_file
ok 'and with a new one' event 0 'nothing to do' remove 1-2

dir=$root/sys/devices/pci0000:00/0000:00:14.0/usb1/1-2
mkdir -p "$dir/1-2:1.0/driver" "$root/sys/bus/usb/devices" "$root/dev/bus/usb/001"
for file in idVendor=fffe idProduct=fffd busnum=1 devnum=5 bDeviceClass=00 bNumInterfaces=1; do
	echo "${file#*=}" > "$dir/${file%=*}"
done
: > "$root/dev/bus/usb/001/005"
ln -s ../../../devices/pci0000:00/0000:00:14.0/usb1/1-2 "$root/sys/bus/usb/devices/1-2"
ok 'what libvirt does not find' event 3 'usb:1-2 (fffe:fffd) cannot be added' bind 1-2
ok 'is not left behind' lost
ok 'and status says why' shown 'cannot be added'
ok 'by hand it is the same' prints 3 'cannot be added' replug --sysroot "$root" -c "$uri" g \
	--templates "$SRCDIR/xml-templates"
exec 9> "$root/run/hostdevctl/replug-1-2.lock"
flock 9
ok 'while another process waits there is nothing to do' event 0 'nothing to do' bind 1-2
exec 9>&-

ok 'a policy is written' prints 0 'port 1-9' replug --sysroot "$root" -c "$uri" g --enable usb:1-9
ok 'of the guest as it runs' sh -c "virsh -c '$uri' dumpxml g | grep -q 'port=\"1-9\"'"
ok 'and as it is defined' sh -c "virsh -c '$uri' dumpxml --inactive g | grep -q 'port=\"1-9\"'"
virsh -c "$uri" destroy g > /dev/null
ok 'the guest was stopped meanwhile' event 0 'it does not run any more' bind 1-2
tap_end
