# SPDX-License-Identifier: GPL-2.0-or-later
# A running guest gets a USB device again and loses what is unplugged, with the settings that it had;
# "replug" by hand, and what writes its policy; two guests that want one device.  No systemd is here to
# start it: 47 has that.
# config: iommu
# stack: debian12 debian13 backports
# usual: backports
# limit: 400
# shellcheck shell=bash

live() {
	timeout "$((60 * LAB_FACTOR))" virsh dumpxml g1 >"$WORK/xml" || fail "no XML of g1"
}

network() {
	plug plug-net "$1" usb-net && wait_for 20 usb_there "1-$1" || fail "QEMU does not plug"
}

unplug() {
	pull plug-net && wait_for 20 usb_gone "1-$1" || fail "QEMU does not pull"
}

# It starts without the device that its definition names.
replug_guest g1 "<hd:usb replug='yes'/>" "<hostdev mode='subsystem' type='usb'>
<source startupPolicy='optional' guestReset='off'><vendor id='0x0525'/><product id='0xa4a2'/></source>
<alias name='ua-net'/></hostdev>"
guest_start g1
live
assert_text "$WORK/xml" "missing='yes'"

network 5
run hostdevctl replug --event bind 1-5:1
assert_status 0
assert_has g1 1 "QEMU USB Network"
live
assert_no_text "$WORK/xml" "missing='yes'"
assert_text "$WORK/xml" "guestReset='off'"
assert_text "$WORK/xml" "<alias name='ua-net'/>"
run hostdevctl replug --event bind 1-5:2
assert_text "$OUTPUT" "nothing to do"

unplug 5
run hostdevctl replug --event remove 1-5:3
assert_status 0
assert_has g1 0

# Without a policy nothing comes or goes; then by its port, whatever is there.
network 5
run hostdevctl replug g1
assert_status 0
assert_has g1 1
run hostdevctl replug g1 --disable
assert_status 0
unplug 5
run hostdevctl replug --event remove 1-5:4
assert_text "$OUTPUT" "nothing to do"
has_elements g1 1 || fail "the element has gone without a policy"
run hostdevctl replug g1 --enable usb:1-6
assert_status 0
network 6
run hostdevctl replug --event bind 1-6:5
assert_status 0
assert_has g1 1 "QEMU USB Network"
timeout "$((60 * LAB_FACTOR))" virsh dumpxml --inactive g1 >"$WORK/xml"
assert_text "$WORK/xml" 'port="1-6"'

# Two guests want it: neither gets it, and the answer is clear wherever somebody looks.
log_begin
trap log_end EXIT
replug_guest g2 "<hd:usb replug='yes' vendor='0x0525' product='0xa4a2'/>"
guest_start g2
unplug 6
run hostdevctl replug --event remove 1-6:6
assert_status 0
assert_has g1 0
network 6
run hostdevctl replug --event bind 1-6:7
assert_status 1
both="'g1' and 'g2' both want it, so neither gets it"
assert_text "$OUTPUT" "$both"
assert_text "$WORK/syslog" "$both"
run hostdevctl status
assert_text "$OUTPUT" "$both"
run hostdevctl replug g2
assert_status 1
assert_text "$OUTPUT" "$both"
has_elements g1 0 && has_elements g2 0 || fail "g1 has $(elements g1), g2 $(elements g2)"
guest_stop g2
run hostdevctl replug g1
assert_status 0
assert_has g1 1 "QEMU USB Network"

guest_stop g1
unplug 6
run hostdevctl replug --event remove 1-6:8
assert_text "$OUTPUT" "nothing to do"
assert_drivers_as_before
