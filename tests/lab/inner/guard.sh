# SPDX-License-Identifier: GPL-2.0-or-later
# guard.sh - what hostdevctl must do with a hazard: refuse, change nothing, and take the device after the remedy.
# shellcheck shell=bash

# A function: refused, unchanged; after the remedy, taken and given back.
guard_function() {
	local id=$1 device=${HAZARD_DEVICE[$1]} driver before after

	driver=$(driver_of "$device")
	before=$(hazard_rest "$id")
	hazard_ask "$id" take
	hazard_refused "$id"
	hazard_note refused "$MS"
	assert_driver "$device" "$driver"
	after=$(hazard_sum "$id")
	hazard_note before "$before"
	hazard_note after "$after"
	[ "$before" = "$after" ] || fail "the data changed: $before, then $after"
	! hazard_is "$id" start || guard_start "$id"
	hazard_run_remedy "$id"
	before=$(hazard_rest "$id")
	hazard_ask "$id" take
	assert_status 0
	hazard_note taken "$MS"
	hazard_ask "$id" give
	assert_status 0
	assert_driver "$device" "$driver"
	timeout "$((60 * LAB_FACTOR))" udevadm settle
	after=$(hazard_sum "$id")
	[ "$before" = "$after" ] || fail "the data changed on the way: $before, then $after"
	! hazard_is "$id" start || guard_started "$id"
}

# The same refusal where users meet it: virsh start.
guard_start() {
	local id=$1 device=${HAZARD_DEVICE[$1]}

	if hazard_is "$id" guest; then
		timeout "$((60 * LAB_FACTOR))" virsh define "$WORK/hazard-$id.xml" || fail "the guest cannot be defined"
		run virsh start "hazard-$id"
		hazard_refused "$id"
		assert_guest_state "hazard-$id" "shut off"
	else
		guest_define "hazard-$id" "$(pci_hostdev "$device" yes)"
		guest_refused "hazard-$id" "${HAZARD_CHECK[$id]}" "$device"
	fi
}

guard_started() {
	local id=$1

	guest_start "hazard-$id"
	guest_stop "hazard-$id"
	hazard_note start yes
}

# A device that only a guest can ask for: the command's check, and the hook as libvirt runs it.
guard_guest() {
	local id=$1 before after

	hazard_target "$id"
	before=$(hazard_rest "$id")
	hazard_ask "$id" check-xml
	hazard_refused "$id"
	hazard_ask "$id" prepare
	hazard_refused "$id"
	hazard_note refused "$MS"
	after=$(hazard_sum "$id")
	hazard_note before "$before"
	hazard_note after "$after"
	[ "$before" = "$after" ] || fail "the data changed: $before, then $after"
	! hazard_is "$id" start || guard_start "$id"
	hazard_run_remedy "$id"
	hazard_ask "$id" check-xml
	assert_status 0
	hazard_ask "$id" prepare
	assert_status 0
	hazard_note taken "$MS"
	hazard_ask "$id" release
	assert_status 0
	! hazard_is "$id" start || guard_started "$id"
}

# Before there is a mount: this host does not share its mounts, and QEMU's namespace would keep it.
start_for_plug() {
	replug_guest "hazard-$1" "<hd:usb replug='yes' port='${HAZARD_DEVICE[$1]#usb }'/>"
	guest_start "hazard-$1"
}

# A device that came while a guest runs whose metadata wants it: refused; the log and the status say why
# and the log what to do. After the remedy it is given to the guest.
guard_plugged() {
	local id=$1 port=${HAZARD_DEVICE[$1]#usb } before after refused

	before=$(hazard_rest "$id")
	log_begin
	trap log_end EXIT
	hazard_ask "$id" plugged
	hazard_refused "$id"
	hazard_note refused "$MS"
	after=$(hazard_sum "$id")
	hazard_note before "$before"
	hazard_note after "$after"
	[ "$before" = "$after" ] || fail "the data changed: $before, then $after"
	refused="'hazard-$id': usb:$port (.*) is refused: ${HAZARD_CHECK[$id]}: .*$(hazard_call "$id" remedy)"
	grep -q "$refused" "$WORK/syslog" || fail "the log does not have the refusal: $(tail -n 3 "$WORK/syslog")"
	run hostdevctl status
	grep -q "usb:$port (.*) is refused: ${HAZARD_CHECK[$id]}: " "$OUTPUT" || fail "status does not have the refusal"
	has_elements "hazard-$id" 0 || fail "the guest has it"
	hazard_run_remedy "$id"
	hazard_ask "$id" plugged
	assert_status 0
	assert_has "hazard-$id" 1
	hazard_note taken "$MS"
}

# Warned about, not refused; after the remedy, if there is one, not even warned about.
guard_warning() {
	local id=$1 line

	hazard_ask "$id" check
	assert_status 0
	assert_text "$OUTPUT" "${HAZARD_CHECK[$id]}"
	hazard_silent "$id"
	hazard_note refused "$MS"
	declare -F "${id}_remedy" >/dev/null || return 0
	while read -r line; do
		assert_text "$OUTPUT" "$line"
	done < <(hazard_call "$id" remedy)
	hazard_run_remedy "$id"
	hazard_ask "$id" check
	assert_status 0
	assert_no_text "$OUTPUT" "${HAZARD_CHECK[$id]}"
	hazard_note taken "$MS"
}

# A function that no remedy makes available: refused, unchanged, and no remedy is offered; a function
# without this property passes.
guard_never() {
	local id=$1 device=${HAZARD_DEVICE[$1]} driver

	driver=$(driver_of "$device")
	hazard_ask "$id" take
	hazard_refused "$id"
	hazard_note refused "$MS"
	assert_driver "$device" "$driver"
	assert_no_text "$OUTPUT" "allow it with"
	guard_start "$id"
	assert_driver "$device" "$driver"
	run hostdevctl check "$PLAIN"
	assert_status 0
}

# Warned about, not refused: taken and given back as it is, and programs that watch the device survive.
guard_harmless() {
	local id=$1 device=${HAZARD_DEVICE[$1]} driver

	driver=$(driver_of "$device")
	hazard_ask "$id" check
	assert_status 0
	assert_text "$OUTPUT" "${HAZARD_CHECK[$id]}"
	hazard_note refused "$MS"
	hazard_ask "$id" take
	assert_status 0
	assert_driver "$device" vfio-pci
	hazard_note taken "$MS"
	hazard_ask "$id" give
	assert_status 0
	assert_driver "$device" "$driver"
	timeout "$((60 * LAB_FACTOR))" udevadm settle
	wait_for 30 "${id}_alive" || fail "its user does not use it again"
}

# What hostdevctl does.
phase_guard() {
	local id=$1

	! hazard_is "$id" plugged || start_for_plug "$id"
	hazard_call "$id" make || fail "the hazard cannot be made"
	timeout "$((60 * LAB_FACTOR))" udevadm settle
	if hazard_is "$id" warn; then
		guard_warning "$id"
	elif hazard_is "$id" never; then
		guard_never "$id"
	elif hazard_is "$id" harmless; then
		guard_harmless "$id"
	elif hazard_is "$id" plugged; then
		guard_plugged "$id"
	elif hazard_is "$id" guest; then
		guard_guest "$id"
	else
		guard_function "$id"
	fi
}
