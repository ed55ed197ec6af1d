# SPDX-License-Identifier: GPL-2.0-or-later
# Twelve starts at once on a daemon with two workers: all succeed, none waits forever.
# config: iommu
# cpus: 2
# stack: debian12 debian13 backports
# usual: debian13
# limit: 700
# shellcheck shell=bash disable=SC2034 # the library reads METADATA and TOOK

cat >>/etc/libvirt/libvirtd.conf <<'END'
min_workers = 1
max_workers = 2
END
daemon_end TERM
daemon_start || fail "libvirtd does not answer with two workers"
echo 2 >"$(pci_dir "$NVME_PF")/sriov_numvfs"
udevadm settle --timeout=30
wanted=("$NVME_A" "$NVME_B" "$NVME_VF" "${NVME_VF%1}2" "$GPU" "$SERIAL" "$BRIDGE_DEV_1")
for i in 0 1 2 3 4 5 6 7 8 9 10 11; do
	addr=${wanted[$i]-}
	guest_define "g$i" "${addr:+$(pci_hostdev "$addr" no)}"
done

begin=$SECONDS pids=()
for i in 0 1 2 3 4 5 6 7 8 9 10 11; do
	# Paused: twelve firmwares at once would only measure the emulator.
	timeout -k 5 "$((500 * LAB_FACTOR))" virsh start --paused "g$i" >"$WORK/start-g$i" 2>&1 &
	pids+=($!)
done
wait "${pids[@]}"
TOOK=$((SECONDS - begin))
note "twelve starts took ${TOOK}s"
cat "$WORK"/start-g*
for i in 0 1 2 3 4 5 6 7 8 9 10 11; do
	[ "$(guest_state "g$i")" = paused ] ||
		fail "guest g$i is '$(guest_state "g$i")': $(tr '\n' ' ' <"$WORK/start-g$i" | tail -c 220)"
done
assert_took_less 480
for addr in "${wanted[@]}"; do
	assert_driver "$addr" vfio-pci
done

for i in 0 1 2 3 4 5 6 7 8 9 10 11; do
	timeout -k 5 "$((120 * LAB_FACTOR))" virsh destroy "g$i" >>"$WORK/stop" 2>&1 &
done
wait
echo 0 >"$(pci_dir "$NVME_PF")/sriov_numvfs"
assert_drivers_as_before
