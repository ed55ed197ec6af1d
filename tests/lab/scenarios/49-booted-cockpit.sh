# SPDX-License-Identifier: GPL-2.0-or-later
# A person at the page in Cockpit, with a browser outside: gives a disk to a guest, which starts and stops,
# takes it back, and is refused a disk that is mounted.
# config: booted
# stack: debian13
# packages: cockpit-ws cockpit-bridge cockpit-system
# limit: 900
# usual: never
# shellcheck shell=bash

port=9091

listens() {
	ss -Hltn "sport = :$port" | grep -q .
}

# Without a log-in: whoever reaches the port is root here.
systemd-run --quiet --unit=lab-cockpit --setenv=HOME=/root --setenv=LC_ALL=C.UTF-8 \
	/usr/lib/cockpit/cockpit-ws --no-tls --port="$port" --local-session=cockpit-bridge ||
	fail "cockpit-ws does not start"
trap 'systemctl stop lab-cockpit.service' EXIT
wait_for 20 listens || fail "cockpit-ws does not listen"
outside=$(forward_port 0 "$port") || fail "QEMU forwards no port"

guest_define g1
sum=$(disk_sum "$NVME_A")
mount_disk "$NVME_B"
visit_page "$outside" $((40 * LAB_FACTOR)) "$NVME_A" "$NVME_B"

assert_guest_state g1 "shut off"
assert_driver "$NVME_A" nvme
assert_disk_sum "$NVME_A" "$sum"
assert_journal_empty
assert_driver "$NVME_B" nvme
umount_disk
assert_drivers_as_before
