# SPDX-License-Identifier: GPL-2.0-or-later
# monitor.sh - asks the QEMU that emulates this host: pulls and plugs its USB devices.
# shellcheck shell=bash

MONITOR=/dev/ttyS3

# ask FD COMMAND ARGUMENTS: prints QEMU's answer; fails if that is an error, or none comes.
ask_monitor() {
	local id=$BASHPID.$RANDOM line

	printf '{"execute": "%s", "arguments": %s, "id": "%s"}\n' "$2" "$3" "$id" >&"$1"
	while IFS= read -r -t "$((30 * ${LAB_FACTOR:-4}))" -u "$1" line; do
		[[ $line == *"\"id\": \"$id\""* ]] || continue
		printf '%s\n' "$line"
		[[ $line != *'"error":'* ]]
		return
	done
	echo "QEMU's monitor does not answer"
	return 1
}

# As it is, but for lines: bash takes for granted that a terminal gives one at a time. What it has read
# beyond, if that is raw, begins the next line that it reads from any file.
monitor_mode() {
	stty -F "$MONITOR" raw -echo icanon igncr
}

# Under load the emulator loses an edge of an interrupt now and then, and the line is silent for good: without
# one, the kernel looks at it by itself (irq of struct serial_struct, Linux include/linux/serial.h). Nobody may
# have it open meanwhile.
monitor_polled() {
	perl -e 'open(my $f, "+<", $ARGV[0]) or exit 1; my $s = "\0" x 80; ioctl($f, 0x541E, $s) or exit 1;
		substr($s, 12, 4) = pack("i", 0); ioctl($f, 0x541F, $s) or exit 1' "$MONITOR"
}

# The line echoes what QEMU greets with until its mode is set: what came of that is not for us.
meet_monitor() {
	local line

	monitor_mode || return 1
	while IFS= read -r -t 2 -u "$1" line; do :; done
	# A part of its greeting may have been echoed, which would swallow all that follows: this byte, which JSON
	# cannot have, ends it (QEMU qobject/json-lexer.c).
	printf '\377\n' >&"$1"
	# An error says that it has met somebody already.
	ask_monitor "$1" qmp_capabilities {} | grep -q '"id"' && echo met >/run/lab-monitor
}

# qmp COMMAND [ARGUMENTS]: prints QEMU's answer; fails if that is an error.  One at a time.
qmp() {
	local fd lock status

	exec {lock}>>/run/lab-monitor
	flock -w "$((60 * ${LAB_FACTOR:-4}))" "$lock" || { exec {lock}>&-; return 1; }
	[ -s /run/lab-monitor ] || monitor_polled || echo "QEMU's monitor keeps its interrupt"
	exec {fd}<>"$MONITOR"
	{ [ -s /run/lab-monitor ] || meet_monitor "$fd"; } && ask_monitor "$fd" "$1" "${2-{\}}"
	status=$?
	exec {fd}>&- {lock}>&-
	return "$status"
}

# plug NAME PORT DRIVER [,"MORE": ...]: a USB device at a port of the controller ("5", behind a hub "5.1").
plug() {
	qmp device_add "{\"driver\": \"$3\", \"id\": \"$1\", \"bus\": \"usb.0\", \"port\": \"$2\"${4-}}"
}

plug_keyboard() {
	plug "$1" "$2" usb-kbd
}

plug_stick() {
	plug "$1" "$2" usb-storage ', "drive": "disk-plug"'
}

plug_serial() {
	plug "$1" "$2" usb-serial ", \"chardev\": \"${3-plug-tty}\", \"always-plugged\": true, \"serial\": \"$1\""
}

pull() {
	qmp device_del "{\"id\": \"$1\"}"
}

# The number of the device at a port of Linux ("1-5"), or nothing.
usb_number() {
	cat "/sys/bus/usb/devices/$1/devnum" 2>/dev/null
}

usb_there() {
	[ -e "/sys/bus/usb/devices/$1/driver" ]
}

usb_gone() {
	[ ! -e "/sys/bus/usb/devices/$1" ]
}

# plug_storm NAME PORT N: plugs a keyboard and pulls it N times, as fast as QEMU reads, then plugs it.
plug_storm() {
	local fd lock i add

	qmp query-status >/dev/null || return 1
	add="{\"execute\": \"device_add\", \"arguments\": {\"driver\": \"usb-kbd\", \"id\": \"$1\", \"bus\": \"usb.0\", \"port\": \"$2\"}}"
	exec {lock}>>/run/lab-monitor {fd}<>"$MONITOR"
	flock "$lock"
	for ((i = 0; i < $3; i++)); do
		printf '%s\n{"execute": "device_del", "arguments": {"id": "%s"}}\n' "$add" "$1" >&"$fd"
	done
	printf '%s\n' "$add" >&"$fd"
	ask_monitor "$fd" query-status {}
	exec {fd}>&- {lock}>&-
}

# What scenarios have left plugged in.
pull_all() {
	local names name

	names=$(qmp qom-list '{"path": "/machine/peripheral"}' | grep -o '"name": "plug-[a-z0-9-]*"')
	for name in $names; do
		name=${name//\"/}
		case $name in plug-*) echo "cleanup: pull $name"; pull "$name" ;; esac
	done
}
