# SPDX-License-Identifier: GPL-2.0-or-later
# A driver that must be unloaded, for its unbind waits without limit: unloaded module by module and
# loaded again; and a module of it that another needs.
# config: desktop
# stack: debian13 backports
# usual: never
# limit: 900
# shellcheck shell=bash

trap nvidia_down EXIT
nvidia_up
handover_guest
run hostdevctl plan g1
assert_status 0
for module in nvidia_drm nvidia_modeset nvidia; do assert_text "$OUTPUT" "$module"; done
guest_start g1
assert_handed_over
! lsmod | grep -w nvidia || fail "nvidia is loaded"
guest_stop g1
assert_desktop_back
assert_driver "$GPU" nvidia

note "a module that does not unload"
desktop_up
systemd-run -q --unit=lab-holder -p StandardInput=file:/dev/nvidia0 sleep infinity
wait_for 20 systemctl is-active -q lab-holder.service || fail "nobody has /dev/nvidia0"
session=$(sessions_of player)
run virsh start g1
[ "$STATUS" != 0 ] || fail "the card was taken from a program"
assert_text "$OUTPUT" lab-holder.service
assert_untouched "$session"
! ps -eo stat,args | grep '^D.*hostdevctl' || fail "a process waits without limit"
release_card
