# SPDX-License-Identifier: GPL-2.0-or-later
# serial.sh - serial lines of the host that a guest requests with <serial type='dev'>.
# shellcheck shell=bash

# The tty of the serial card: "ttyS4".  Since Linux 6.5 it hangs below the port's own device.
card_tty() {
	local card dir

	card=$(pci_dir "$SERIAL")
	for dir in "$card"/tty/* "$card"/*/*/tty/*; do
		[ -e "$dir" ] && { echo "${dir##*/}"; return; }
	done
	return 1
}

serial_xml() {
	printf "<serial type='dev'><source path='/dev/%s'/><target port='0'/></serial>\n" "$1"
}

# Also 8250's own setting: the line of the card has no carrier, and open(2) would wait for it.
tty_user() {
	local tty=$1
	shift

	stty -F "/dev/$tty" clocal 2>/dev/null
	"$@" <>"/dev/$tty" >/dev/null 2>&1 &
	echo $! >"$WORK/pid"
	wait_for 10 test "/dev/$tty" -ef "/proc/$(cat "$WORK/pid")/fd/0"
}
tty_user_end() {
	[ ! -s "$WORK/pid" ] || kill -KILL "$(cat "$WORK/pid")" 2>/dev/null
	rm -f "$WORK/pid" "/run/lock/LCK..$(card_tty)"
}

hazard serial_console "/dev/ttyS0" serial-free "the kernel's console" guest
serial_console_make() { grep -q ttyS0 /sys/class/tty/console/active; }
serial_console_xml() { serial_xml ttyS0; }
serial_console_remedy() { echo "echo N > /sys/class/tty/ttyS0/console"; }
serial_console_undo() { echo Y >/sys/class/tty/ttyS0/console; }

hazard serial_open "the card's tty" serial-free "a program that uses the serial line" guest start
serial_open_make() { tty_user "$(card_tty)" sleep infinity; }
serial_open_xml() { serial_xml "$(card_tty)"; }
serial_open_remedy() { echo "kill $(cat "$WORK/pid")"; }
serial_open_undo() { tty_user_end; }

hazard serial_getty "the card's tty" serial-free "a login (agetty) on the serial line" guest
serial_getty_make() { tty_user "$(card_tty)" agetty --noreset --noclear --local-line - vt100; }
serial_getty_xml() { serial_xml "$(card_tty)"; }
serial_getty_remedy() { echo "kill $(cat "$WORK/pid")"; }
serial_getty_undo() { tty_user_end; }

# Only a lock: its program opens the line only now and then.
hazard serial_lock "the card's tty" serial-free "the lock file of a running program" guest
serial_lock_make() {
	mkdir -p /run/lock
	sleep infinity </dev/null >/dev/null 2>&1 &
	echo $! >"$WORK/pid"
	printf '%10d\n' "$(cat "$WORK/pid")" >"/run/lock/LCK..$(card_tty)"
}
serial_lock_xml() { serial_xml "$(card_tty)"; }
serial_lock_remedy() {
	echo "kill $(cat "$WORK/pid")"
	echo "rm -f /run/lock/LCK..$(card_tty)"
}
serial_lock_undo() { tty_user_end; }
