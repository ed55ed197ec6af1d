# SPDX-License-Identifier: GPL-2.0-or-later
# The second of the driver's three modules does not unload, when the desktop has ended and the first is gone: the start
# is refused, and driver, consoles and screen come back.
# config: desktop
# stack: debian13 backports
# usual: never
# limit: 900
# shellcheck shell=bash

readonly KEPT=/sys/module/nvidia_modeset/parameters/kept

trap 'echo 0 >"$KEPT"; nvidia_down' EXIT
nvidia_up
handover_guest
# What the kernel itself has a count on is seen by nobody beforehand.
echo 1 >"$KEPT"
run virsh start g1
[ "$STATUS" != 0 ] || fail "the card was taken although its driver does not unload"
assert_took_less 110
assert_text "$OUTPUT" nvidia_modeset
assert_guest_state g1 "shut off"
assert_desktop_back
assert_driver "$GPU" nvidia
lsmod | grep -qw nvidia_drm || fail "nvidia_drm was not loaded again"
run hostdevctl handover g1 --report
assert_text "$OUTPUT" nvidia_modeset

echo 0 >"$KEPT"
desktop_up
guest_start g1
assert_handed_over
! lsmod | grep -w nvidia || fail "nvidia is loaded"
guest_stop g1
assert_desktop_back
assert_driver "$GPU" nvidia
