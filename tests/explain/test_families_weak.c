/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_families_weak.c - does what a line names, or is about, say more than who speaks or its error alone? */
#include "config.h"

#include <string.h>

#include "explain/families.h"
#include "explain/subject.h"
#include "tests/support/unit.h"

static const struct {
	const char *line, *id;
} rows[] = {
	/* what an error means for a file, whoever names it */
	{ "frobnicate: /dev/vfio/7: No such file or directory", "general-path-vfio-absent" },
	{ "frobnicate: /dev/vfio/7: Permission denied", "general-path-vfio-denied" },
	{ "frobnicate: /dev/vfio/7: Device or resource busy", "general-path-vfio-taken" },
	{ "frobnicate: /dev/vfio/7: Cannot allocate memory", "general-path-vfio" },
	{ "frobnicate: /dev/bus/usb/001/007: Input/output error", "general-path-usb-taken" },
	{ "frobnicate: /dev/dri/card7: No such file or directory", "general-path-gpu-absent" },
	{ "frobnicate: /dev/dri/card7: Permission denied", "general-path-gpu-denied" },
	{ "frobnicate: /dev/ttyACM7: No such file or directory", "general-path-input-absent" },
	{ "frobnicate: /dev/input/event7: Permission denied", "general-path-input-denied" },
	{ "frobnicate: /dev/snd/pcm7: Device or resource busy", "general-path-input-taken" },
	{ "frobnicate: /dev/hugepages/frob: Cannot allocate memory", "general-path-memory" },
	{ "frobnicate: /sys/bus/pci/drivers/frob: Permission denied", "general-path-driver-denied" },
	{ "frobnicate: /sys/bus/pci/drivers/frob: Invalid argument", "general-path-driver-refused" },
	{ "frobnicate: /sys/devices/pci0000:00/frob: No such file or directory", "general-path-device-absent" },
	{ "frobnicate: /sys/devices/pci0000:00/frob: Read-only file system", "general-path-device-denied" },
	{ "frobnicate: /sys/devices/pci0000:00/frob: Invalid argument", "general-path-device-refused" },
	{ "frobnicate: /sys/class/vtconsole/vtcon7: No such file or directory", "general-path-console" },
	{ "frobnicate: /sys/class/frob: Permission denied", "general-path-sys-denied" },
	{ "frobnicate: /sys/class/frob: No such file or directory", "general-path-sys" },
	{ "frobnicate: /dev/frob: No such device or address", "general-path-node-absent" },
	{ "frobnicate: /dev/frob: Permission denied", "general-path-node-denied" },
	{ "frobnicate: /dev/frob: Input/output error", "general-path-node-refused" },
	{ "frobnicate: /run/frob.sock: No such file or directory", "general-path-socket" },
	{ "frobnicate: /usr/libexec/frob: No such file or directory", "general-path-program-absent" },
	{ "frobnicate: /usr/libexec/frob: Permission denied", "general-path-program-denied" },
	{ "frobnicate: /etc/frob.conf: No such file or directory", "general-path-settings" },
	{ "nova: /var/lib/frob: No such file or directory", "general-path-image-absent" },
	{ "nova: /home/frob/frob: Permission denied", "general-path-image-denied" },
	{ "nova: /var/lib/frob: Input/output error", "general-path-image-refused" },
	{ "frobnicate: /mnt/frob.iso: No such file or directory", "general-path-guest-file-absent" },
	{ "frobnicate: /home/frob/frob.rom: Permission denied", "general-path-guest-file-denied" },
	{ "frobnicate: /srv/frob.raw: Input/output error", "general-path-guest-file-refused" },
	/* other programs have files of their own */
	{ "frobsql: /var/lib/frobsql/frob: No such file or directory", "general-error-missing" },
	{ "sshd: /home/frob/.ssh/authorized_keys: Permission denied", "general-error-denied" },
	{ "error: cannot write cpuset.cpus of frob", "general-cpuset" },
	{ "frobnicate: /sys/bus/pci/devices/0000:01:00.0/iommu_group: No such file or directory",
	  "general-path-no-group" },
	{ "frobnicate: /frob/knob: Read-only file system", "general-path-read-only" },
	{ "frobd: no runtime for 'gizmo', error", "general-runtime-class" },
	{ "Bluetooth: hci0: frob failed", "general-bluetooth" },
	{ "Reset to device, \\Device\\RaidPort7, was issued, error", "general-windows-storage" },
	/* a program's own fault, its release, and what it waits for */
	{ "frobnicate: error: cannot find the IOMMU group of gizmo", "general-no-group" },
	{ "frobd: panicked at gizmo", "general-program-fault" },
	{ "/etc/frob.x:7: undefined variable 'gizmo', error", "general-configuration-name" },
	{ "usage: frob [OPTIONS], error", "general-program-usage" },
	{ "frobd: error: unknown service gizmo", "general-versions-apart" },
	{ "frobd: cannot start, pid file is held", "general-pid-file" },
	{ "error: Failed to connect socket to '/var/run/libvirt/libvirt-sock': Permission denied",
	  "general-libvirt-socket-denied" },
	{ "error: no reply within 30 s by it", "general-service-wait" },
	{ "frobd: cannot dial vsock", "general-agent-wait" },
	{ "frob: failed to save the state of gizmo", "general-save-state" },
	{ "frob: its driver in use is gizmo, error", "general-driver-state" },
	/* a thing decides */
	{ "vfio 4b20d080-1b54-4048-85b3-a6a62d165c01: it failed", "general-mediated" },
	{ "qemu-kvm: frob: it has no requested x-gizmo", "general-requested-feature" },
	{ "frobd: error: device assignment is no gizmo", "general-host-cannot-pass" },
	{ "frob: cannot make mdev 7: No space left on device", "general-instance-room" },
	{ "frob: cannot relocate gizmo", "general-bar-moved" },
	{ "frob: cannot set VF VLAN of that: Operation not supported", "general-vf-setting" },
	{ "frob: cannot add it to bridge br7: Operation not supported", "general-bridge-port" },
	{ "frob: /sys/bus/pci/drivers/gizmo/new_id: No such file or directory", "general-driver-folder" },
	{ "frob: cannot read /sys/class/mdev_bus/", "general-no-mdev-bus" },
	{ "frob: the device model died", "general-device-model" },
	{ "frob: cannot create hostdevices of that", "general-launcher-devices" },
	{ "FROB_INSUFFICIENT_GIZMO, error", "general-capacity" },
	{ "frob: cannot find gizmo that owns it", "general-stale-object" },
	{ "frob: error: no name for gizmo", "general-device-name" },
	{ "frob: failed to execute gizmo", "general-cannot-execute" },
	{ "Frob BIOS 7: Initializing... error", "general-option-rom" },
	/* what a line is about, where its speaker says nothing */
	{ "nvidia 0000:01:00.0: dma mapping of that, error", "general-about-dma" },
	{ "i915 0000:00:02.0: frob of the gtt, error", "general-about-graphics-memory" },
	{ "nouveau 0000:01:00.0: no usable image, error", "general-about-card-rom" },
	{ "nvidia-vgpu-mgr[7]: error: frob query 7", "general-about-query" },
	{ "amdgpu 0000:01:00.0: guilty frob, error", "general-about-work-hung" },
	{ "igc 0000:01:00.0: mailbox of frob, error", "general-about-vf-parent" },
	{ "qemu-kvm: frob is not aligned, error", "general-about-page-size" },
	{ "nvidia: parameter 'frob', error", "general-about-option" },
	{ "kubelet: error: frob was offered by gizmo", "general-about-resource" },
	{ "libvirtd: error: no coral for frob", "general-about-program-no-device" },
	{ "TASK ERROR: hookscript frob", "general-about-hook" },
	{ "libvirtd: error: the child process of frob ended", "general-about-child" },
	{ "libvirtd: traceback of frob, error", "general-about-manager-fault" },
	{ "usb 1-1: submit of frob error", "general-about-usb-stream" },
	{ "RTNETLINK answers: Operation not supported", "general-about-link-setting" },
	{ "cloud-hypervisor: error: frob", "general-about-other-vmm" },
	/* but not if who speaks and what was tried say more */
	{ "nouveau 0000:01:00.0: cannot load firmware frob /dev/frob: No such file or directory",
	  "general-nvidia-firmware" },
};

static void families_are_found(void **state)
{
	struct hd_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		const char *reason = hd_subject_reason(rows[i].line, &arena);
		const struct hd_family *family = hd_family_of(rows[i].line, reason);

		if (!family || strcmp(family->answer.id, rows[i].id) != 0)
			fail_msg("%s, not %s: %s", family ? family->answer.id : "-", rows[i].id, rows[i].line);
	}
	hd_arena_done(&arena);
}

/* Each row of these tables has a line above. */
static void all_are_reached(void **state)
{
	static const struct hd_family *const tables[] = {
		hd_families_path, hd_families_trouble, hd_families_program, hd_families_object,
	};

	(void)state;
	for (size_t k = 0; k < HD_ARRAY_SIZE(tables); k++)
		for (const struct hd_family *row = tables[k]; row->answer.id; row++) {
			size_t n = 0;

			for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
				n += !strcmp(row->answer.id, rows[i].id);
			if (!n)
				fail_msg("%s has no line", row->answer.id);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(families_are_found), cmocka_unit_test(all_are_reached),
	};

	return cmocka_run_group_tests_name("families_weak", tests, NULL, NULL);
}
