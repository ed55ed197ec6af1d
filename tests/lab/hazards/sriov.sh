# SPDX-License-Identifier: GPL-2.0-or-later
# sriov.sh - physical functions of which a guest has a virtual function.
# shellcheck shell=bash

# vf_make PF VF: hazard-owner runs with the first virtual function
vf_make() {
	local pf=$1 vf=$2

	[ "$(cat "$(pci_dir "$pf")/sriov_numvfs")" = 1 ] || echo 1 >"$(pci_dir "$pf")/sriov_numvfs" || return 1
	udevadm settle
	guest_define hazard-owner "$(pci_hostdev "$vf" yes)"
	timeout -k 5 "$((60 * LAB_FACTOR))" virsh start hazard-owner
}

# vf_harm PF ID: what QEMU's monitor shows of the other guest, and what became of PF
vf_harm() {
	if ! guest_is hazard-owner running; then
		echo "the other guest has ended"
	elif ! virsh qemu-monitor-command hazard-owner --hmp 'info pci' | grep -qi "$2"; then
		echo "the other guest's device is gone"
	elif [ "$(driver_of "$1")" = none ]; then
		echo "it has no driver: neither the host nor a guest can use it"
	fi
}

# Without its driver, the physical function cannot remove its virtual functions.
vf_undo() {
	timeout -k 5 "$((60 * LAB_FACTOR))" virsh destroy hazard-owner
	virsh undefine hazard-owner
	case $(driver_of "$1") in none|vfio-pci) off_vfio "$1" ;; esac
	echo 0 >"$(pci_dir "$1")/sriov_numvfs"
}

vf_remedy() {
	echo "virsh destroy hazard-owner"
	echo "echo 0 > /sys/bus/pci/devices/$1/sriov_numvfs"
}

hazard vf_nvme "$NVME_PF" children-free "another running guest has its virtual function, an NVMe controller"
vf_nvme_make() { vf_make "$NVME_PF" "$NVME_VF"; }
vf_nvme_remedy() { vf_remedy "$NVME_PF"; }
vf_nvme_harm() { vf_harm "$NVME_PF" 1b36:0010; }
vf_nvme_sum() { node_sum "$(disk_node "$NVME_PF")"; }
vf_nvme_undo() { vf_undo "$NVME_PF"; }

hazard vf_network "$IGB" children-free "another running guest has its virtual function, a network card" stack=debian13,backports severe
vf_network_make() { vf_make "$IGB" "$IGB_VF"; }
vf_network_remedy() { vf_remedy "$IGB"; }
vf_network_harm() { vf_harm "$IGB" 8086:10ca; }
vf_network_undo() { vf_undo "$IGB"; }
