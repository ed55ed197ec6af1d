# SPDX-License-Identifier: GPL-2.0-or-later
# monitor.sh - asks the QEMU that emulates this host: pulls and plugs its USB devices.
# shellcheck shell=bash

MONITOR=/dev/virtio-ports/monitor

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

# It takes no other command before this one.  An error says that it has met somebody already.
meet_monitor() {
	ask_monitor "$1" qmp_capabilities {} | grep -q '"id"'
}

# with_monitor FUNCTION ARGUMENTS: calls it with the descriptor of the monitor.  One at a time: the kernel opens
# such a port once.
with_monitor() {
	local fd lock status call=$1
	shift

	[ -c "$MONITOR" ] || { echo "$MONITOR is missing"; return 1; }
	exec {lock}>>/run/lab-monitor
	flock -w "$((60 * ${LAB_FACTOR:-4}))" "$lock" && exec {fd}<>"$MONITOR" || { exec {lock}>&-; return 1; }
	if [ -s /run/lab-monitor ] || { meet_monitor "$fd" && echo met >/run/lab-monitor; }; then
		"$call" "$fd" "$@"
	else
		echo "QEMU's monitor does not answer"
		false
	fi
	status=$?
	exec {fd}>&- {lock}>&-
	return "$status"
}

# qmp COMMAND [ARGUMENTS]: prints QEMU's answer; fails if that is an error.
qmp() {
	with_monitor ask_monitor "$1" "${2-{\}}"
}

# plug NAME PORT DRIVER [,"MORE": ...]: a USB device at a port of the controller ("5", behind a hub "5.1").
plug() {
	qmp device_add "{\"driver\": \"$3\", \"id\": \"$1\", \"bus\": \"${PLUG_BUS-usb}.0\", \"port\": \"$2\"${4-}}"
}

plug_keyboard() {
	plug "$1" "$2" usb-kbd
}

# At the USB controller of the card, GPU_USB.
plug_card_keyboard() {
	PLUG_BUS=card-usb plug "$1" "$2" usb-kbd
}

plug_stick() {
	plug "$1" "$2" usb-storage ', "drive": "disk-plug"'
}

plug_serial() {
	plug "$1" "$2" usb-serial ", \"chardev\": \"${3-plug-tty}\", \"always-plugged\": true, \"serial\": \"$1\""
}

# The card SECOND_GPU, of the same model as GPU.
plug_card() {
	qmp device_add '{"driver": "bochs-display", "id": "plug-card", "bus": "rp14"}'
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

# ask_storm FD NAME PORT N: writes all commands at once.  Prints the milliseconds until QEMU has answered the last.
ask_storm() {
	local i begin add del

	add="{\"execute\": \"device_add\", \"arguments\": {\"driver\": \"usb-kbd\", \"id\": \"$2\", \"bus\": \"usb.0\", \"port\": \"$3\"}}"
	del="{\"execute\": \"device_del\", \"arguments\": {\"id\": \"$2\"}}"
	for ((i = 0; i < $4; i++)); do printf '%s\n%s\n' "$add" "$del"; done >"$WORK/storm"
	echo "$add" >>"$WORK/storm"
	begin=$(now_ms)
	cat "$WORK/storm" >&"$1"
	ask_monitor "$1" query-status {} >&2 && echo "$(($(now_ms) - begin))"
}

# plug_storm NAME PORT N: plugs a keyboard and pulls it N times, as fast as QEMU reads, then plugs it; that took MS.
plug_storm() {
	MS=$(with_monitor ask_storm "$@")
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

monitor_line() {
	qmp human-monitor-command "{\"command-line\": \"$1\"}"
}

# forward_port OUTSIDE PORT: that port of 127.0.0.1 outside (0: QEMU chooses one, which is printed) leads to PORT here.
forward_port() {
	local found

	monitor_line "hostfwd_add net tcp:127.0.0.1:$1-:$2" >&2 || return 1
	found=$(monitor_line "info usernet" |
		grep -o "HOST_FORWARD\] *[0-9]* *127\.0\.0\.1 *[0-9]* *[0-9.]* *$2 " | awk '{ print $4 }' | head -n 1)
	[ -n "$found" ] && echo "$found"
}
