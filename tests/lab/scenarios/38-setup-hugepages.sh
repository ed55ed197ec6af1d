# SPDX-License-Identifier: GPL-2.0-or-later
# "setup hugepages": pages of 2 MiB on a node, of a size and for a guest, and at boot; then reverted.
# config: iommu
# stack: debian12 debian13 backports
# usual: debian12
# limit: 300
# shellcheck shell=bash

pool=/sys/devices/system/node/node0/hugepages/hugepages-2048kB/nr_hugepages
[ -e "$pool" ] || pool=/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages
conf=/etc/tmpfiles.d/hostdevctl-hugepages-2048kB.conf
before=$(cat "$pool")

assert_pages() {
	[ "$(cat "$pool")" = "$1" ] || fail "$pool is $(cat "$pool"), not $1"
}

run hostdevctl setup hugepages --apply $((before * 2 + 32))M
assert_status 0
assert_pages $((before + 16))
assert_text "$conf" "$pool - - - - $((before + 16))"

# More than the host can spare.
run hostdevctl setup hugepages 500G
assert_status 1
assert_text "$OUTPUT" "of memory"

guest_xml g1 "" | sed 's|<devices>|<memoryBacking><hugepages/></memoryBacking><devices>|' \
	>"$WORK/g1.xml"
timeout "$((60 * LAB_FACTOR))" virsh define "$WORK/g1.xml" || fail "no guest"
run hostdevctl setup hugepages --apply g1
assert_status 0
[ "$(cat "$pool")" -ge $((before + 32)) ] || fail "$(cat "$pool") pages are too few for 64 MiB"
run hostdevctl setup hugepages --apply g1
assert_status 0
assert_text "$OUTPUT" "nothing to do"

# At boot: systemd-tmpfiles writes what the file says, and only then.
if command -v systemd-tmpfiles >/dev/null; then
	want=$(cat "$pool")
	echo "$before" >"$pool"
	systemd-tmpfiles --create "$conf"
	assert_pages "$before"
	systemd-tmpfiles --create --boot "$conf"
	assert_pages "$want"
fi
run hostdevctl setup --revert
assert_status 0
assert_pages "$before"
[ ! -e "$conf" ] || fail "the file is left"
assert_drivers_as_before
