# SPDX-License-Identifier: GPL-2.0-or-later
# desktop.sh - what is on the screen of a host with a desktop, and who is logged in.
# shellcheck shell=bash

# The colours say in a picture which of both is on the screen.
readonly LOGIN_COLOUR=2040a0 DESKTOP_COLOUR=208040

# Is the picture in FILE whole?
picture_whole() {
	[ -s "$1" ] && perl -e 'open(my $f, "<", $ARGV[0]); binmode $f; read($f, my $h, 64);
		exit !($h =~ /^P6\s(\d+) (\d+)\s255\s/ && -s $f >= $1 * $2 * 3)' "$1"
}

# A picture of the screen, kept as OUT/SCENARIO-NAME.png; prints "COLOUR SHARE" of its most frequent
# colour, in percent of its pixels.
screen() {
	local name file

	name=$(basename "$WORK")-$1 file=$LAB_OUT/$(basename "$WORK")-$1.ppm
	rm -f "$file"
	qmp screendump "{\"filename\": \"out/$name.ppm\"}" >&2
	# What is kept is no earlier than what is judged.
	qmp screendump "{\"filename\": \"out/$name.png\", \"format\": \"png\"}" >&2
	wait_for 20 picture_whole "$file" || { echo "none 0"; return; }
	perl -e 'open(my $f, "<", $ARGV[0]); binmode $f; local $/; my $p = <$f>;
		$p =~ s/^P6\s\d+ \d+\s255\s//; my (%n, $all);
		for (my $i = 0; $i < length($p) - 2; $i += 3 * 101) { $n{substr($p, $i, 3)}++; $all++ }
		my ($c) = sort { $n{$b} <=> $n{$a} } keys %n;
		printf "%s %d\n", unpack("H*", $c), 100 * $n{$c} / $all;' "$file"
	rm -f "$file"
}

screen_is() {
	local colour=$1 name=$2 have

	have=$(screen "$name")
	note "screen $name: $have"
	[ "${have% *}" = "$colour" ] && [ "${have#* }" -gt 90 ]
}

assert_screen() {
	local colour=$1 name=$2

	wait_for 40 screen_is "$colour" "$name" || fail "the screen does not show $colour: $(screen "$name")"
}

# The logind sessions of USER on the seat that have not ended, one a line.
sessions_of() {
	local file

	for file in /run/systemd/sessions/*; do
		[ ! -f "$file" ] || ! grep -qsx "USER=$1" "$file" || ! grep -qsx SEAT=seat0 "$file" ||
			grep -qsx STATE=closing "$file" || echo "${file##*/}"
	done
}

has_session() {
	[ -n "$(sessions_of "$1")" ]
}

# The user is logged in: at a boot the display manager does that, later it has to start again for it.
desktop_up() {
	has_session player || { ! has_session _greetd && systemctl -q is-active greetd.service &&
				wait_for 10 has_session player; } || {
		rm -f /run/greetd*.run
		systemctl restart greetd.service
	}
	wait_for 60 has_session player || fail "player is not logged in: $(loginctl list-sessions --no-legend)"
	assert_active greetd.service
	assert_screen "$DESKTOP_COLOUR" before
}

# The consoles of the framebuffers, one a line.
fb_consoles() {
	local name

	for name in /sys/class/vtconsole/*/name; do
		! grep -q "frame buffer" "$name" || echo "${name%/name}"
	done
}

consoles_bound() {
	local console

	console=$(fb_consoles | head -n 1)
	[ -n "$console" ] && [ "$(cat "$console/bind")" = 1 ]
}

# Runs COMMAND in a terminal inside the session of the desktop, as its user.
in_terminal() {
	rm -f /run/lab-terminal/{status,output}
	printf '%s\n' "$*" >/run/lab-terminal/new
	chmod 666 /run/lab-terminal/new
	mv /run/lab-terminal/new /run/lab-terminal/command
}

# A program outside all sessions that has the card open and does not end by itself.
hold_card() {
	local node

	for node in "$(pci_dir "$GPU")"/drm/card[0-9]*; do node=/dev/dri/${node##*/}; done
	systemd-run -q --unit=lab-holder -p "StandardInput=file:$node" sleep infinity ||
		fail "no program has $node open"
	wait_for 20 systemctl is-active -q lab-holder.service || fail "no program has $node open"
}

release_card() {
	systemctl stop lab-holder.service
}

# All that a host with a desktop is, when nothing is handed over.
desktop_is_back() {
	[ "$(driver_of "$GPU")" = "${DESKTOP_DRIVER:-bochs-drm}" ] &&
		[ "$(driver_of "$GPU_AUDIO")" = snd_hda_intel ] &&
		[ "$(driver_of "$GPU_USB")" = xhci_hcd ] && consoles_bound &&
		systemctl is-active -q greetd.service && somebody_there
}

# The display manager logs the user in again, unless that session ended by itself: then it shows the login.
somebody_there() {
	has_session player || has_session _greetd
}

shows_somebody() {
	local have

	have=$(screen "$1")
	note "screen $1: $have"
	case $have in
	"$LOGIN_COLOUR "*|"$DESKTOP_COLOUR "*) [ "${have#* }" -gt 90 ] && somebody_there ;;
	*) return 1 ;;
	esac
}

# The screen shows a desktop or the login again, the consoles are on the card, nothing is left.
assert_desktop_back() {
	wait_for "${1:-60}" desktop_is_back || fail "the desktop is not back: $GPU on $(driver_of "$GPU"), \
$GPU_AUDIO on $(driver_of "$GPU_AUDIO"), $GPU_USB on $(driver_of "$GPU_USB"), greetd $(systemctl is-active greetd.service), \
consoles $(cat /sys/class/vtconsole/*/bind | tr '\n' ' '), $(loginctl list-sessions --no-legend | tr '\n' ';')"
	wait_for 40 shows_somebody after || fail "the screen does not show the desktop: $(screen after)"
	assert_no_override "$GPU"
	assert_journal_empty
}
