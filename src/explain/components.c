/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * components.c - who speaks, and where does it say more?
 *
 * The narrower a component, the earlier its row: what passes devices through something else before that.
 */
#include "config.h"

#include "explain/composed.h"

const struct hd_component hd_components_foreign[] = {
	/* other hypervisors */
	{ "wsl*|hcs*|hyper-v|hyperv|vmms|vmcompute*|dda", "Windows' hypervisor (Hyper-V, WSL)",
	  "in Windows, systeminfo shows whether a hypervisor can run (virtualization on in the firmware; in a guest "
	  "<cpu mode='host-passthrough'/> and nested=1 of the host's kvm module); its events: Event Viewer, "
	  "Hyper-V-VMMS and Hyper-V-Worker" },
	{ "virtualbox|vbox*|verr_*|ns_error*", "VirtualBox",
	  "VBox.log in the machine's folder has the lines before; its modules must fit the kernel (/sbin/vboxconfig); "
	  "USB needs its user in the group vboxusers, a new login, and a USB 2 or 3 controller in the machine; PCI "
	  "devices it cannot pass any more (vboxpci is gone): that takes KVM" },
	{ "esxi|esx|vmkernel*|vsphere|vcenter|vmware*|vmx|pcipassthru*|vmkfstools", "VMware",
	  "vmware.log in the machine's folder and /var/log/vmkernel.log of the host; the card must be marked for "
	  "passthrough there, all memory of the machine reserved, and pciPassthru.use64bitMMIO set for large cards" },
	{ "acrn*", "ACRN", "its console's vm_list and pt, and dmesg of the service VM, have the state of devices" },
	{ "cloud-hypervisor|vcpurun|ch-remote", "cloud-hypervisor",
	  "start it with -v -v: its log has the step; dmesg of the host at that time: kvm and vfio say why" },
	{ "firecracker|crosvm|mvisor|kvmtool|lkvm|stratovirt|dragonball|libkrun|krunvm|muvm", "a small hypervisor",
	  "its own log with the highest level; dmesg of the host at that time: kvm and vfio say why; does the same "
	  "device work with QEMU: then this program does not know it" },
	{ "sev|snp|sev-*|tdx|tdx-*|tdvf|psc|ghcb|rmp*|attestation", "a guest with encrypted memory (SEV, TDX)",
	  "dmesg of host (ccp, kvm) and guest (swiotlb, SEV, TDX) at that time; passed devices reach only "
	  "shared memory "
	  "there: kernel, QEMU and OVMF of one release that has it, and enough swiotlb; without encryption it "
	  "works: it is this" },
	{ "osv|unikraft|nanos|mirage*|unikernel*", "a unikernel",
	  "such systems have drivers for virtio only: give it a virtio device, or a guest with a driver of the card" },
	/* programs and services of their own */
	{ "usbip*|usbipd*|libusbip|vhci*|usbredir*", "USB over the network (USB/IP)",
	  "usbip list -r SERVER must show the device, shared (usbipd bind, with --force where Windows uses it); on the "
	  "client modprobe vhci-hcd of the running kernel, or its driver in Windows (test signing), as root; port 3240 "
	  "open between both; tool and kernel of one age; WSL: wsl --update, wsl --shutdown" },
	{ "virtiofs*|virtio-fs*|vhost-user*|vhostuser*|winfsp|9p|shared folder", "the shared folder (virtiofs, "
	  "vhost-user)",
	  "such devices need the guest's memory shared: <memoryBacking><source type='memfd'/><access "
	  "mode='shared'/>, in "
	  "QEMU memory-backend-memfd with share=on, in cloud-hypervisor --memory shared=on; in a Windows guest "
	  "WinFsp and the service VirtioFsSvc; the daemon's own log beside the guest's" },
	{ "vfio-user*|vfio_user*|libvfio-user|muser", "vfio-user (a device in another process)",
	  "client (QEMU, cloud-hypervisor) and server (SPDK, libvfio-user) must speak one version of the "
	  "protocol: take "
	  "releases that name each other; the server's log at that moment; is its socket there; memory with share=on" },
	{ "sunshine|moonlight|parsec|rustdesk|steam link|virtual display*|display device found|encoder during|"
	  "duplicateoutput*|video capture", "a program that shows the guest's screen over the network",
	  "it needs a display on the very card that encodes: a monitor, a dummy plug, or a virtual display "
	  "driver in the "
	  "guest; other adapters there (QXL, integrated) off in Device Manager; no remote desktop session at "
	  "the same time; the card's driver in the guest first (no exclamation mark), then that program's log" },
	{ "gpu-pv|easy-gpu-pv|enhanced-gpu-pv|partitioned gpu", "Hyper-V's part of a GPU (GPU-PV)",
	  "the guest's driver files must be those of the host (copy them again after each update of it); "
	  "Enhanced Session off, a virtual display in the guest; laptops: choose the card in the script" },
	{ "ffmpeg|libva*|vainfo|vainitialize|nvcuda|libcuda*|cuda driver|cuda error|vkcube|hipcc|whisper|vaapi|"
	  "va-api|libva|opencl|clinfo|vulkan|mesa|egl|glx|nvenc|qsv|jellyfin|plex|frigate|ollama|pytorch|torch|"
	  "intel_gpu_top", "a program that computes or draws on the card",
	  "ls -l /dev/dri and the groups render and video of its user, in the very container or guest; vainfo, "
	  "clinfo or "
	  "nvidia-smi there: fails, too: driver and library first; counters (intel_gpu_top) need CAP_PERFMON" },
	{ "cloudstack|ovirt*|vdsm*|opennebula|onevm|one.d|eucalyptus|kimchi|wok", "the cloud's manager",
	  "the agent's log on that host (/var/log/cloudstack/agent, /var/log/vdsm) at that time, not only the "
	  "manager's; its view is refreshed by discovery: refresh the host's devices after a driver changed" },
	{ "unraid|emhttp*|truenas|middlewared|synology|qnap|openmediavault", "the storage system's manager",
	  "its log (/var/log/syslog, middlewared.log) at that time, and libvirt's qemu log of the guest; devices are "
	  "chosen on its own page (System Devices, Isolated GPU), then it needs a restart" },
	/* user-space drivers and switches */
	{ "spdk*|nvmf*|bdev*|active devices|vmd controller*", "SPDK",
	  "scripts/setup.sh status shows each device's driver; PCI_ALLOWED=\"ADDRESS\" chooses; it leaves disks with "
	  "mounts, partitions or holders to the kernel, because they are in use" },
	{ "vpp|vppctl|vlib*", "VPP",
	  "vppctl show pci and show log; startup.conf, section dpdk: dev ADDRESS; a card without a driver in DPDK goes "
	  "by af-packet or virtio instead" },
	{ "dpdk*|eal|rte_*|mbuf|testpmd|mempool|pmd|igb_uio|uio_pci_generic|devbind*|mlx5_pmd", "DPDK",
	  "dpdk-devbind.py --status shows the drivers, grep -i huge /proc/meminfo free huge pages; with "
	  "--log-level=lib.*:debug it says more; a driver that is a library of its own: -d FILE, or its package" },
	{ "ovs|ovs-*|openvswitch|ovsdb*|ovn*|vswitchd", "Open vSwitch",
	  "ovs-vsctl show and /var/log/openvswitch/ovs-vswitchd.log; names and options of an interface are checked by "
	  "its schema: ovs-vsctl list interface shows what there is" },
	{ "ipam|whereabouts|multus|cni|network-attachment*|net-attach-def*|cmdadd|dhcp daemon", "the pod's "
	  "network plugin",
	  "kubectl describe pod: its events; kubectl logs of the multus, whereabouts and sriov pods of that node, "
	  "journalctl -u kubelet there; kubectl get net-attach-def -o yaml: range, resource and name in it; "
	  "addresses of pods that are gone: kubectl get ippools -A" },
	{ .words = NULL },
};

const struct hd_component hd_components[] = {
	{ "xen|xen*|libxl*|xl|xapi|xcp-ng|qubes*|qvm-*|dom0|domu|xc|libxc|pciback|vmi_error|stubdom*", "Xen",
	  "xl dmesg, and /var/log/xen and /var/log/libxl; xl pci-assignable-list must have the device; outside "
	  "of dom0, or with another hypervisor running, its interfaces are not there" },
	{ "bhyve|bhyve*|ppt*|pci_emul*|vm-bhyve", "bhyve",
	  "pciconf -lv must show ppt for the function (pptdevs in loader.conf), and dmesg an IOMMU (DMAR, IVHD); the "
	  "machine needs wired memory (bhyve -S), less than is free; its bhyve.log has the first error" },
	{ "kata|kata-*|virtcontainers|virtiofsd", "Kata Containers",
	  "journalctl -b -t kata -t containerd with enable_debug in its configuration.toml; cold_plug_vfio or "
	  "hotplug_vfio there, and a guest kernel that has the device's driver" },
	/* clusters */
	{ "gpu operator|gpu-operator|clusterpolicy|nvidia-sandbox*|sandbox-validator|vfio-manager|driver-daemonset|"
	  "vgpu-device-manager|gpu-feature-discovery|nvidia-operator*", "NVIDIA's GPU operator",
	  "kubectl -n gpu-operator get pods -o wide, then logs of the first one that fails, with -c of its init "
	  "container; the node's label nvidia.com/gpu.workload.config: container, vm-passthrough or vm-vgpu" },
	{ "sriovnetwork*|sriov-*|sriovoperator*|sriov operator", "the SR-IOV operator or plugin",
	  "kubectl -n sriov-network-operator get sriovnetworknodestates -o yaml: syncStatus and lastSyncError; logs of "
	  "the config daemon and device plugin of that node" },
	{ "harvester*|pcideviceclaim*|pcidevice*|rancher", "Harvester",
	  "kubectl get pcidevices,pcideviceclaims,usbdevices -o wide, and logs of the pcidevices-controller pod "
	  "of that node; on the node lspci -nnk must show vfio-pci" },
	{ "kubevirt*|virt-launcher|virt-handler|virt-api|virt-controller|vmi|vmis|virtualmachine*|permittedhostdevices",
	  "KubeVirt",
	  "kubectl describe vmi and kubectl logs of its virt-launcher pod (-c compute) and of virt-handler on "
	  "that node; the resource must be in Allocatable of kubectl describe node" },
	{ "kubelet|device plugin|device-plugin|listandwatch|daemonset*|kubectl|kubernetes|k8s|k3s|pod|pods|rke2|talos|"
	  "openshift|iommu map|not a device", "Kubernetes",
	  "kubectl describe of the object, kubectl logs (--previous) of its pod, journalctl -u kubelet of that node; a "
	  "device plugin maps what has vfio-pci and an id of its list: lspci -nnk on the node, then restart its pod" },
	{ "nova*|neutron*|openstack*|placement|cyborg|ironic|devstack", "OpenStack",
	  "nova-compute.log of that host and nova-scheduler.log at that time, by the request's id; [pci] "
	  "device_spec and alias in nova.conf; openstack resource provider inventory list" },
	{ "terraform*|opentofu|pulumi*|vagrant*|ansible*|packer|libvirt_domain*|libvirt_cloudinit*|provider|minikube|"
	  "multipass|talosctl", "an automation tool (Terraform, Vagrant, Ansible)",
	  "what it made or did not make: virsh dumpxml {guest}, virsh net-list --all, and libvirt's error in "
	  "journalctl "
	  "-b -u libvirtd -u virtqemud; the version of its provider or plugin must know each resource and option" },
	/* managers of one host */
	{ "virt-manager|virtmanager|virt-install|cockpit*|virt-viewer|gnome-boxes|gnome boxes|quickemu|quickgui|gir*",
	  "the graphical manager",
	  "started as virt-manager --debug --no-fork it prints the cause; virsh start {guest} gives libvirt's "
	  "own error without it" },
	{ "proxmox*|pve*|qmstart|pvesh|pvedaemon|qm", "Proxmox",
	  "qm config VMID and qm showcmd VMID; journalctl -b -u pvedaemon -u pve-guests; in the task's log the line "
	  "before TASK ERROR" },
	{ "pct|lxc*|lxd|incus", "a system container (LXC, Incus)",
	  "the container's log (lxc-start -n NAME -F -l DEBUG, incus info NAME --show-log); nodes of devices "
	  "must exist on the host before its start, and the container's root must be allowed to use them" },
	{ "docker*|podman|containerd|runc|crun|cdi|nvidia-container*|nvidia-ctk|oci|compose|buildah|dockur|"
	  "devcontainer",
	  "the container's runtime",
	  "the same command on the host without the container: works there: give the node with --device (and "
	  "--group-add, "
	  "--cap-add for what it needs); GPUs: nvidia-ctk cdi list; journalctl -b -u docker -u containerd" },
	{ "looking-glass*|looking glass|kvmfr*|ivshmem*|lgmp|scream|spice*", "Looking Glass or the shared memory",
	  "virsh dumpxml {guest} must have the <shmem> or ivshmem of the same size; dmesg in the guest or on the host, "
	  "wherever kvmfr runs; host and client of one release; the address of the memory must be below the "
	  "CPU's limit in the guest: <maxphysaddr mode='passthrough'/>" },
	/* boot */
	{ "dracut*|mkinitcpio*|update-initramfs*|initramfs*|initrd|mkinitrd|booster", "the tool that builds the "
	  "initramfs",
	  "lsinitramfs or lsinitrd shows whether vfio-pci is in it; modinfo vfio_pci for this very kernel; vfio_virqfd "
	  "is gone since Linux 6.2: leave it out" },
	{ "grub*|grubby|kernelstub|rpm-ostree|systemd-boot|bootctl|refind|limine|efibootmgr|bootloader|boot loader",
	  "the boot loader's tool",
	  "cat /proc/cmdline after the restart shows what was used; hostdevctl setup edits the right file of "
	  "this host" },
	{ "supergfx*|asusctl|envycontrol|optimus*|prime-select|prime-run|switcheroo*|bumblebee|bbswitch|force-igpu",
	  "the laptop's tool for switching graphics",
	  "its status (supergfxctl -g -S, envycontrol -q); log out before a switch; stuck in one mode: its file in "
	  "/etc, from a console or ssh, then restart; only one tool may switch the card" },
	{ "systemd*|systemctl|udev*|modules-load*|journald|logind", "systemd",
	  "systemctl --failed, and journalctl -b -u of the unit that it names" },
	/* kinds of device */
	{ "gvt*|kvmgt|xengt|hwsp", "Intel's GVT-g",
	  "dmesg | grep -i gvt on the host: i915.enable_gvt=1, kernel with CONFIG_DRM_I915_GVT_KVMGT, and a GPU from "
	  "Broadwell to Comet Lake: newer ones have SR-IOV instead; guests need a driver of that age; mdevctl types" },
	{ "nvidia-vgpu*|vgpu*|mdev*|gridd|nvidia-gridd|vgpu_unlock*|mediated", "the vGPU's manager",
	  "journalctl -b -u nvidia-vgpu-mgr -u nvidia-vgpud: the first error of a start; nvidia-smi vgpu and "
	  "mdevctl list; the card must be on the list of the release, or of the script that unlocks it, and host's and "
	  "guest's driver of one branch" },
	{ "nvidia*|nvrm|nvlink*|nouveau|cuda*|nccl|nvml|fabricmanager|nova-core|geforce|quadro|"
	  "tesla", "NVIDIA's driver",
	  "nvidia-smi and dmesg | grep -e NVRM -e Xid where it was printed; in a guest lspci -nnk must have the "
	  "driver, outside of it vfio-pci" },
	{ "amdgpu*|radeon*|rocm*|hip|hsa*|kfd*|rocminfo|vendor-reset*", "AMD's graphics driver",
	  "dmesg | grep amdgpu where it was printed: the first error counts; after a guest had the card it may need a "
	  "full power off" },
	{ "qat*|adf_ctl|usdm*|icp*", "Intel QuickAssist",
	  "adf_ctl status on the host shows the physical functions; VFs that a cluster or guest gets are on "
	  "vfio-pci and not in such lists, as it must be; systemctl status qat, and firmware in /lib/firmware" },
	{ "xdma*|qdma*|xocl|xrt|fpga|xilinx*|alveo|opae|dfl*|vivado", "the FPGA's driver",
	  "lspci -nnk: its id and driver, and -vv its windows; after the FPGA is loaded again: echo 1 > remove, then "
	  "echo 1 > /sys/bus/pci/rescan, while nobody uses it" },
	{ "coral|apex|gasket|edgetpu|tpu|hailo*|npu|xdna|amdxdna|intel_vpu|memryx|tenstorrent|habanalabs|gaudi|ascend",
	  "the accelerator's driver",
	  "ls -l its node (/dev/apex_0, /dev/accel/accel0, /dev/hailo0) and lspci -nnk in the system that uses "
	  "it: passed to a guest, the driver and its firmware belong into the guest, and the host must not have it" },
	{ "sc0710*|dvb*|v4l*|cx23885|capture|decklink|blackmagic|magewell|saa71*|tbsecp3|ddbridge|tuner", "the "
	  "capture card's driver",
	  "v4l2-ctl --list-devices and --query-dv-timings in the system that has the card: a source must send a format "
	  "that it takes; in a guest: MSI must work (/proc/interrupts grows)" },
	{ "mlx4*|mlx5*|mellanox|rdma|infiniband|ibv_*|ofed|mst|mlxconfig|crspace|mstflint|flint|devlink|connectx*",
	  "NVIDIA's (Mellanox) network card",
	  "mst status and mstflint -d ADDRESS q: its firmware answers; through vfio-pci such tools see nothing: do it "
	  "while mlx5_core has the card; devlink health show" },
	{ "iwlwifi|ath9k*|ath1*|mt76*|mt79*|brcm*|rtw*|rtl*|wlan*|wifi|wi-fi|bluetooth|hci0|btusb|wpa_supplicant",
	  "the wireless card's driver",
	  "dmesg of the system that has the card: firmware is the usual cause (linux-firmware); rfkill list; "
	  "does it work "
	  "nevertheless: notes of that kind are harmless; many such cards do not survive a reset: switch the host off "
	  "and on" },
	{ "re0|re1|em0|em1|igb0|igb1|igc0|igc1|ix0|ix1|ixl*|vtnet*|opnsense|pfsense|freebsd|openbsd|netbsd", "a "
	  "BSD guest",
	  "pciconf -lv and dmesg in the guest: its driver of the card; Realtek: the package realtek-re-kmod "
	  "instead of re; "
	  "new cards need a new release; MSI-X trouble: hw.pci.enable_msix=0 in loader.conf; else give it a "
	  "virtio card" },
	{ "ixgbe*|igb*|i40e|iavf|ice|igc|e1000*|bnxt*|bnx2*|r8169|r8125|tg3|atlantic|nic|nics|ethernet|rtnetlink|dhcp",
	  "the network card's driver",
	  "ip -d link, ethtool -i and dmesg of the system that has the card; a virtual function also on the "
	  "host: dmesg of the physical function's driver" },
	{ "mpt2sas*|mpt3sas*|mpt_sas*|megaraid*|hpsa|smartpqi|lsi|hba|sas|sas6g|aacraid|arcmsr|sas2flash|storcli|scsi*",
	  "the disk controller's driver",
	  "lsblk and dmesg in the system that has the controller; its firmware (IT mode) and the driver's list "
	  "of models; what boots from it needs its ROM, all others start faster with <rom bar='off'/>" },
	{ "nvme*|ahci|ata|smartctl|xfs|ext4*|btrfs|zfs|zpool|filesystem|raid*|mdadm|lvm", "the disk's driver or "
	  "file system",
	  "lsblk and journalctl -b -k where it was printed: does the disk still exist there; hostdevctl list "
	  "--tree: was it, or its controller, given to a guest while mounted; check the file system only after that" },
	{ "zigbee*|zha|zh|z2m|ember|ezsp|zwave*|z-wave|ttyusb*|ttyacm*|sonoff|conbee|cc2531|hassio|home assistant|haos",
	  "a radio stick (Zigbee, Z-Wave)",
	  "ls -l /dev/serial/by-id in the guest: use that name; one program only may have it open; a USB 2 port and an "
	  "extension cable away from USB 3; the stick's newest firmware; sent through the guest's own driver: pass "
	  "the USB device by its port, or its controller" },
	{ "evdev|input-linux|/dev/input*|libinput|uinput|event-kbd|event-mouse", "an input device",
	  "ls -lL of the node: its user must be in the group input, and QEMU's user with cgroup_device_acl in "
	  "/etc/libvirt/qemu.conf; the link by-id is steadier than by-path" },
	{ "xhci*|usb|usb*|libusb*|usbfs|ehci*|hid*", "the USB stack",
	  "hostdevctl list usb --long, and journalctl -b -k -f while it happens: disconnects are cable, port or "
	  "power" },
	{ "snd*|alsa|pipewire|pulseaudio|pulse|jack|azalia|audio|sound", "the sound system",
	  "virsh dumpxml {guest}: <audio type=...> and the user whose sound server it is (its XDG_RUNTIME_DIR must be "
	  "readable for QEMU's user); a passed sound function needs its driver in the guest" },
	{ "i915*|xe|intel gpu|igpu|igd|guc|huc", "Intel's graphics driver",
	  "dmesg | grep -e i915 -e 'xe ' where it was printed; firmware in linux-firmware; the guest needs the same "
	  "generation of driver" },
	{ "drm|crtc*|flip_done|xorg|wayland|gdm*|sddm|kwin*|mutter|x11|edid|connector|modeset*", "the display's driver",
	  "journalctl -b -k -g drm where it was printed, and cat /sys/class/drm/card*/status: a monitor must be "
	  "on it; a virtual display that nobody looks at may be late: does the picture come back" },
	/* guests' systems, and what all of them rest on */
	{ "panic(cpu*|macos|mac os|opencore|clover|hackintosh|darwin|osx|kext*", "a macOS guest",
	  "its verbose boot (-v); macOS has drivers for a few AMD cards only, none for newer NVIDIA ones; the "
	  "card's ROM, and boot-args such as agdpmod=pikera" },
	{ "apparmor|selinux|avc|ausearch|setroubleshoot|seccomp", "the kernel's access rules (AppArmor, SELinux)",
	  "journalctl -b -k -g DENIED, ausearch -m avc -ts recent: what was denied to whom" },
	{ "windows|nvlddmkm|bsod|device manager|amdkmdag", "a Windows guest",
	  "Device Manager's code of the device, and Event Viewer, System: hostdevctl explain them" },
	{ "libvirt*|virsh|virtqemud|virtnodedev*|domain", "libvirt",
	  "journalctl -b -u libvirtd -u virtqemud at that time, and /var/log/libvirt/qemu/{guest}.log" },
	{ "vfio*|iommufd", "VFIO",
	  "journalctl -b -k -g vfio, and hostdevctl check of the device" },
	{ "dmar|iommu|amd-vi|smmu|arm-smmu*", "the IOMMU",
	  "journalctl -b -k -g 'DMAR|AMD-Vi|iommu' from the boot's beginning; hostdevctl check tells whether it "
	  "is on" },
	{ "qemu*|kvm*|q35|i440fx|pcie-root-port*|hmp|qmp|tcg|vcpu*|virtio*|vhost*", "QEMU or KVM",
	  "hostdevctl explain --guest {guest} reads its log; dmesg | grep kvm at that time; the same command "
	  "without the device, and with a newer QEMU" },
	{ .words = NULL },
};
