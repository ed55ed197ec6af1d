/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_families_refusal.c - does the kind of a manager's reason, or of a failed firmware, decide the answer? */
#include "config.h"

#include <string.h>

#include "explain/explained.h"
#include "explain/families.h"
#include "explain/log_search.h"
#include "explain/subject.h"
#include "tests/support/unit.h"

/* In the words of no collected message; NULL: of none of these tables. */
static const struct {
	const char *line, *id;
} rows[] = {
	{ "failed calling webhook \"frob.kubevirt.io\": x509: certificate signed by unknown authority",
	  "general-cluster-certificate" },
	{ "Error: Get \"https://gizmo:8006/api2/json\": x509: self-signed certificate",
	  "general-certificate" },
	{ "error: Failed to verify peer's certificate", "general-certificate" },
	{ "ssh: frob: Name or service not known", "general-name-not-resolved" },
	{ "dial tcp: lookup frob.gizmo.svc: no such host", "general-name-not-resolved" },
	{ "pods \"virt-launcher-frob\" is forbidden: violates PodSecurity \"restricted:latest\"",
	  "general-kube-pod-forbidden" },
	{ "cannot write frob.qcow2: Disk quota exceeded", "general-file-quota" },
	{ "pods \"virt-launcher-frob\" is forbidden: exceeded quota: gizmo, requested: limits.cpu=9",
	  "general-kube-quota" },
	{ "pods is forbidden: User \"frob\" cannot list resource \"pods\" in API group \"\"", "general-kube-rights" },
	{ "Quota exceeded for cores: Requested 9, but already used 92 of 96 cores (HTTP 403)", "general-cloud-quota" },
	{ "error: Requested operation is not valid: cannot delete inactive domain with 2 snapshots",
	  "general-undefine-with-state" },
	{ "error: operation failed: storage pool 'frob' already exists with uuid 1", "general-exists-storage" },
	{ "storage volume 'frob.qcow2' exists already", "general-exists-storage" },
	{ "error: operation failed: network 'frob' already exists with uuid 1", "general-exists-network" },
	{ "operation failed: domain 'frob' is already defined with uuid 1", "general-exists-guest" },
	{ "unable to create VM 100: config file already exists on node 'pve2'", "general-exists-vmid" },
	{ "error: XML error: Hostdev already exists in the domain configuration", NULL },
	{ "usbip: error: busid 1-4 is already exported", "general-usbip-attached" },
	{ "Error: More than one network exists with the name 'frob'", "general-several-match" },
	{ "Multiple possible networks found, use a Network ID to be more specific", "general-several-match" },
	{ "Error: your query matched more than one result, frob", "general-several-match" },
	{ "webhook \"operator-webhook.sriovnetwork.openshift.io\" denied it: device 1528 is not supported",
	  "general-sriov-nic-unlisted" },
	{ "no interface of node frob is selected: nicSelector does not match", "general-sriov-no-match" },
	{ "only root can change 'hostpci3' of that kind", "general-root-account-only" },
	{ "incus: Failed checking if instance creation allowed: GPU devices are forbidden", "general-incus-project" },
	{ "Error: Invalid devices: Device validation failed for \"frob\": Invalid device option \"gizmo\"",
	  "general-incus-option" },
	{ "nova: Cannot 'stop' instance 1 while it is in task_state powering-on (HTTP 409)", "general-nova-state" },
	{ "Error: Error acquiring the state lock", "general-terraform-lock" },
	{ "clone failed: can't lock file '/var/lock/pve-manager/pve-storage-frob' - got timeout",
	  "general-proxmox-storage-lock" },
	{ "xe: OTHER_OPERATION_IN_PROGRESS: VM, OpaqueRef:1, start", "general-other-operation" },
	{ "the guest cannot be saved: virtiofs devices do not migrate", "general-save-blocked" },
	{ "qemu-kvm: Missing section footer for 0000:00:01.3/frob", "general-saved-state" },
	{ "error: Failed to restore domain from /frob.save", "general-saved-state" },
	{ "org.freedesktop.DBus.Error.UnknownMethod: No such method 'Frob'", "general-peer-older" },
	{ "invalid argument: could not get preferred machine for /usr/bin/frob type=kvm", "general-no-emulator" },
	{ "error: unsupported configuration: frob is not supported by this QEMU binary", "general-build-lacks" },
	{ "error: Cannot check QEMU binary /usr/bin/frob: No such file or directory", NULL },
	{ "ValueError: Namespace Gizmo not available", "general-typelib" },
	{ "ValueError: bad marshal data (unknown type code)", "general-interpreter-module" },
	{ "Compilation failed in require at /usr/share/perl5/PVE/Frob.pm line 3.", "general-interpreter-module" },
	{ "frob: error while loading shared libraries: failed to map segment from shared object",
	  "general-mount-option" },
	{ "level=error: failed to load module nvidia-uvm: frob", "general-nvidia-module-kind" },
	{ "0/3 nodes are available: 1 Insufficient frob.io/x, 2 node(s) had untolerated taint {gizmo: }",
	  "general-kube-no-node" },
	{ "pod frob: CrashLoopBackOff (failed to open the gizmo)", "general-crash-loop-reason" },
	{ "admission webhook \"frob\" denied the request: maxGuest must be larger than guest",
	  "general-kube-number" },
	{ "The host frob did not satisfy internal filter HostDevice", "general-ovirt-filter" },
	{ "machine type of source and destination are different", "general-hosts-differ" },
	{ "multipathd: mpathq: map in use", "general-multipath-used" },
	{ "operation failed: snapshot frob already exists", "general-exists-snapshot" },
	{ "the VM is already running", "general-guest-state" },
	{ "guest agent is not running", NULL },
	{ "unable to execute QEMU command 'cont': invalid run state for resume", "general-guest-needs-reset" },
	{ "volume group \"frob\" has insufficient free space: 8 extents needed", "general-storage-full" },
	{ "Flavor's memory is too small for requested image", "general-flavor-small" },
	{ "nova: PCI alias frob has a device type that is invalid here", "general-nova-alias-mismatch" },
	{ "cyborg: failed to bind ARQ 1 of device profile frob", "general-cyborg" },
	{ "Error: Failed to start device \"frob\": Parent device 'enp9' doesn't exist", "general-incus-device" },
	{ "[EINVAL] attributes.pptdev: frob is in use", "general-truenas-device-taken" },
	{ "there are no hosts with a frob", "general-no-host" },
	{ "Error: Failed to install provider frob/gizmo: timeout", "general-terraform-registry" },
	{ "machine type 'pc-q35-99.0' is not supported", "general-machine-newer" },
	{ "kubelet: failed to load NVML", "general-nvml-missing" },
	{ "exec: \"frob\": executable file not found in $PATH", "general-program-missing" },
	{ "gizmos.frob.io \"x\" already exists (AlreadyExists)", "general-exists-kube" },
	{ "no IP addresses available in range set: 192.0.2.1-192.0.2.9", "general-ipam-full" },
	{ "pvedaemon: authentication failure; user=root@pam", "general-login" },
	{ "MessagingTimeout: Timed out waiting for a reply to message ID 9", "general-nova-messaging" },
	{ "Unable to unpack image: No space left on device", "general-files-full" },
	{ "mdevctl: cannot write create: No space left on device", NULL },
	{ "Error: VM agent isn't currently running", "general-incus-agent" },
	{ "xe: Error code: HOST_OFFLINE", "general-xapi-code" },
	{ "PM: hibernation: image mismatch: frob", "general-hibernation-dropped" },
	{ "frob 0000:03:00.0: no memory region found in BAR 2, error", "general-card-no-window" },
	{ "frob 0000:03:00.0: NVM is in recovery mode", "general-card-recovery" },
	{ "frob 0000:03:00.0: firmware hang detected, device failed", "general-card-firmware" },
	{ "frob 0000:03:00.0: firmware is not responding to commands", "general-card-firmware" },
	{ "mlx5_core 0000:3b:00.0: frob: waiting for FW initialization, timeout", "general-net-card-firmware" },
	{ "i915 0000:00:02.0: GuC firmware initialization failed", NULL },
	{ "arm-smmu-v3 frob: unknown IDR0 value: error", "general-iommu-description" },
};

/* Of a table that is tested here, or of managers' reasons. */
static bool is_of_here(const struct hd_message *answer)
{
	return hd_family_is_in(hd_families_platform, answer) || hd_family_is_of_reason(answer);
}

static void kinds_are_found(void **state)
{
	struct hd_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		const char *reason = hd_subject_reason(rows[i].line, &arena);
		const struct hd_family *found = hd_family_of(rows[i].line, reason);

		if (rows[i].id && (!found || strcmp(found->answer.id, rows[i].id) != 0))
			fail_msg("%s: %s", found ? found->answer.id : "nothing", rows[i].line);
		if (!rows[i].id && found && is_of_here(&found->answer))
			fail_msg("%s takes: %s", found->answer.id, rows[i].line);
	}
	hd_arena_done(&arena);
}

/* Each row of the tables has a line above. */
static void all_are_reached(void **state)
{
	static const struct hd_family *const tables[] = {
		hd_families_refusal, hd_families_release, hd_families_platform,
	};

	(void)state;
	for (size_t k = 0; k < HD_ARRAY_SIZE(tables); k++)
		for (const struct hd_family *row = tables[k]; row->answer.id; row++) {
			size_t n = 0;

			for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
				n += rows[i].id && !strcmp(row->answer.id, rows[i].id);
			if (!n)
				fail_msg("%s has no line", row->answer.id);
		}
}

/* Whoever speaks: a program that no other family knows does not take a kind of reason away. */
static void reasons_are_of_any_speaker(void **state)
{
	struct hd_explanation found;
	struct hd_arena arena = { 0 };

	(void)state;
	hd_explain_question(&found, &arena, "usbip: error: busid 1-4 is already exported");
	assert_int_equal(found.n, 1);
	assert_string_equal(found.items[0].message->id, "general-usbip-attached");
	hd_explain_question(&found, &arena, "Refusing to undefine while domain managed save image exists");
	assert_int_equal(found.n, 1);
	assert_string_equal(found.items[0].message->id, "general-undefine-with-state");
	hd_arena_done(&arena);
}

/* "a|b&c": one word of each list. */
static void lists_are_all_asked(void **state)
{
	(void)state;
	assert_true(hd_family_has_words("the pool exists", "exists|there&pool|volume"));
	assert_true(hd_family_has_words("a volume is there", "exists|there&pool|volume"));
	assert_false(hd_family_has_words("the guest exists", "exists|there&pool|volume"));
	assert_false(hd_family_has_words("a pool of frobs", "exists|there&pool|volume"));
	assert_true(hd_family_has_words("one two three", "on*&two&three"));
	assert_false(hd_family_has_words("one two", "one&two&three"));
	assert_false(hd_family_has_words("", "one"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kinds_are_found), cmocka_unit_test(all_are_reached),
		cmocka_unit_test(reasons_are_of_any_speaker), cmocka_unit_test(lists_are_all_asked),
	};

	return cmocka_run_group_tests_name("families_refusal", tests, NULL, NULL);
}
