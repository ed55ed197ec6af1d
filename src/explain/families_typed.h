/* SPDX-License-Identifier: GPL-2.0-or-later */
/* families_typed.h - which words do people use for devices, guests and hosts?  Of the tables of sentences alone. */
#pragma once

#include "explain/families.h"

#define GPU "gpu|gpus|egpu|igpu|dgpu|graphics|vga|nvidia|nouveau|amdgpu|geforce|rtx*|gtx*|quadro|radeon|rx|vega*|navi*"
#define NET "nic|nics|network card|network cards|network adapter|ethernet|lan|wifi|wi-fi|wlan|connectx*"
#define DISK "nvme|ssd|ssds|disk|disks|drive|drives|m.2|hdd|sata|hba"
#define SOUND "sound|audio|speaker*|microphone|mic|hdmi audio|headphone*"
#define VGPU "vgpu|vgpus|mdev|mdevs|mdevctl|mediated|gvt*|grid|mig"
#define KUBE "pod|pods|daemonset|operator|plugin|kubevirt|kubectl|kubernetes|k8s|k3s|openshift|harvester|vmi|vmis|"\
	"node state*|webhook"
#define SCRIPT "script|scripts|hook|hooks|virsh|virt-manager|libvirtd|virtqemud|libvirt"
#define USB "usb|keyboard|mouse|dongle|webcam|headset|bluetooth|gamepad|stick|receiver"
#define VF "vf|vfs|virtual function*|sr-iov|sriov"
#define DEVICE GPU "|" NET "|" DISK "|" VF "|card|cards|device|devices|pci|pcie|passthrough|hostdev*|" \
	"adapter|controller|thunderbolt|capture card|tpu|coral|passed through"
#define GUEST "guest|guests|vm|vms|virtual machine*|windows|win10|win11|macos|pfsense|opnsense|" \
	"domain"
#define HOST "host|hosts|machine|pc|computer|server|system|whole"
#define SCREEN "screen|screens|monitor|monitors|display|displays|video|output|signal|picture|image|" \
	"hdmi|displayport"

#define BACK "come back|comes back|coming back|came back|give back|given back|gives back|get back|" \
	"got back|return|returns|returned|back to the host|back to host|back to linux|gpu back|card back|" \
	"device back|rebind*|re-bind*|reattach*"
#define GUEST_LOG "/var/log/libvirt/qemu/{guest}.log"

#define TYPED(name, about, complaint, where, ...) \
	{ { about, complaint, where }, { "general-typed-" name, HD_SPEAKER_TOOL, { NULL }, __VA_ARGS__, \
					 HD_MESSAGE_GENERAL } }
#define CHECKS(...) { __VA_ARGS__ }
