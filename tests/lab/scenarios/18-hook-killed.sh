# SPDX-License-Identifier: GPL-2.0-or-later
# The hook is killed after each record it writes; recover restores the host every time.
# config: iommu
# stack: debian12 debian13 backports
# usual: debian12
# limit: 300
# shellcheck shell=bash

guest_define g1 "$(pci_hostdev "$NVME_A" no)" "$(pci_hostdev "$GPU" no)"
modprobe vfio-pci
killed=0
for when in 1 2 3 4 5 6 7 8 9 10 11 12 14 16 20; do
	note "killed at record $when"
	timeout -k 5 "$((90 * LAB_FACTOR))" strace -f -qq -o "$WORK/trace" -e trace=fdatasync \
		-e inject=fdatasync:signal=SIGKILL:when="$when" \
		/usr/sbin/hostdevctl-hook g1 prepare begin - <"$WORK/g1.xml" >"$WORK/hook" 2>&1
	status=$?
	note "status $status; $NVME_A on $(driver_of "$NVME_A"), $GPU on $(driver_of "$GPU")"
	cat "$WORK/hook"
	grep -q 'killed by SIGKILL' "$WORK/trace" || break
	killed=$((killed + 1))
	run hostdevctl recover
	assert_status 0
	if grep -q 'may be under way' "$OUTPUT"; then
		# Everything is bound and recorded: libvirt may be going on with the start.  Its
		# release, which it calls for a hook that was killed, gives back.
		assert_driver "$NVME_A" vfio-pci
		hook g1 release end
		assert_status 0
	fi
	assert_drivers_as_before
	assert_no_override "$NVME_A"
	assert_no_override "$GPU"
	assert_no_override "$GPU_AUDIO"
done
[ "$killed" -ge 2 ] || fail "the hook was killed only $killed times: it makes no records with fdatasync"
note "killed $killed times"
run hostdevctl recover
hook g1 release end
assert_status 0
assert_drivers_as_before
assert_known_data "$NVME_A"
