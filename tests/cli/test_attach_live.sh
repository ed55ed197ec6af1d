# SPDX-License-Identifier: GPL-2.0-or-later
# attach to a guest that runs, of a daemon of our own: what libvirt refuses leaves no trace.
# (What it takes needs real devices: tests/lab/scenarios/32-attach.sh.)
. "$SRCDIR/tests/support/daemontap.sh" || exit 99
bus_host

cat > "$work/g.xml" << 'END'
<domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'><name>g</name>
<memory>65536</memory><os><type arch='x86_64' machine='q35'>hvm</type></os><devices>
<controller type='pci' index='1' model='pcie-root-port'/>
<controller type='pci' index='2' model='pcie-root-port'/>
<controller type='usb' model='none'/><memballoon model='none'/></devices>
<qemu:capabilities><qemu:del capability='cpu-unavailable-features'/></qemu:capabilities></domain>
END
if ! { virsh -c "$uri" define "$work/g.xml" && virsh -c "$uri" start g; } > "$work/out" 2>&1; then
	echo "1..0 # SKIP no guest can be started: $(tr '\n' ' ' < "$work/out")"
	exit 0
fi
xmls() {
	virsh -c "$uri" dumpxml --inactive g | sed 's/ *<metadata\/>//; /^ *$/d' > "$work/config.$1"
	virsh -c "$uri" dumpxml g | sed 's/ *<metadata\/>//; /^ *$/d' > "$work/live.$1"
}
attach() {
	echo "attach --templates $SRCDIR/xml-templates --sysroot $root --binder sysfs -c $uri g $*"
}
xmls before
unchanged() {
	xmls now
	diff "$work/config.before" "$work/config.now" && diff "$work/live.before" "$work/live.now" &&
		driver $DISK nvme && driver $GPU nouveau && ! ls "$root"/run/hostdevctl/0000:* 2> /dev/null
}
ok 'what libvirt refuses' fake complains 3 'the guest is unchanged' $(attach $DISK)
ok 'leaves neither element nor driver' unchanged
ok 'nor does it with pins and a second device' fake complains 3 'the guest is unchanged' \
	$(attach $DISK $GPU --as pci --pin)
ok 'leave anything' unchanged
ok 'live alone' fake complains 3 'the running guest: unsupported' $(attach $DISK --live)
ok 'leaves nothing, too' unchanged
ok 'no room: refused before anything is bound' fake complains 1 'no free slot for hotplug' \
	$(attach $DISK $GPU $SOUND $NIC --as pci --live)
ok 'and nothing is' unchanged
ok 'what it would do' fake prints 0 'would be added to the running guest' $(attach $DISK --dry-run)
ok 'and does not' unchanged
ok 'as JSON, too' fake prints 0 '"changed": true' $(attach $DISK --dry-run --json)
ok 'the definition alone' fake run 0 $(attach $DISK --config)
ok 'has it now' sh -c "virsh -c '$uri' dumpxml --inactive g | grep -q '<hostdev'"
ok 'and nothing is bound' driver $DISK nvme
ok 'the running guest has not' complains 1 "has no $DISK while it runs" \
	detach-from --sysroot "$root" -c "$uri" g $DISK --live
ok 'out of what has it' prints 0 "$DISK is removed from the guest's definition" \
	detach-from --sysroot "$root" -c "$uri" g $DISK
ok 'it has not any more' sh -c "! virsh -c '$uri' dumpxml --inactive g | grep '<hostdev'"
tap_end
