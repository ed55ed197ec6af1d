# SPDX-License-Identifier: GPL-2.0-or-later
# host-booted.sh - the daemon as a service; what host.sh does by hand on a host without systemd.
# shellcheck shell=bash

daemon_pid() {
	local pid

	pid=$(systemctl show -P MainPID libvirtd.service)
	[ "$pid" != 0 ] && echo "$pid"
}

daemon_start() {
	systemctl start libvirtd.service || return 1
	wait_for 120 daemon_answers
}

# Its sockets stay: whoever asks next starts it.
daemon_end() {
	case $1 in
	TERM) systemctl stop libvirtd.service ;;
	*) systemctl kill --signal="$1" libvirtd.service ;;
	esac
}
