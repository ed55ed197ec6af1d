# SPDX-License-Identifier: GPL-2.0-or-later
# Who follows docs/tour.md, "One graphics card", word by word: each of its commands does what the page says, a start and
# its end included.
# config: desktop
# stack: debian13
# usual: never
# limit: 900
# shellcheck shell=bash

# The page's commands, one a line, with this host's devices.  QEMU's mice have the keyboard's ids; its pen has others.
commands() {
	sed -n '/^## One graphics card$/,/^## [^O]/s/^    # //p' "$LAB_SRC/tour.md" |
		sed "s/01:00\\.0/${GPU#0000:}/; s/usb:046d:c31c/usb:0627:0001/; s/usb:046d:c077/usb:056a:0000/"
}

pen_there() { grep -qsx 056a /sys/bus/usb/devices/*/idVendor; }

desktop_up
plug plug-pen 5 usb-wacom-tablet
wait_for 20 pen_there || fail "no second USB device"
# shellcheck disable=SC2034
USB_MODEL=qemu-xhci
guest_define win11
mapfile -t lines < <(commands)
[ "${#lines[@]}" -ge 5 ] || fail "the page has only ${#lines[@]} commands"
[[ ${lines[0]} = "hostdevctl handover win11 --enable" ]] || fail "the page begins with ${lines[0]}"
for command in "hostdevctl check" "hostdevctl list gpu" "hostdevctl list usb" "${lines[@]}"; do
	# In a terminal, and "y" to what is asked there.
	run script -q -e -c "$command" /dev/null <<<y
	assert_status 0
	case $command in *--rehearse) assert_desktop_back; desktop_up ;; esac
done
assert_text "$OUTPUT" "given back in"

guest_start win11
assert_handed_over win11
guest_stop win11
assert_desktop_back
