# SPDX-License-Identifier: GPL-2.0-or-later
# sound.sh - a sound card on a desktop: the real PipeWire and WirePlumber, silent and playing.
# shellcheck shell=bash

LAB_SOUND=/run/lab-sound

# Starts a program of the session; a file with its name holds its pid.
sound_start() {
	XDG_RUNTIME_DIR=$LAB_SOUND DBUS_SESSION_BUS_ADDRESS=unix:path=$LAB_SOUND/bus \
		setsid "$@" </dev/null >>"$LAB_SOUND/log" 2>&1 &
	echo $! >"$LAB_SOUND/$1.pid"
	disown
}

sound_pid() { cat "$LAB_SOUND/$1.pid"; }

# Does the program have the card's node with this name open?
sound_has() {
	local program=$1 start=$2 path fd

	for path in "$(pci_dir "$GPU_AUDIO")"/sound/card*/"$start"*; do
		[ -e "$path/dev" ] || continue
		for fd in "/proc/$(sound_pid "$program")"/fd/*; do
			[ "$fd" -ef "/dev/snd/${path##*/}" ] && return
		done
	done
	return 1
}

sound_is_installed() {
	local program

	for program in dbus-daemon pipewire wireplumber wpctl pw-play; do
		command -v "$program" >/dev/null || return
	done
}

sound_session() {
	sound_is_installed ||
		skip "PipeWire and WirePlumber are not installed"
	rm -rf "$LAB_SOUND"
	mkdir -m 700 "$LAB_SOUND"
	# WirePlumber exits if it cannot watch for sessions.
	mkdir -p /run/systemd/seats /run/systemd/sessions /run/systemd/users /run/systemd/machines
	sound_start dbus-daemon --session --nofork --nopidfile "--address=unix:path=$LAB_SOUND/bus"
	wait_for 20 test -S "$LAB_SOUND/bus" || fail "no bus: $(tail -n 1 "$LAB_SOUND/log")"
	sound_start pipewire
	wait_for 20 test -S "$LAB_SOUND/pipewire-0" || fail "no PipeWire: $(tail -n 1 "$LAB_SOUND/log")"
	sound_start wireplumber
	wait_for 40 sound_has wireplumber controlC ||
		fail "WirePlumber does not see the card: $(tail -n 1 "$LAB_SOUND/log")"
}

# Is there an output to play to?  Without one, some players exit at once.
sound_has_sink() {
	XDG_RUNTIME_DIR=$LAB_SOUND timeout "$((20 * LAB_FACTOR))" wpctl inspect @DEFAULT_AUDIO_SINK@ >/dev/null 2>&1
}

# What is played: a minute of silence, 48 kHz, two channels of 16 bits.
sound_file() {
	perl -e 'my $n = 48000 * 4 * 60; print pack("A4VA4A4VvvVVvvA4V", "RIFF", 36 + $n, "WAVE", "fmt ",
		16, 1, 2, 48000, 192000, 4, 16, "data", $n), "\0" x $n' >"$LAB_SOUND/silence.wav"
}

sound_end() {
	local file

	for file in "$LAB_SOUND"/*.pid; do
		[ ! -e "$file" ] || kill -KILL "$(cat "$file")" 2>/dev/null
	done
	rm -rf "$LAB_SOUND" /run/systemd/seats /run/systemd/sessions /run/systemd/users \
		/run/systemd/machines
}

# It has the card's control node open, as on every desktop, closes it when the card goes, and opens
# it again when the card is back.
hazard sound_idle "$GPU_AUDIO" holders-free "a desktop's PipeWire and WirePlumber, silent" harmless
sound_idle_make() {
	sound_session
	# A new card is played on for some seconds.
	wait_for 30 sound_is_silent
}
sound_is_silent() { ! sound_has pipewire pcmC && ! sound_has wireplumber pcmC; }
sound_idle_alive() { sound_has wireplumber controlC; }
sound_idle_undo() { sound_end; }

hazard sound_plays "$GPU_AUDIO" holders-free "a desktop's PipeWire, playing" severe
sound_plays_make() {
	sound_session
	sound_file
	wait_for 30 sound_has_sink || fail "no sink: $(tail -n 1 "$LAB_SOUND/log")"
	sound_start pw-play "$LAB_SOUND/silence.wav"
	wait_for 30 sound_has pipewire pcmC || fail "it does not play: $(tail -n 1 "$LAB_SOUND/log")"
}
sound_plays_remedy() { echo "kill $(sound_pid pipewire)"; }
sound_plays_harm() { sound_has pipewire pcmC || echo "its playback is cut off"; }
sound_plays_undo() { sound_end; }
