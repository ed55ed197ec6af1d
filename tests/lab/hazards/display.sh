# SPDX-License-Identifier: GPL-2.0-or-later
# display.sh - hazards of graphics cards: the host's framebuffer, consoles, sessions and clients.
# shellcheck shell=bash

DISPLAY_PID=/run/lab-display.pid

# The first node of a card: card0, or fb1 with "graphics fb".
node_of() {
	local addr=$1 class=${2-drm} start=${3-card} path

	for path in "$(pci_dir "$addr")/$class/$start"[0-9]*; do
		[ -e "$path/dev" ] && { echo "${path##*/}"; return; }
	done
	return 1
}

# Runs a Perl script that does not end by itself, and waits until it reports that it is ready.
display_client() {
	rm -f /run/lab-display.ready
	setsid perl -e "$1"' open(my $r, ">", "/run/lab-display.ready"); close($r); sleep 10000;' \
		</dev/null >/dev/null 2>/run/lab-display.err &
	echo $! >"$DISPLAY_PID"
	wait_for 20 test -e /run/lab-display.ready ||
		fail "no client of the card: $(tail -n 1 /run/lab-display.err)"
}

display_client_remedy() {
	echo "kill $(cat "$DISPLAY_PID")"
}

display_client_end() {
	[ ! -e "$DISPLAY_PID" ] || kill -KILL -- "-$(cat "$DISPLAY_PID")" 2>/dev/null
	rm -rf "$DISPLAY_PID" /run/lab-display.* /run/systemd/sessions /usr/local/bin/loginctl \
		/usr/local/bin/systemctl
}

client_harm() {
	[ -e "/proc/$(cat "$DISPLAY_PID")" ] && echo "the program keeps running without the card"
}

# hazard: the text consoles are on the card
hazard console_on_gpu "$GPU" display-free "the text consoles are shown on it" start
console_on_gpu_make() {
	local fb

	fb=$(node_of "$GPU" graphics fb) || fail "no framebuffer of $GPU"
	# FBIOPUT_CON2FBMAP: console 1 on this framebuffer.
	perl -e 'open(my $f, "+<", "/dev/$ARGV[0]") or die $!;
		$ARGV[0] =~ /(\d+)/; my $m = pack("LL", 1, $1);
		ioctl($f, 0x4610, $m) or die $!;' "$fb" || fail "no console on $fb"
	grep -l "frame buffer" /sys/class/vtconsole/*/name >/dev/null || fail "no console driver"
}
console_of_fb() {
	local name

	for name in /sys/class/vtconsole/*/name; do
		! grep -q "frame buffer" "$name" || echo "${name%/name}"
	done
}
console_on_gpu_remedy() { echo "echo 0 > $(console_of_fb)/bind"; }
console_on_gpu_harm() {
	[ "$(cat "$(console_of_fb)/bind" 2>/dev/null)" = 1 ] || echo "the consoles have no screen"
}
console_on_gpu_undo() { consoles_off; }

hazard dri_open "$GPU" holders-free "a program with its DRM node open"
dri_open_make() {
	display_client 'open(our $f, "+<", "/dev/dri/'"$(node_of "$GPU")"'") or die $!;'
}
dri_open_remedy() { display_client_remedy; }
dri_open_harm() { client_harm; }
dri_open_undo() { display_client_end; }

hazard fb_open "$GPU" holders-free "a program with its framebuffer open"
fb_open_make() {
	display_client 'open(our $f, "+<", "/dev/'"$(node_of "$GPU" graphics fb)"'") or die $!;'
}
fb_open_remedy() { display_client_remedy; }
fb_open_harm() { client_harm; }
fb_open_undo() { display_client_end; }

# DRM_IOCTL_MODE_CREATE_DUMB, DRM_IOCTL_PRIME_HANDLE_TO_FD: the buffer outlives its file.  bochs-drm
# shares buffers since Linux 6.6.
hazard shared_buffer "$GPU" display-free "a program that shares a buffer of the card and has no node open" stack=debian13,backports
shared_buffer_make() {
	display_client 'open(my $f, "+<", "/dev/dri/'"$(node_of "$GPU")"'") or die $!;
		my $d = pack("LLLLLLQ", 64, 64, 32, 0, 0, 0, 0);
		ioctl($f, 0xc02064b2, $d) or die "dumb: $!";
		my $p = pack("LLl", (unpack("L*", $d))[4], 0x80000, -1);
		ioctl($f, 0xc00c642d, $p) or die "prime: $!"; close($f);'
}
shared_buffer_remedy() { display_client_remedy; }
shared_buffer_harm() { client_harm; }
shared_buffer_undo() { display_client_end; }

# The state file that logind writes for a session with the card and these nodes.
session_file() {
	local id=$1 leader=$2 devices
	shift 2

	devices=$(stat -c '%Hr:%Lr' "/dev/dri/$(node_of "$GPU")" "$@")
	mkdir -p /run/systemd/sessions
	cat >"/run/systemd/sessions/$id" <<-END
		# This is private data. Do not parse.
		UID=1000
		USER=joe
		ACTIVE=1
		IS_DISPLAY=1
		STATE=active
		REMOTE=0
		TYPE=wayland
		CLASS=user
		SCOPE=session-$id.scope
		SEAT=seat0
		LEADER=$leader
		CONTROLLER=:1.30
		DEVICES=${devices//$'\n'/ }
	END
}

# A command NAME (loginctl, systemctl) that ends it: the lab has neither logind nor systemd.  Like every bash of a
# row, it has the functions of all rows.
stand_in() {
	mkdir -p /usr/local/bin
	cat >"/usr/local/bin/$1" <<-END
		#!/bin/bash
		[ "\$1 \$2" = "$2" ] || exit 1
		kill \$(cat $DISPLAY_PID)
		rm /run/systemd/sessions/*
		keep_nodes
	END
	chmod 755 "/usr/local/bin/$1"
}

# Process 1 has these nodes open, and no others, as systemd keeps them for logind.
keep_nodes() {
	printf '%s\n' "$@" | grep . >"$LAB_KEEP.new"
	mv "$LAB_KEEP.new" "$LAB_KEEP"
	kill -USR1 1
	wait_for 10 test ! -e "$LAB_KEEP"
}

session_harm() {
	[ -e "/proc/$(cat "$DISPLAY_PID")" ] && [ ! -e "$(pci_dir "$GPU")/drm" ] &&
		echo "the session has lost its screen"
}

hazard session_on_gpu "$GPU" display-free "a user's session on its screens"
session_on_gpu_make() {
	display_client ''
	session_file 7 "$(cat "$DISPLAY_PID")" "$@"
	stand_in loginctl "terminate-session 7"
}
session_on_gpu_remedy() { echo "loginctl terminate-session 7"; }
session_on_gpu_harm() { session_harm; }
session_on_gpu_undo() { display_client_end; }

hazard display_manager "$GPU" display-free "the login screen of a display manager"
display_manager_make() {
	local unit=/sys/fs/cgroup/system.slice/labdm.service leader

	display_client 'if (!fork()) { sleep 10000; exit; }'
	mkdir -p "$unit"
	cat "$DISPLAY_PID" >"$unit/cgroup.procs"
	leader=$(cat "/proc/$(cat "$DISPLAY_PID")/task/"*/children)
	session_file c1 "${leader%% *}"
	stand_in systemctl "stop labdm.service"
}
display_manager_remedy() { echo "systemctl stop labdm.service"; }
display_manager_harm() { session_harm; }
display_manager_undo() {
	display_client_end
	rmdir /sys/fs/cgroup/system.slice/labdm.service
}

hazard boot_screen "$BOOT_VGA" display-free "the firmware's framebuffer is in its memory" once
# vfio-pci removes the platform device for good (Linux drivers/firmware/sysfb.c, sysfb_disable).
boot_screen_make() { [ -e /sys/bus/platform/drivers/vesa-framebuffer/vesa-framebuffer.0 ]; }
boot_screen_remedy() {
	echo "echo vesa-framebuffer.0 > /sys/bus/platform/drivers/vesa-framebuffer/unbind"
}

hazard last_gpu "$GPU" last-gpu "the host's last graphics card" warn
last_gpu_make() { to_vfio "$BOOT_VGA"; }
last_gpu_harm() { ls /sys/class/drm/card* >/dev/null 2>&1 || echo "the host has no screen left"; }
last_gpu_undo() { off_vfio "$BOOT_VGA"; }

hazard audio_of_gpu "$GPU" holders-free "a program with its sound device open"
audio_of_gpu_make() {
	local path node

	for path in "$(pci_dir "$GPU_AUDIO")"/sound/card*/pcmC*c; do
		[ ! -e "$path/dev" ] || node=${path##*/}
	done
	display_client 'open(our $f, "<", "/dev/snd/'"${node-none}"'") or die $!;'
}
audio_of_gpu_remedy() { display_client_remedy; }
audio_of_gpu_undo() { display_client_end; }

# logind has systemd keep what it opened for a session: the remedy never ends process 1.
hazard session_kept "$GPU" display-free "a session whose card is kept open by process 1"
session_kept_make() { session_on_gpu_make && keep_nodes "/dev/dri/$(node_of "$GPU")"; }
session_kept_remedy() { session_on_gpu_remedy; }
session_kept_silence() { printf '%s\n' "(pid 1)" "(pid 1,"; }
session_kept_harm() { session_harm; }
session_kept_undo() { display_client_end; keep_nodes; }

session_kept_input() {
	local path

	for path in "$(pci_dir "$XHCI")"/usb*/*/*/*/input/input*/event*; do
		[ ! -e "$path/dev" ] || { echo "/dev/input/${path##*/}"; return; }
	done
	return 1
}

# One of the session's input nodes: logind can lose it without harm.
hazard session_keyboard "$XHCI" holders-free "a session's keyboard, kept open by process 1" warn
session_keyboard_make() {
	local node

	wait_for 20 session_kept_input >/dev/null && node=$(session_kept_input) &&
	session_on_gpu_make "$node" && keep_nodes "$node"
}
session_keyboard_remedy() { session_on_gpu_remedy; }
session_keyboard_silence() { session_kept_silence; }
session_keyboard_harm() {
	[ -e "/proc/$(cat "$DISPLAY_PID")" ] && echo "the session continues without the keyboard"
}
session_keyboard_undo() { display_client_end; keep_nodes; }
