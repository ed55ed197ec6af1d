/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * messages_security.c - what AppArmor and SELinux forbid to QEMU, libvirt and what they run.  The
 * lines are those of the kernel's audit (security/apparmor/audit.c, security/selinux/avc.c).
 */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_security[] = {
	{
		"apparmor-guest-harmless", HD_SPEAKER_KERNEL,
		{ "apparmor=\"DENIED\" operation=\"{word:operation}\"{text:rest}profile=\"libvirt-{word:owner}\" "
		  "name=\"/proc/sys/dev/i915/perf_stream_paranoid\"",
		  "apparmor=\"DENIED\" operation=\"{word:operation}\"{text:rest}profile=\"libvirt-{word:owner}\" "
		  "name=\"/proc/{number:pid}/cmdline\"" },
		"a library of QEMU wanted to read a file that the guest's AppArmor profile does not "
		"list; QEMU runs on without it",
		"nothing to do; a rule for that file in "
		"/etc/apparmor.d/local/abstractions/libvirt-qemu silences it",
		{ NULL }, HD_MESSAGE_HARMLESS,
	},
	{
		/* a profile in complain mode */
		"apparmor-complains", HD_SPEAKER_KERNEL,
		{ "apparmor=\"ALLOWED\" operation=\"{word:operation}\"{text:rest}profile=\"{text:profile}\" "
		  "name=\"{text:path}\" pid={number:pid}",
		  "apparmor=\"ALLOWED\"" },
		"the AppArmor profile is in complain mode: this was reported and not blocked",
		"nothing to do; aa-enforce PROFILE turns that mode off",
		{ NULL }, HD_MESSAGE_HARMLESS,
	},
	{
		"apparmor-guest-vfio", HD_SPEAKER_KERNEL,
		{ "profile=\"libvirt-{word:owner}\" name=\"/dev/vfio/{word:node}\"",
		  "profile=\"libvirt-{word:owner}\" name=\"/dev/iommu\"" },
		"the guest's AppArmor profile does not let QEMU open the VFIO node ({denial}): libvirt adds the "
		"rule only for devices that are in the guest's XML as <hostdev>, not for those in "
		"<qemu:commandline>",
		"pass the device as <hostdev> (hostdevctl xml writes it); else add '/dev/vfio/* rw,' to "
		"/etc/apparmor.d/local/abstractions/libvirt-qemu and start the guest again",
		{ "vfio-node" }, HD_MESSAGE_EVENT,
	},
	{
		"apparmor-guest-usb", HD_SPEAKER_KERNEL,
		{ "profile=\"libvirt-{word:owner}\" name=\"/dev/bus/usb/{text:node}\"" },
		"the guest's AppArmor profile does not let QEMU open that USB device: it is not in "
		"the guest's XML, or got another number since the start",
		"pass it as <hostdev> by vendor and product: hostdevctl xml usb:PORT",
		{ "usb-present", "usb-free" }, HD_MESSAGE_EVENT,
	},
	{
		"apparmor-guest-system-file", HD_SPEAKER_KERNEL,
		{ "profile=\"libvirt-{word:owner}\" name=\"/sys/{text:rest}\"",
		  "profile=\"libvirt-{word:owner}\" name=\"/proc/{text:rest}\"",
		  "profile=\"libvirt-{word:owner}\" name=\"/run/{text:rest}\"",
		  "profile=\"libvirt-{word:owner}\" name=\"/etc/{text:rest}\"" },
		"QEMU or a library of it asked for a file of the system that the guest's AppArmor profile does not "
		"list: {denial}. Most of these files are optional, and the guest runs on without them",
		"if the guest works, nothing; if it does not start, add '{path} r,' (rw if w was asked for) to "
		"/etc/apparmor.d/local/abstractions/libvirt-qemu and start it again: it fails as before: the cause "
		"is elsewhere",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* src/security/virt-aa-helper.c makes the rules from the XML */
		"apparmor-guest-denied", HD_SPEAKER_KERNEL,
		{ "profile=\"libvirt-{word:owner}\" name=\"{text:path}\"" },
		"the AppArmor profile of guest {owner} does not let QEMU use {path}: libvirt's helper "
		"makes rules only for files in the guest's XML, and not for all directories",
		"move the file (disk image, ROM) below /var/lib/libvirt/images or /usr/share, or add "
		"'{path} rwk,' (r for a ROM) to /etc/apparmor.d/local/abstractions/libvirt-qemu; "
		"then start the guest again",
		{ "rom-file" }, HD_MESSAGE_CERTAIN,
	},
	{
		"apparmor-libvirtd-ptrace", HD_SPEAKER_KERNEL,
		{ "operation=\"ptrace\"{text:rest}profile=\"/usr/sbin/libvirtd\"",
		  "operation=\"ptrace\"{text:rest}profile=\"libvirtd\"",
		  "operation=\"ptrace\"{text:rest}profile=\"virtqemud\"" },
		"AppArmor does not let libvirt's daemon look at the process of its client, as when "
		"the client is a snap; devices are not affected",
		"allow 'ptrace (read,trace) peer=PROFILE,' with the name after peer= in "
		"/etc/apparmor.d/local/usr.sbin.libvirtd, then systemctl reload apparmor",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		"apparmor-libvirtd-denied", HD_SPEAKER_KERNEL,
		{ "profile=\"/usr/sbin/libvirtd\" name=\"{text:path}\"", "profile=\"libvirtd\" name=\"{text:path}\"",
		  "profile=\"virtqemud\" name=\"{text:path}\"",
		  "profile=\"libvirtd//qemu_bridge_helper\" name=\"{text:path}\"" },
		"the AppArmor profile of libvirt's daemon does not allow {path}: a hook, a helper or "
		"a driver's file outside what the profile lists",
		"add a rule for {path} to /etc/apparmor.d/local/usr.sbin.libvirtd (or "
		"usr.sbin.virtqemud), then systemctl reload apparmor",
		{ "unit-hardening" }, HD_MESSAGE_CERTAIN,
	},
	{
		"apparmor-snap", HD_SPEAKER_KERNEL,
		{ "profile=\"snap.{word:snap}\" name=\"{text:path}\"",
		  /* where a mail broke the line before the profile */
		  "apparmor=\"DENIED\" operation=\"{word:operation}\"{text:rest}profile=\"snap.{word:snap}\" "
		  "name=\"{text:path}\"" },
		"the AppArmor profile of the snap {snap}, in which this libvirt or QEMU runs, does "
		"not allow {path}",
		"update the snap and connect its interfaces (snap connections); a rule can be added to "
		"/var/lib/snapd/apparmor/profiles, until the next update",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		"apparmor-helper", HD_SPEAKER_KERNEL,
		{ "profile=\"virt-aa-helper\" name=\"{text:path}\"",
		  "profile=\"/usr/lib/libvirt/virt-aa-helper\" name=\"{text:path}\"" },
		"libvirt's helper, which makes the guest's AppArmor profile, may not look at {path}; "
		"the guest's profile then lacks what it needs from there",
		"add '{path} r,' to /etc/apparmor.d/local/usr.lib.libvirt.virt-aa-helper, then "
		"systemctl reload apparmor",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		/* libvirt src/security/security_apparmor.c */
		"apparmor-no-profile", HD_SPEAKER_LIBVIRT,
		{ "cannot load AppArmor profile 'libvirt-{word:owner}'",
		  "unable to set AppArmor profile 'libvirt-{word:owner}'", "virt-aa-helper: error:" },
		"libvirt could not make or load the guest's AppArmor profile: virt-aa-helper failed "
		"over something in the guest's XML (a path that does not exist or that it refuses), "
		"or apparmor_parser is missing",
		"journalctl -t virt-aa-helper -t libvirtd shows why; check the paths of disks and "
		"ROM files in the XML",
		{ "rom-file" }, HD_MESSAGE_EVENT,
	},
	{
		/* the second is a line of aa-log; a profile of a guest, a daemon or any other program */
		"apparmor-denied", HD_SPEAKER_KERNEL,
		{ "apparmor=\"DENIED\"", "DENIED {word:profile} {word:operation} /{text:rest} comm={word:program} "
		  "requested_mask=" },
		"AppArmor forbade something: {denial}. The profile {profile} has no rule for it; only if that "
		"program fails is it the cause",
		"aa-complain {profile}, then try again: it works: add the rule that is missing to the "
		"profile's file in /etc/apparmor.d/local and reload it (apparmor_parser -r), then aa-enforce "
		"{profile}; it fails as before: the cause is elsewhere",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* kernel/auditsc.c: audit_seccomp(); AUDIT_SECCOMP is 1326 */
		"seccomp-ended", HD_SPEAKER_KERNEL,
		{ "type=SECCOMP msg=audit", "audit: type=1326 " },
		"a sandbox (seccomp) stopped a program at a system call that it does not allow: comm= names the "
		"program, syscall= the call, sig=31 means that it was ended",
		"QEMU: seccomp_sandbox = 0 in /etc/libvirt/qemu.conf for one test: it works: this QEMU or a library "
		"of it needs the call: update QEMU; a service: SystemCallFilter= of its unit; a container: its "
		"seccomp profile; ausyscall with the number names the call",
		{ "unit-hardening" }, HD_MESSAGE_EVENT,
	},
	{
		/* permissive=1: security/selinux/avc.c */
		"selinux-permissive", HD_SPEAKER_KERNEL,
		{ "permissive=1" },
		"SELinux only reports this, and blocked nothing: permissive=1. With enforcing on, {denial}",
		"look elsewhere for the cause of a failure now; before 'setenforce 1', update selinux-policy "
		"or the container's policy, or label the file for guests (restorecon, svirt_image_t; NFS: "
		"setsebool -P virt_use_nfs on); ausearch -c '{program}' --raw | audit2allow -M local makes a rule",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		"selinux-vfio", HD_SPEAKER_KERNEL,
		{ "tcontext=system_u:object_r:vfio_device_t" },
		"SELinux does not let the program use the VFIO node: {denial}. libvirt gives the node of a "
		"<hostdev> the guest's label, so this program is not a guest of libvirt, runs in "
		"a container without such a rule, or is a service whose policy lacks it",
		"a guest: pass the device as <hostdev>; a container: setsebool -P container_use_devices "
		"on; a service: update selinux-policy, until then ausearch -c '{program}' --raw | "
		"audit2allow -M local and semodule -i local.pp",
		{ "vfio-node" }, HD_MESSAGE_EVENT,
	},
	{
		"selinux-usb", HD_SPEAKER_KERNEL,
		{ "tcontext=system_u:object_r:usb_device_t" },
		"SELinux does not let libvirt or QEMU use that USB device: {denial}",
		"setsebool -P virt_use_usb on; update selinux-policy",
		{ "usb-free" }, HD_MESSAGE_EVENT,
	},
	{
		/* github.com/kubevirt/kubevirt issue 2887 */
		"selinux-launcher", HD_SPEAKER_KERNEL,
		{ "scontext=system_u:system_r:virt_launcher.process:{text:level} "
		  "tcontext=system_u:object_r:sysfs_t",
		  "scontext=system_u:system_r:virt_launcher.process" },
		"SELinux does not let libvirt in KubeVirt's launcher do that, such as writing the "
		"configuration space of a device (sysfs_t): {denial}",
		"install the SELinux policy that belongs to this version of KubeVirt on the node, or "
		"update KubeVirt",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		"selinux-network-disk", HD_SPEAKER_KERNEL,
		{ "tcontext=system_u:object_r:nfs_t", "tcontext=system_u:object_r:cifs_t",
		  "tcontext=system_u:object_r:fusefs_t" },
		"SELinux does not let guests use files on a remote or FUSE mount (NFS, SMB) unless a "
		"switch is on: {denial}",
		"nfs_t: setsebool -P virt_use_nfs on; cifs_t: virt_use_samba; fusefs_t: virt_use_fusefs; "
		"then start the guest again",
		{ "rom-file" }, HD_MESSAGE_EVENT,
	},
	{
		"selinux-file-label", HD_SPEAKER_KERNEL,
		{ "tcontext=unconfined_u:object_r:user_home_t", "tcontext=system_u:object_r:default_t",
		  "tcontext=system_u:object_r:mnt_t", "tcontext=unconfined_u:object_r:user_tmp_t" },
		"the file has a label that guests may not use, because of the directory where it is "
		"(home, /mnt, a new top directory, /tmp): {denial}",
		"move it below /var/lib/libvirt/images and restorecon it, or: semanage fcontext -a "
		"-t virt_image_t 'DIRECTORY(/.*)?' and restorecon -R DIRECTORY",
		{ "rom-file" }, HD_MESSAGE_EVENT,
	},
	{
		"selinux-guest-denied", HD_SPEAKER_KERNEL,
		{ "scontext=system_u:system_r:svirt_t:", "scontext=unconfined_u:unconfined_r:svirt_t:",
		  "scontext=system_u:system_r:svirt_tcg_t:", "scontext=unconfined_u:unconfined_r:svirt_tcg_t:" },
		"SELinux does not let the guest's QEMU do that: {denial}. Either the file is not in the guest's "
		"XML, so that libvirt did not label it, or the policy is older than this QEMU or device",
		"a file of the guest: put it into its XML, restorecon -v it; a file below /sys or /proc, or a "
		"node of the kernel: update selinux-policy, until then ausearch -c '{program}' --raw | "
		"audit2allow -M local and semodule -i local.pp; if the guest works, nothing",
		{ "vfio-node" }, HD_MESSAGE_EVENT,
	},
	{
		"selinux-libvirt-denied", HD_SPEAKER_KERNEL,
		{ "scontext=system_u:system_r:virtqemud_t:", "scontext=system_u:system_r:virtd_t:",
		  "scontext=system_u:system_r:virtnodedevd_t:", "scontext=system_u:system_r:virsh" },
		"SELinux does not let libvirt's daemon, or a hook or helper that it runs, do that: {denial}",
		"update selinux-policy (rules for the modular daemons came over several versions); "
		"until then make a rule: ausearch -c '{program}' --raw | audit2allow -M local, then "
		"semodule -i local.pp",
		{ "unit-hardening" }, HD_MESSAGE_EVENT,
	},
	{
		/* setroubleshoot; libvirt runs what is there with the label virt_hook_t */
		"selinux-hook", HD_SPEAKER_KERNEL,
		{ "SELinux is preventing {word:program} from {text:access} access on the file /etc/libvirt/hooks/",
		  "SELinux is preventing {path:program} from {text:access} access on the file /etc/libvirt/hooks/" },
		"SELinux does not let libvirt's daemon run or read its hook script, because the file has a wrong "
		"label, as after a copy from a home directory: {denial}",
		"restorecon -Rv /etc/libvirt/hooks (the label must be virt_hook_t), then start the guest "
		"again; if it is denied still: ausearch -c '{program}' --raw | audit2allow -M local and "
		"semodule -i local.pp",
		{ "hook-answers" }, HD_MESSAGE_EVENT,
	},
	{
		/* setroubleshoot */
		"selinux-denied", HD_SPEAKER_KERNEL,
		{ "SELinux is preventing ", "avc:  denied ", "avc: denied " },
		"SELinux forbade something: {denial}. A file has a wrong label, or the policy does not know that "
		"the program needs it; if the program works, it can do without",
		"setenforce 0 for one test (setenforce 1 afterwards): it works then: restorecon -v the file; if "
		"that changes nothing, update selinux-policy, or make a rule: ausearch -c '{program}' --raw | "
		"audit2allow -M local, then semodule -i local.pp; it fails as before: the cause is elsewhere",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{ .id = NULL },
};
