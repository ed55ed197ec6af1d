# SPDX-License-Identifier: GPL-2.0-or-later
# A desktop on a driver that is as hard to part from as NVIDIA's: the start is refused, and the refusal says
# in which order its modules are unloaded; nobody unbinds it meanwhile, for that would wait without limit.
# config: desktop
# stack: debian13 backports
# usual: never
# limit: 600
# shellcheck shell=bash

is_off() { [ "$(driver_of "$GPU")" = none ]; }

trap nvidia_down EXIT
nvidia_up
assert_driver "$GPU" nvidia
consoles_bound || fail "no text console is on the card"
! modprobe -r nvidia || fail "nvidia was unloaded under nvidia_drm"
guest_define g1 "$(pci_hostdev "$GPU" yes)"
guest_refused g1 display-free "$GPU"
assert_text "$OUTPUT" "systemctl stop greetd.service"
assert_text "$OUTPUT" "modprobe -r nvidia_drm nvidia_modeset"
assert_driver "$GPU" nvidia
assert_screen "$DESKTOP_COLOUR" after

# What the driver itself does when it is taken nevertheless.
note "unbound while in use"
systemctl stop greetd.service
loginctl terminate-seat seat0
for console in $(fb_consoles); do echo 0 >"$console/bind"; done
exec {node}<>/dev/nvidia0
wait_for 30 rmmod nvidia_drm || fail "nvidia_drm cannot be unloaded: $(lsmod | grep nvidia)"
(exec {node}<&-; echo "$GPU" >/sys/bus/pci/drivers/nvidia/unbind) &
unbind=$!
sleep 5
grep -q '^State:.D' "/proc/$unbind/status" || fail "to unbind does not wait: $(grep State "/proc/$unbind/status")"
kill -KILL "$unbind"
sleep 2
[ -e "/proc/$unbind" ] || fail "to unbind can be interrupted"
exec {node}<&-
wait_for 20 is_off || fail "the driver does not let go"
for console in $(fb_consoles); do echo 1 >"$console/bind"; done
