/* SPDX-License-Identifier: GPL-2.0-or-later */
/* messages_domain.c - why libvirt rejects a guest's XML, a name or an operation (libvirt src). */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_domain[] = {
	{
		/* domain_addr.c virDomainPCIAddressReserveAddrInternal */
		"libvirt-double-address", HD_SPEAKER_LIBVIRT,
		{ "Attempted double use of PCI Address {address}", "Attempted double use of PCI Address" },
		"two devices of the guest have the same address on its PCI bus",
		"virsh edit {guest}: remove the <address> of one of them; libvirt then chooses a free "
		"one. For functions of one card give each its function number and multifunction='on' "
		"to function 0",
		{ "guest-topology" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* QEMU hw/pci/pci.c do_pci_register_device */
		"qemu-slot-in-use", HD_SPEAKER_QEMU,
		{ "not available for {word:device}, in use by",
		  "PCI: no slot/function available for {word:device}",
		  "not available for {word:device}, reserved" },
		"the guest's PCI slot for {device} is taken by another of its devices",
		"change the address in the guest's XML or command line, or leave it out",
		{ "guest-topology" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* qemu_domain_address.c qemuDomainAssignPCIAddresses */
		"libvirt-controller-loop", HD_SPEAKER_LIBVIRT,
		{ "PCI controller at index {number:index} ({hex:hexindex}) has bus='{hex:onbus}', but "
		  "index must be larger than bus" },
		"the guest's XML puts PCI controller {index} on a bus with its own number or a "
		"larger one, which is a loop",
		"virsh edit {guest}: remove the controllers' <address> elements, or give each "
		"controller an index larger than its bus",
		{ "guest-topology" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* qemu_domain_address.c, domain_addr.c; QEMU hw/core/qdev.c, hw/pci/pcie.c */
		"libvirt-no-hotplug", HD_SPEAKER_LIBVIRT,
		{ "does not support hotplugging", "unsupported by the port device" },
		"the guest's bus takes no device while the guest runs: on a q35 guest only a "
		"pcie-root-port (or a bridge for conventional devices) does, and not pcie.0",
		"shut the guest down and attach the device with --config, or add some <controller type='pci' "
		"model='pcie-root-port'/> first",
		{ "guest-topology" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* qemu_domainjob.c, virdomainjob.c */
		"libvirt-state-lock", HD_SPEAKER_LIBVIRT,
		{ "cannot acquire state change lock (held by {text:holder})",
		  "cannot acquire state change lock" },
		"another operation on the guest has not ended, and libvirt gave up waiting for it; "
		"while a device is unbound or reset it may wait in the kernel for good",
		"virsh domjobinfo {guest}; ps -eo pid,stat,wchan:30,cmd shows a process in state D: "
		"stop what uses the device; if that does not help, only a restart of the host does",
		{ "driver-release-safe", "holders-free" }, HD_MESSAGE_EVENT,
	},
	{
		/* node_device_driver.c; virsh-nodedev.c */
		"libvirt-no-node-device", HD_SPEAKER_LIBVIRT,
		{ "no node device with matching name '{text:name}'",
		  "Could not find matching device '{text:name}'" },
		"libvirt has no device with the name {name}: the host has none with that address, or "
		"the name is spelled differently (pci_DOMAIN_BUS_SLOT_FUNCTION in hexadecimal, with "
		"underscores)",
		"virsh nodedev-list --cap pci shows the names (pci_0000_01_00_0 for 0000:01:00.0); "
		"hostdevctl takes addresses: hostdevctl list",
		{ "libvirt-finds-devices" }, HD_MESSAGE_EVENT,
	},
	{
		/* virsh, vsh.c */
		"virsh-unknown-command", HD_SPEAKER_TOOL,
		{ "unknown command: 'nodedev-{text:command}'" },
		"a script writes a virsh command wrongly: between the command and the device's name "
		"is a blank and not =",
		"virsh nodedev-detach pci_0000_01_00_0, with underscores instead of : and .",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		/* virpci.c virPCIDeviceConfigOpenInternal */
		"libvirt-config-denied", HD_SPEAKER_LIBVIRT,
		{ "Failed to open config space file '/sys/bus/pci/devices/{address}/config': Permission denied",
		  "Failed to open config space file '/sys/bus/pci/devices/{address}/config': Read-only file system" },
		"libvirt may not open the configuration space of {address}: a container's or a "
		"security module's rule prevents it, or /sys is read-only there",
		"look for denials of SELinux or AppArmor at that time (ausearch -m avc, journalctl "
		"-k); the container must be allowed to write below /sys for that device",
		{ "unit-hardening", "device-present" }, HD_MESSAGE_EVENT,
	},
	{
		"libvirt-config-missing", HD_SPEAKER_LIBVIRT,
		{ "Failed to open config space file '/sys/bus/pci/devices/{address}/config': No such file or "
		  "directory",
		  "Device {address} not found: could not access" },
		"the host has no device at {address}: it was removed, its address changed with another card "
		"or slot, or it is made later (a virtual function)",
		"hostdevctl list shows the addresses; hostdevctl xml with the new one writes the element; a "
		"virtual function must be made before the guest starts: hostdevctl setup vfs",
		{ "device-present", "device-identity" }, HD_MESSAGE_STATE_SEVERAL,
	},
	{
		/* qemu_hotplug.c qemuDomainDetachPrepHostdev */
		"libvirt-not-in-guest", HD_SPEAKER_LIBVIRT,
		{ "host pci device {address} not found", "matching PCI device not found" },
		"the guest does not have {address}, so it cannot be taken from it",
		"virsh dumpxml {guest} shows what it has; hostdevctl status which guest has {address}",
		{ "iommu-group-exclusive" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* virnetsocket.c, virnetclient.c: a client left */
		"libvirt-client-left", HD_SPEAKER_LIBVIRT,
		{ "End of file while reading data: Input/output error" },
		"one end closed its connection: in the daemon's log a client (virsh, virt-manager) that "
		"ended, which harms nothing; from virsh, Terraform or another client: libvirt's daemon ended",
		"nothing to do if the daemon's log has it; if a client printed it, journalctl -b -u libvirtd "
		"-u virtqemud and coredumpctl list show why the daemon ended: restart it, and try again",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* qemu_monitor.c */
		"libvirt-monitor-closed", HD_SPEAKER_LIBVIRT,
		{ "Unable to read from monitor: Connection reset by peer", "End of file from qemu monitor",
		  "End of file while reading from monitor" },
		"QEMU ended, so libvirt lost its connection to it; this line only follows from that",
		"read the line with 'unexpectedly closed the monitor' beside it, or the end of "
		"/var/log/libvirt/qemu/{guest}.log: QEMU's own error is there",
		{ NULL }, HD_MESSAGE_FOLLOWS,
	},
	{
		/* virnetsocket.c virNetSocketNewConnectUNIX */
		"libvirt-daemon-not-running", HD_SPEAKER_LIBVIRT,
		{ "Failed to connect socket to '{path:socket}': No such file or directory",
		  "Failed to connect socket to '{path:socket}': Connection refused" },
		"libvirt's daemon does not run, or its socket is elsewhere (modular daemons: "
		"virtqemud-sock; monolithic: libvirt-sock)",
		"systemctl start virtqemud.socket (modular) or libvirtd.socket (monolithic), and "
		"enable it; not both",
		{ "one-daemon" }, HD_MESSAGE_EVENT,
	},
	{
		/* network_conf.c; a network of virtual functions has none */
		"libvirt-no-bridge", HD_SPEAKER_LIBVIRT,
		{ "network '{text:network}' does not have a bridge name" },
		"the network {network} has no bridge, as a network of virtual functions (forward "
		"mode='hostdev') has none, and a tool asked for it",
		"the network itself is right: update the tool (vagrant-libvirt), or hide that network from it",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		/* bridge_driver.c */
		"libvirt-network-inactive", HD_SPEAKER_LIBVIRT,
		{ "network '{text:network}' is not active",
		  "Network '{text:network}' is not active" },
		"the guest's network {network} is not started",
		"virsh net-start {network}; virsh net-autostart {network}",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		/* virnetdev.c virNetDevGetIndex */
		"libvirt-no-interface", HD_SPEAKER_LIBVIRT,
		{ "Unable to get index for interface {word:interface}: No such device",
		  "Cannot get interface MTU on '{text:interface}': No such device" },
		"the guest is to use the host's interface {interface}, and the host has none of that name: it "
		"was renamed, its device is with a guest or vfio-pci, or it was made after the guest's start",
		"ip link shows the real names; write one into the guest's <source dev=>; if it is there now, "
		"start the guest once more, and at boot after the network",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU block/file-posix.c */
		"qemu-image-locked", HD_SPEAKER_QEMU,
		{ "Is another process using the image [{text:file}]?", "Failed to get \"write\" lock",
		  "Failed to lock byte {number:byte}", "Failed to get shared \"write\" lock" },
		"another QEMU has the guest's disk image open: of another guest, or one that hangs since an "
		"earlier start",
		"fuser -v FILE names the process; virsh list --all and end the other guest; a QEMU "
		"that hangs over a device ends only with the host's restart",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* storage_file, qemu_domain.c */
		"libvirt-no-disk-file", HD_SPEAKER_LIBVIRT,
		{ "Cannot access storage file '{text:file}'" },
		"the guest's disk or ROM file {file} does not exist, or libvirt's user may not reach it",
		"ls -lZ the file; correct the path in the guest's XML, or the rights of its directories",
		{ "rom-file" }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU accel/kvm/kvm-all.c; libvirt qemu_capabilities.c */
		"qemu-no-kvm", HD_SPEAKER_QEMU,
		{ "Could not access KVM kernel module: {text:reason}",
		  "could not find capabilities for domaintype=kvm",
		  "KVM virtualisation configured, but not available",
		  "failed to initialize kvm: {text:reason}" },
		"hardware virtualization cannot be used: it is off in the firmware, the module "
		"kvm_intel or kvm_amd is not loaded, or /dev/kvm may not be opened",
		"enable VT-x or SVM in the firmware; modprobe kvm_intel (or kvm_amd); ls -l /dev/kvm",
		{ "cpu-virtualization", "unit-hardening" }, HD_MESSAGE_EVENT,
	},
	{
		/* util/virerror.c, translated */
		"libvirt-hook-failed-translated", HD_SPEAKER_LIBVIRT,
		{ "LC_ALL=C PATH={text:path}/hooks/qemu {text:guest} {word:operation} {word:suboperation} " },
		"the hook script of {guest} failed at '{operation} {suboperation}' (the message is "
		"in another language). A status of 137 or 143 means that the script was killed, as "
		"when it unloads VFIO modules and hangs",
		"read what follows after the status: it is what the script printed. Remove 'modprobe "
		"-r' of vfio modules from it: libvirt gives devices back by itself; then look at the "
		"kernel's log for what hung",
		{ NULL }, HD_MESSAGE_FOLLOWS,
	},
	{
		/* security_dac.c, security_selinux.c */
		"libvirt-label-failed", HD_SPEAKER_LIBVIRT,
		{ "unable to set security context '{text:label}' on '{text:file}'",
		  "unable to set user and group to '{text:owner}' on '{text:file}'" },
		"libvirt could not give {file} to the guest: its file system has no labels or owners "
		"(NFS, FUSE, read-only), or the daemon's unit or container forbids it",
		"move the file to a local file system, or add <seclabel model='dac' relabel='no'/> "
		"to its <source>; for files below /sys and /dev see unit-hardening",
		{ "unit-hardening" }, HD_MESSAGE_EVENT,
	},
	{
		/* libvirt src/rpc/virnetsocket.c */
		"libvirt-daemon-died", HD_SPEAKER_LIBVIRT,
		{ "Cannot recv data: Connection reset by peer", "Cannot recv data: Broken pipe",
		  "libvirtd quit during handshake", "virtqemud quit during handshake" },
		"libvirt's daemon ended while it worked for you: it crashed, was restarted, or a hook "
		"ended it together with the session",
		"journalctl -u virtqemud -u libvirtd of that time says which; a hook must not stop "
		"libvirt nor the session it was called from; then start the guest again",
		{ "one-daemon", "hook-answers" }, HD_MESSAGE_EVENT,
	},
	{
		/* libvirt src/util/vircommand.c virExec */
		"libvirt-cannot-execute", HD_SPEAKER_LIBVIRT,
		{ "cannot execute binary {path}: Permission denied",
		  "cannot execute binary {path}: Exec format error" },
		"libvirt may not execute {path}: it is not executable, begins with no valid #! line, or "
		"SELinux or AppArmor forbids it",
		"chmod 0755 {path}, owner root, with a first line like #!/bin/sh; restorecon -Rv "
		"/etc/libvirt/hooks; journalctl -k -g DENIED and ausearch -m avc show denials",
		{ "hook-answers" }, HD_MESSAGE_EVENT,
	},
	{
		/* libvirt src/util/virprocess.c virProcessKillPainfullyDelay */
		"libvirt-kill-failed", HD_SPEAKER_LIBVIRT,
		{ "Failed to terminate process {number:pid} with SIGKILL: Device or resource busy",
		  "Failed to terminate process {number:pid} with SIGTERM: Device or resource busy" },
		"QEMU (process {pid}) does not end: it hangs in the kernel, because a device that "
		"it has does not answer, for example in its reset",
		"ps -o stat,wchan:30 {pid}: in state D only the device's answer or a restart of the host "
		"helps; dmesg names the device; do not start another guest with it",
		{ "device-alive", "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU qom, qdev-monitor.c qmp_device_del */
		"libvirt-device-gone", HD_SPEAKER_LIBVIRT,
		{ "unable to execute QEMU command 'device_del': Device {word:device} not found" },
		"QEMU does not have that device any more: the guest has ejected it already, and libvirt "
		"missed it",
		"virsh dumpxml {guest} shows what libvirt thinks; restart libvirt's daemon (guests go on), "
		"so that it asks QEMU again",
		{ "managed-conflict" }, HD_MESSAGE_EVENT,
	},
	{
		/* libvirt src/qemu/qemu_driver.c */
		"libvirt-running-already", HD_SPEAKER_LIBVIRT,
		{ "domain is already running", "domain is already active" },
		"the guest runs already",
		"virsh list shows it; virsh shutdown it first. If nothing of it runs, restart libvirt's "
		"daemon",
		{ "one-daemon" }, HD_MESSAGE_EVENT,
	},
	{
		/* libvirt src/util/virpci.c virPCIDeviceTrySecondaryBusReset */
		"libvirt-bus-shared", HD_SPEAKER_LIBVIRT,
		{ "devices on bus with {address}, not doing bus reset",
		  "could not be reset: no FLR, PM reset or bus reset available" },
		"libvirt cannot reset the device alone: it has no reset of its own (FLR, PM), and others "
		"on its bus are in use",
		"give all devices of that bus to the same guest, or bind them all to vfio-pci, whose "
		"reset covers them; hostdevctl check {address} (reset-works) shows what it has",
		{ "reset-works", "iommu-group-viable" }, HD_MESSAGE_EVENT,
	},
	{
		/* libvirt src/conf/domain_addr.c */
		"libvirt-slot-twice", HD_SPEAKER_LIBVIRT,
		{ "Attempted double use of PCI slot {address}" },
		"two devices of the guest's definition have the same PCI address",
		"virsh edit: remove the <address> of one of them, so that libvirt chooses; functions of "
		"one slot need multifunction='on' at function 0",
		{ "guest-topology", "managed-conflict" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* libvirt src/conf/domain_addr.c virDomainPCIAddressFlagsCompatible */
		"libvirt-wrong-port", HD_SPEAKER_LIBVIRT,
		{ "cannot be plugged into the PCI controller with index='{number:index}'",
		  "is not allowed to be plugged into the PCI controller" },
		"the device stands at a PCI address of the guest that takes no such device: on q35 "
		"devices belong into a pcie-root-port, not into slot 0 of the root",
		"virsh edit: remove the <address> of the device, so that libvirt chooses one and adds a "
		"port",
		{ "guest-topology" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* libvirt src/qemu/qemu_process.c */
		"libvirt-hugepage-folder", HD_SPEAKER_LIBVIRT,
		{ "cannot create directory '/dev/hugepages/libvirt",
		  "Unable to create {path} for hugepages" },
		"libvirt cannot make its folder for huge pages: they are not mounted, or SELinux or "
		"AppArmor forbids it",
		"mount | grep hugetlbfs: systemctl start dev-hugepages.mount, then restart libvirt's "
		"daemon",
		{ "hugepages" }, HD_MESSAGE_EVENT,
	},
	{
		/* libvirt src/conf/virnetworkobj.c */
		"libvirt-network-missing", HD_SPEAKER_LIBVIRT,
		{ "no network with matching name '{text:network}'" },
		"the guest's network {network} is not defined on this host",
		"virsh net-list --all shows the names; install libvirt-daemon-config-network, or virsh "
		"net-define /usr/share/libvirt/networks/default.xml",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		/* libvirt src/conf/domain_conf.c virDomainObjCheckActive */
		"libvirt-domain-not-running", HD_SPEAKER_LIBVIRT,
		{ "Requested operation is not valid: domain is not running" },
		"what was asked for needs a guest that runs, but it is off: it did not start, or has "
		"ended",
		"virsh start it first, or use --config to change its definition only; why it ended is in "
		"/var/log/libvirt/qemu/{guest}.log (hostdevctl explain --guest {guest})",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* virt-manager virtinst/devices/hostdev.py */
		"virt-install-hostdev", HD_SPEAKER_TOOL,
		{ "Unknown address type" },
		"virt-install or virt-xml does not know that host device: its name is not one of "
		"libvirt's node devices",
		"virsh nodedev-list --cap pci (usb_device, mdev) shows the names, such as "
		"pci_0000_01_00_0; a mediated device must be created first",
		{ "device-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* src/util/virmdev.c virMediatedDeviceListMarkDevices */
		"libvirt-mdev-in-use", HD_SPEAKER_LIBVIRT,
		{ "mediated device {text:device} is in use by driver {word:driver}, domain {text:guest}" },
		"another guest ({guest}) has the mediated device",
		"shut down {guest}, or give each guest its own: mdevctl start -u UUID -p PARENT -t TYPE, or "
		"hostdevctl setup mdev",
		{ "mdev-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* src/hypervisor/virhostdev.c virHostdevPrepareSCSIVHostDevices, SCSI */
		"libvirt-scsi-in-use", HD_SPEAKER_LIBVIRT,
		{ "SCSI_host device {word:device} is in use by other domain",
		  "SCSI device {text:device} is already in use by other domain" },
		"another guest has the SCSI unit or vhost target {device}",
		"virsh list, then virsh dumpxml of each shows who has it: stop it or remove it there; a unit "
		"for several guests at once: <shareable/> in the <hostdev> of all of them",
		{ "scsi-free" }, HD_MESSAGE_EVENT,
	},
	{
		/* src/qemu/qemu_hotplug.c qemuDomainDetachPrepHostdev */
		"libvirt-unplug-not-allowed", HD_SPEAKER_LIBVIRT,
		{ "cannot hot unplug {word:kind} device with PCI guest address: {address:slot} - not allowed by "
		  "controller",
		  "device with PCI guest address: {address:slot} - not allowed by controller" },
		"the guest has the device on a slot ({slot}) that allows no hot-plug: bus 0 of a q35 guest "
		"never does, and a port may have it turned off (hotplug='off')",
		"virsh detach-device --config, then shut the guest down and start it; next time give the "
		"device a <controller type='pci' model='pcie-root-port'/> as its bus",
		{ "guest-topology" }, HD_MESSAGE_EVENT,
	},
	{ .id = NULL },
};
