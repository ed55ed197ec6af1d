# SPDX-License-Identifier: GPL-2.0-or-later
# The log daemon reads nothing (it is stopped, or waits for its disk): guests start and stop as usual.
# config: iommu
# stack: debian12 debian13 backports
# usual: debian13
# limit: 300
# shellcheck shell=bash

# The socket of a log whose daemon is stopped: bound, full, and not read.
# shellcheck disable=SC2034
full_log() {
	rm -f /dev/log
	perl -MSocket -e 'socket(my $log, AF_UNIX, SOCK_DGRAM, 0); bind($log, sockaddr_un("/dev/log")) or die;
		socket(my $to, AF_UNIX, SOCK_DGRAM | 0x800, 0); connect($to, sockaddr_un("/dev/log")) or die;
		my $sent = 0;
		$sent++ while defined send($to, "x", 0);
		open(my $ready, ">", $ARGV[0]); print $ready $sent; close($ready);
		sleep 10000' "$WORK/sent" &
	LOGGER=$!
	wait_for 10 test -s "$WORK/sent" || fail "no system log"
	! timeout 2 logger -d -u /dev/log full || fail "the log still takes a message"
}
trap log_end EXIT

start_and_stop() {
	guest_define g1 "$(pci_hostdev "$NVME_A" no)" "$(pci_hostdev "$NVME_B" yes)"
	guest_start g1
	started=$TOOK
	guest_stop g1
	stopped=$TOOK
	assert_driver "$NVME_A" nvme
	assert_driver "$NVME_B" nvme
}

start_and_stop
usual=$((started + stopped))
full_log
start_and_stop
note "with a log that is read ${usual}s, without $((started + stopped))s"
[ "$((started + stopped))" -le "$((usual * 3 / 2 + 5 * LAB_FACTOR))" ] ||
	fail "start and stop take $((started + stopped))s, and ${usual}s if the log is read"
assert_journal_empty

# A refusal still says why, and giving back a guest's devices reports the truth.
mount_disk "$NVME_A"
guest_refused g1 storage-free "$NVME_A"
assert_text "$OUTPUT" "umount $LAB_MNT"
umount_disk
hook g1 prepare begin
assert_status 0
assert_driver "$NVME_A" vfio-pci
hook g1 release end
assert_status 0
assert_driver "$NVME_A" nvme
assert_no_text "$OUTPUT" "not given back"

# Messages that must be logged arrive, too.
printf '%s %s auto ro,noauto 0 0\n' "$(disk_of "$NVME_A")" "$LAB_MNT" >>/etc/fstab
METADATA="<hd:hostdevctl xmlns:hd='urn:hostdevctl:guest:1'><hd:allow check='storage-free' subject='$NVME_A'/></hd:hostdevctl>" \
	guest_define g2 "$(pci_hostdev "$NVME_A" no)"
hook g2 prepare begin
sed -i '$d' /etc/fstab
assert_status 0
assert_driver "$NVME_A" vfio-pci
hook g2 release end
assert_status 0
assert_driver "$NVME_A" nvme
run hostdevctl detach "$NVME_A"
assert_status 0
run hostdevctl reattach "$NVME_A"
assert_status 0
assert_drivers_as_before
assert_known_data "$NVME_A"
