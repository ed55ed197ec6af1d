# SPDX-License-Identifier: GPL-2.0-or-later
# guest.sh - inner guests: small, without disks, idle in their firmware.
#
# libvirt asks a new QEMU for every property of its CPU, one by one, and QEMU's monitor reads
# byte by byte: 30 of the 35 seconds that a start takes under emulation.  Taking the capability
# "cpu-unavailable-features" away makes libvirt ask once.
# shellcheck shell=bash

export LIBVIRT_DEFAULT_URI=qemu:///system

# <hostdev> for a PCI function; MANAGED is yes or no.
pci_hostdev() {
	local addr=$1 managed=$2

	printf "<hostdev mode='subsystem' type='pci' managed='%s'><source>%s</source></hostdev>\n" \
		"$managed" "$(address_xml "$addr")"
}

address_xml() {
	local domain bus slot function

	IFS=:. read -r domain bus slot function <<<"$1"
	printf "<address domain='0x%s' bus='0x%s' slot='0x%s' function='0x%s'/>" \
		"$domain" "$bus" "$slot" "$function"
}

# XML of a guest: NAME, then fragments for <devices>; METADATA goes into <metadata>.
guest_xml() {
	local name=$1 number
	shift

	number=$(printf '%s' "$name" | cksum | cut -d ' ' -f 1)
	cat <<END
<domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
  <name>$name</name>
  <uuid>6c616200-0000-4000-8000-$(printf %012x "$number")</uuid>
  <metadata>${METADATA-}</metadata>
  <memory unit='MiB'>64</memory>
  <vcpu>1</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <features><acpi/></features>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
    <controller type='usb' index='0' model='${USB_MODEL:-none}'/>
    <memballoon model='none'/>
    $*
  </devices>
  <qemu:capabilities><qemu:del capability='cpu-unavailable-features'/></qemu:capabilities>
</domain>
END
}

guest_uuid() {
	guest_xml "$1" | sed -n 's/.*<uuid>\(.*\)<\/uuid>.*/\1/p'
}

guest_define() {
	guest_xml "$@" >"$WORK/$1.xml"
	timeout "$((60 * LAB_FACTOR))" virsh define "$WORK/$1.xml" || fail "guest $1 cannot be defined"
}

guest_state() {
	timeout "$((30 * LAB_FACTOR))" virsh domstate "$1" 2>/dev/null | head -n 1
}

guest_is() {
	[ "$(guest_state "$1")" = "$2" ]
}

# Runs a command; its text goes to the log and to $OUTPUT, its status to $STATUS, and the time
# it took to $TOOK.
run() {
	local begin=$SECONDS

	OUTPUT=$WORK/output
	note "\$ $*"
	timeout -k 5 "$((150 * LAB_FACTOR))" "$@" >"$OUTPUT" 2>&1
	STATUS=$?
	TOOK=$((SECONDS - begin))
	cat "$OUTPUT"
	note "status $STATUS after ${TOOK}s"
}

# Starts a guest that must come up.
guest_start() {
	run virsh start "$1"
	[ "$STATUS" = 0 ] || fail "guest $1 does not start: $(tr '\n' ' ' <"$OUTPUT" | tail -c 240)"
	assert_took_less 110
}

# Starts a guest that must be refused soon, by check CHECK for device ADDR.
guest_refused() {
	local guest=$1 check=$2 addr=$3

	run virsh start "$guest"
	[ "$STATUS" != 0 ] || fail "guest $guest was started, should be refused by $check"
	assert_text "$OUTPUT" "Hook script execution failed"
	assert_refusal "$OUTPUT" "$check" "$addr"
	assert_took_less 30
	assert_guest_state "$guest" "shut off"
}

guest_stop() {
	run virsh destroy "$1"
	[ "$STATUS" = 0 ] || fail "guest $1 cannot be stopped"
	assert_took_less 60
	assert_guest_state "$1" "shut off"
}

qemu_pid() {
	cat "/run/libvirt/qemu/$1.pid"
}

virsh_names() {
	timeout "$((30 * LAB_FACTOR))" virsh list --name "$@" 2>/dev/null | grep .
}

# The hook as libvirt runs it: hook GUEST OP SUBOP, with the guest's XML on its standard input.
hook() {
	run env -i LC_ALL=C PATH="$PATH" HOME=/root \
		/etc/libvirt/hooks/qemu.d/50-hostdevctl "$1" "$2" "$3" - <"$WORK/$1.xml"
}
