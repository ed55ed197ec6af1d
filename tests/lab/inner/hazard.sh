# SPDX-License-Identifier: GPL-2.0-or-later
# hazard.sh - one hazard: a device that the host needs, what hostdevctl does, what libvirt alone does.
#
# A row of hazards/CLASS.sh is a line "hazard ID DEVICE CHECK TEXT [FLAG...]" and functions
# ID_make and ID_remedy, and maybe ID_harm, ID_undo, ID_sum and ID_xml (../README says what each
# does).  Everything here runs in a shell of its own with a limit, one for each phase of a row.
# shellcheck shell=bash

declare -a HAZARDS=()
declare -A HAZARD_DEVICE=() HAZARD_CHECK=() HAZARD_TEXT=() HAZARD_FLAGS=() HAZARD_CLASS=()

# hazard ID DEVICE CHECK TEXT [FLAG...]
hazard() {
	local id=$1

	[ -z "${HAZARD_TEXT[$id]-}" ] || fail "two hazards are named $id"
	HAZARDS+=("$id")
	HAZARD_DEVICE[$id]=$2 HAZARD_CHECK[$id]=$3 HAZARD_TEXT[$id]=$4
	HAZARD_CLASS[$id]=$HAZARD_FILE
	shift 4
	HAZARD_FLAGS[$id]=" $* "
}

hazards_load() {
	local file

	for file in "$LAB_SRC"/hazards/*.sh; do
		HAZARD_FILE=${file##*/}
		HAZARD_FILE=${HAZARD_FILE%.sh}
		. "$file"
	done
}

# The row's function of that name, if it has one.
hazard_call() {
	local id=$1 name=$1_$2

	! declare -F "$name" >/dev/null || "$name"
}

hazard_is() {
	[[ ${HAZARD_FLAGS[$1]} == *" $2 "* ]]
}

# What the row hands to hostdevctl: the function, or the XML of a guest that asks for the device.
hazard_target() {
	local id=$1

	if hazard_is "$id" guest; then
		METADATA=$(hazard_call "$id" metadata) USB_MODEL=qemu-xhci \
			guest_xml "hazard-$id" "$("${id}_xml")" >"$WORK/hazard-$id.xml"
	fi
}

# A checksum of the data at stake, short; "-" where there is none.
hazard_sum() {
	local id=$1 sum

	# Twice: the first may write an image's filesystem after the one that the image lies on.
	sync
	sync
	if declare -F "${id}_sum" >/dev/null; then
		sum=$("${id}_sum")
	elif disk_of "${HAZARD_DEVICE[$id]}" >/dev/null; then
		sum=$(disk_sum "${HAZARD_DEVICE[$id]}")
	fi
	sum=${sum:--}
	echo "${sum:0:12}"
}

# The checksum once it has come to rest: after a sync md still marks its array clean, and a journal
# moves its tail.
hazard_rest() {
	local id=$1 sum again tries

	sum=$(hazard_sum "$id")
	[ "$sum" != - ] || { echo -; return; }
	for tries in {1..20}; do
		sleep 0.3
		again=$(hazard_sum "$id")
		[ "$again" != "$sum" ] || break
		sum=$again
	done
	echo "$again"
}

now_ms() {
	echo $((${EPOCHREALTIME/[.,]/} / 1000))
}

# What the table shows of a row: FIELD VALUE, one line each, read when the row has ended.
hazard_note() {
	local field=$1
	shift
	printf '%s\t%s\n' "$field" "$(printf '%s' "$*" | tr '\t\n' '  ')" >>"$WORK/fields"
}

# Asks hostdevctl for the device as an administrator does, or as libvirt does for a guest.
hazard_ask() {
	local id=$1 what=$2 device=${HAZARD_DEVICE[$1]} begin
	shift 2

	begin=$(now_ms)
	case $what in
	take) run hostdevctl detach "$@" "$device" ;;
	give) run hostdevctl reattach "$device" ;;
	check) run hostdevctl check "$@" "$device" ;;
	check-xml) run hostdevctl check --xml "$WORK/hazard-$id.xml" ;;
	prepare) hook "hazard-$id" prepare begin ;;
	release) hook "hazard-$id" release end ;;
	plugged) run hostdevctl replug --event bind "${device#usb }:1" ;;
	esac
	MS=$(($(now_ms) - begin))
}

# The refusal names check and device and prints every command of the remedy, literally.
hazard_refused() {
	local id=$1 line

	assert_status 1
	assert_text "$OUTPUT" "${HAZARD_CHECK[$id]}"
	hazard_is "$id" guest || assert_text "$OUTPUT" "${HAZARD_DEVICE[$id]}"
	while read -r line; do
		assert_text "$OUTPUT" "$line"
	done < <(hazard_call "$id" remedy)
	hazard_silent "$id"
}

# Texts that the refusal must not contain.
hazard_silent() {
	local line

	while read -r line; do
		assert_no_text "$OUTPUT" "$line"
	done < <(hazard_call "$1" silence)
}

# Commands are run as printed; if the remedy says to edit something, the row does it (ID_follow).
hazard_run_remedy() {
	local id=$1 line

	if declare -F "${id}_follow" >/dev/null; then
		"${id}_follow"
		hazard_target "$id"
		return
	fi
	while read -r line; do
		note "remedy: $line"
		timeout -k 5 "$((60 * LAB_FACTOR))" bash -c "$line" </dev/null || fail "the remedy '$line' fails"
	done < <(hazard_call "$id" remedy)
	timeout "$((60 * LAB_FACTOR))" udevadm settle
}

# Leaves nothing of the row behind, whatever came of it.
phase_undo() {
	local id=$1

	[ ! -e "/run/libvirt/qemu/hazard-$id.xml" ] || virsh destroy "hazard-$id"
	hazard_call "$id" undo
	rm -f /run/hostdevctl/replug-*
	! mountpoint -q "$LAB_MNT" || umount "$LAB_MNT" || umount -l "$LAB_MNT"
	[ -z "$(virsh_names --all | grep "^hazard-$id\$")" ] || virsh undefine "hazard-$id"
	[ -z "$(ls -A /run/hostdevctl 2>/dev/null)" ] || hostdevctl recover
	restore_drivers
	timeout "$((60 * LAB_FACTOR))" udevadm settle
}

# libvirt's own message, in one line.
libvirt_words() {
	local words

	words=$(grep -v '^$' "$OUTPUT" | tail -n 1)
	echo "${words#error: }" | cut -c 1-100
}

# Only a guest can request this device; libvirt also detaches a PCI function by itself.
is_for_guests() {
	[[ ${HAZARD_DEVICE[$1]} != ????:??:??.? ]]
}

libvirt_takes() {
	local id=$1 device=${HAZARD_DEVICE[$1]}

	if is_for_guests "$id"; then
		"${id}_xml" >"$WORK/device.xml"
		run timeout -k 5 "$((30 * LAB_FACTOR))" virsh attach-device hazard-victim \
			"$WORK/device.xml" --live
	else
		run timeout -k 5 "$((30 * LAB_FACTOR))" virsh nodedev-detach \
			"pci_$(tr ':.' '__' <<<"$device")"
	fi
}

# What libvirt does alone, and what becomes of the host's data.
phase_baseline() {
	local id=$1 begin ms words harm

	hazard_call "$id" make || fail "the hazard cannot be made for the baseline"
	timeout "$((60 * LAB_FACTOR))" udevadm settle
	begin=$(now_ms)
	libvirt_takes "$id"
	ms=$(($(now_ms) - begin))
	case $STATUS in
	0) words="took it" ;;
	124|137) words="hung" ;;
	*) words="refused: $(libvirt_words)" ;;
	esac
	hazard_note libvirt_ms "$ms"
	hazard_note libvirt "$words"
	if [ "$STATUS" = 0 ]; then
		harm=$(timeout -k 5 "$((20 * LAB_FACTOR))" bash -c "hazard_call $id harm" 2>/dev/null | tail -n 1)
		hazard_note harm "${harm:-}"
	fi
	! is_for_guests "$id" || [ "$STATUS" != 0 ] ||
		timeout "$((60 * LAB_FACTOR))" virsh detach-device hazard-victim "$WORK/device.xml" --live
}
