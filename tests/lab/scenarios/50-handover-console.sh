# SPDX-License-Identifier: GPL-2.0-or-later
# A display manager that does not start again, before a console that a crash left in graphics mode: the reason is on the
# screen after recover, and recover brings the desktop back as soon as that can start.
# config: desktop
# stack: debian13 backports
# usual: never
# limit: 400
# shellcheck shell=bash

readonly BROKEN=/run/systemd/system/greetd.service.d/broken.conf

# KDSETMODE and KDGETMODE of the console in the foreground.
console_mode() {
	perl -e 'open(my $f, "+<", "/dev/tty0") || die; my $mode = pack("i", 0);
		ioctl($f, 0x4B3A, $ARGV[0] + 0) || die $! if @ARGV;
		ioctl($f, 0x4B3B, $mode) || die $!; print unpack("i", $mode), "\n"' "$@"
}

recover_fails() {
	run hostdevctl recover
	[ "$STATUS" = 4 ]
}

desktop_up
handover_guest
guest_start g1
assert_handed_over
mkdir -p "${BROKEN%/*}"
printf '[Service]\nExecStartPre=/bin/false\n' >"$BROKEN"
systemctl daemon-reload
[ "$(console_mode 1)" = 1 ] || fail "the console is not in graphics mode"
run virsh destroy g1
assert_driver "$GPU" bochs-drm
consoles_bound || fail "the text consoles are off"
note "after the guest: mode $(console_mode) of $(cat /sys/class/tty/tty0/active)"
# Not within a minute of the start.
wait_for 90 recover_fails || fail "recover does not say that greetd.service is not back"
[ "$(console_mode)" = 0 ] || fail "the console is still in graphics mode"
grep -qa "greetd.service" /dev/vcs || fail "the screen does not say what is not back: $(tr -s ' \0' ' ' </dev/vcs)"
grep -qa "hostdevctl recover" /dev/vcs || fail "the screen does not say what to do"
note "screen console: $(screen console)"

rm "$BROKEN"
systemctl daemon-reload
systemctl reset-failed greetd.service
run hostdevctl recover
assert_status 0
assert_desktop_back
