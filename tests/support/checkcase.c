/* SPDX-License-Identifier: GPL-2.0-or-later */
/* checkcase.c - one row per case of a check, on facts that are made by hand. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check/remedy_commands.h"
#include "tests/support/checkcase.h"

static const struct hd_host good_host = {
	.release = "6.1.0-18-amd64",
	.kernel_major = 6,
	.kernel_minor = 1,
	.cmdline = "BOOT_IMAGE=/vmlinuz root=/dev/sda1 ro intel_iommu=on iommu=pt",
	.boot_loader = HD_BOOT_GRUB,
	.cpu_vendor = "GenuineIntel",
	.has_virtualization = true,
	.virtualization = "vmx",
	.has_kvm_node = true,
	.distribution = HD_DISTRO_DEBIAN,
	.machine = "x86_64",
	.has_vfio_node = true,
	.boot_modules = "vfio vfio_pci",
};

static const struct hd_iommu good_iommu = {
	.vendor = HD_IOMMU_INTEL,
	.table = "DMAR",
	.is_active = true,
	.remapping = 1,
	.remapping_evidence = "proc/interrupts has IR-PCI-MSI",
};

static void fill_function(struct hd_pci_facts *pci, unsigned fn, unsigned class,
			  const char *driver)
{
	pci->fn = (struct hd_pci_fn){
		.addr = { .bus = 1, .fn = (uint8_t)fn },
		.is_present = true,
		.vendor = 0x1b36,
		.device = 0x0010,
		.subsystem_vendor = 0x1af4,
		.subsystem_device = 0x1100,
		.class = class,
		.driver = driver,
		.driver_kind = driver ? HD_DRIVER_HOST : HD_DRIVER_NONE,
		.group = 14,
		.has_reset_method_file = true,
		.reset_method = "flr bus",
		.power_state = "D0",
		.sriov_numvfs = -1,
		.sriov_totalvfs = -1,
	};
	if (driver && !strcmp(driver, "vfio-pci"))
		pci->fn.driver_kind = HD_DRIVER_VFIO;
	hd_pci_addr_format(&pci->fn.addr, pci->fn.name);
	pci->vfio_driver = "vfio-pci";
	pci->vfio_driver_state = HD_MODULE_LOADED;
	pci->migration = HD_MIGRATION_YES;
}

struct hd_pci_facts *check_case_add(struct check_case *c, unsigned fn, unsigned class,
				    const char *driver)
{
	struct hd_pci_facts *pci = &c->fns[c->facts.n_fns++];

	fill_function(pci, fn, class, driver);
	c->members[c->groups[0].n_members++] = pci->fn.addr;
	return pci;
}

struct hd_hostdev *check_case_ask(struct check_case *c, unsigned fn)
{
	struct hd_hostdev *dev = &c->hostdevs[c->request.n_hostdevs++];

	*dev = (struct hd_hostdev){
		.kind = HD_DEVICE_PCI,
		.source = HD_SOURCE_HOSTDEV,
		.line = 40,
		.has_addr = true,
		.addr = { .bus = 1, .fn = (uint8_t)fn },
		.vlan = -1,
	};
	for (size_t i = 0; i < c->facts.n_fns; i++)
		if (c->fns[i].fn.addr.fn == fn)
			c->fns[i].is_requested = true;
	return dev;
}

#define UUID "11111111-2222-3333-4444-555555555555"
#define AT "sys/devices/pci0000:00/0000:00:14.0/"

static void make_named(struct check_case *c)
{
	static const struct hd_usb_dev devs[] = {
		{ "1-1", AT "usb1/1-1", 0x0627, 1, 1, 2, 0, "QEMU USB Keyboard", NULL },
		{ "1-2", AT "usb1/1-2", 0x46f4, 1, 1, 3, 0, "QEMU USB HARDDRIVE", "1-0000" },
		{ "usb1", AT "usb1", 0x1d6b, 2, 1, 1, 9, "xHCI Host Controller", NULL },
	};

	memcpy(c->usb_devs, devs, sizeof(devs));
	c->named[0] = (struct hd_hostdev){ .line = 50, .vlan = -1, .usb_vendor = 0x46f4,
					   .usb_product = 1, .mdev_uuid = UUID,
					   .has_scsi = true, .scsi = { 2, 0, 0, 0 } };
	c->usb_matches[0] = &c->usb_devs[1];
	c->usbs[0] = (struct hd_usb_facts){ .hostdev = c->named, .name = "usb 46f4:0001",
					    .matches = c->usb_matches, .n_matches = 1 };
	c->serials[0] = (struct hd_serial_facts){
		.hostdev = c->named, .name = "serial /dev/ttyS1",
		.state = HD_SERIAL_THERE, .tty = "ttyS1", .major = 4, .minor = 65,
	};
	c->mdevs[0] = (struct hd_mdev_facts){
		.hostdev = c->named, .name = "mdev " UUID, .exists = true,
		.device_api = "vfio-pci", .parent = "0000:00:02.0", .type = "i915-GVTg_V5_4",
		.available = 1,
	};
	c->scsis[0] = (struct hd_scsi_facts){
		.hostdev = c->named, .name = "scsi 2:0:0:0", .exists = true,
		.unit = { .path = "sys/devices/pci0000:00/0000:00:05.0/0000:01:00.0/host2/target2:0:0/"
				  "2:0:0:0",
			  .vendor = "HGST", .model = "HUS726T4TAL5204", .driver = "sd", .block = "sda",
			  .generic = "sg0" },
		.has_pci = true, .pci = { .bus = 1 },
	};
	c->facts.usb = (struct hd_usb_list){ c->usb_devs, HD_ARRAY_SIZE(devs) };
	c->inputs[0] = (struct hd_input_dev){
		.event = "event4", .name = "QEMU USB Keyboard", .is_keyboard = true,
		.path = AT "usb1/1-1/1-1:1.0/0003:0627:0001.0001/input/input5/event4",
		.interface = "1-1:1.0", .driver = "usbhid",
	};
	c->facts.inputs = (struct hd_input_list){ c->inputs, 1 };
	c->nodes[0] = (struct hd_node){ .major = 8, .name = "/dev/sda", .is_block = true,
					.subsystem = "block" };
	c->facts.guests.devices = c->devices;
	c->facts.guests.own_devices = c->own_devices;
}

#define BOOT_WORDS "root=/dev/sda1 ro intel_iommu=on iommu=pt"

static void make_memory(struct check_case *c)
{
	c->pools[0] = (struct hd_page_pool){ HD_ALL_NODES, 2048, 1024, 1024, 0, 0 };
	c->pools[1] = (struct hd_page_pool){ 0, 2048, 512, 512, 0, 0 };
	c->pools[2] = (struct hd_page_pool){ 1, 2048, 512, 512, 0, 0 };
	c->numa[0] = (struct hd_numa_node){ .id = 0, .cpus = "0-7" };
	c->numa[1] = (struct hd_numa_node){ .id = 1, .cpus = "8-15" };
	c->facts.memory = (struct hd_memory){ .pools = c->pools, .n_pools = 3,
						.nodes = c->numa, .n_nodes = 2,
						.default_kib = 2048 };
	c->facts.daemon = (struct hd_daemon){ 812, "libvirtd", true, 8u << 20, true, 1700000000 };
	c->request.memory_kib = 1024 * 1024;
	c->request.hugepages = c->pages;
	c->request.cells = c->cells;
	c->request.vcpu_pins = c->pins_of_vcpus;
}

static void make_setup(struct check_case *c)
{
	c->boot[0] = (struct hd_boot_source){ "etc/default/grub", "intel_iommu=on iommu=pt", false };
	c->boot[1] = (struct hd_boot_source){ "boot/grub/grub.cfg", BOOT_WORDS " quiet", true };
	c->hooks[0] = (struct hd_hook_file){
		.path = "etc/libvirt/hooks/qemu.d/50-hostdevctl",
		.target = "/usr/sbin/hostdevctl-hook", .is_ours = true, .is_executable = true,
	};
	c->unit_lines[0] = (struct hd_unit_line){ "lib/systemd/system/libvirtd.service",
						  "Type", "notify" };
	c->setup = (struct hd_setup){
		.boot = c->boot, .n_boot = 2, .has_module_tree = true, .ids = c->ids,
		.memory = c->facts.memory, .daemon = c->facts.daemon, .has_libvirt = true,
		.unit = "libvirtd.service", .unit_lines = c->unit_lines, .n_unit_lines = 1,
		.hooks = c->hooks, .n_hooks = 1, .hooks_changed = 1600000000,
	};
	c->facts.setup = &c->setup;
}

void check_case_make(struct check_case *c)
{
	*c = (struct check_case){ .root = { .fd = -1, .is_live = true } };
	c->facts = (struct hd_facts){
		.root = &c->root,
		.host = good_host,
		.iommu = good_iommu,
		.fns = c->fns,
		.groups = c->groups,
		.n_groups = 1,
		.guests = { .claims = c->claims },
		.roms = c->roms,
	};
	c->groups[0] = (struct hd_iommu_group){
		.id = 14,
		.type = "identity",
		.members = c->members,
		.has_vfio_node = true,
	};
	c->request = (struct hd_request){
		.name = "win11",
		.uuid = "5e5e5e5e-0000-4000-8000-000000000001",
		.type = "kvm",
		.machine = "pc-q35-7.2",
		.hostdevs = c->hostdevs,
		.policy = { .pins = c->pins, .allows = c->allows },
	};
	check_case_add(c, 0, 0x010802, "nvme");
	check_case_ask(c, 0);
	make_named(c);
	make_memory(c);
	make_setup(c);
}

void check_case_add_disk(struct check_case *c, struct hd_storage *storage, const char *use,
			 enum hd_claim_state claim)
{
	c->uses[0] = (struct hd_disk_use){ .chain = "sda -> loop0 -> /mnt", .use = use,
					   .source = "proc/self/mountinfo" };
	c->disks[0] = (struct hd_disk){ .name = "sda", .uses = c->uses, .n_uses = use != NULL,
					.claim = claim, .claim_fd = -1 };
	*storage = (struct hd_storage){ .disks = c->disks, .n_disks = 1 };
}

void check_case_sleep_on(struct check_case *c, struct hd_storage *storage)
{
	check_case_add_disk(c, storage, NULL, HD_CLAIM_HELD);
	c->sleeping[0] = (struct hd_disk_data){ "sda", "an inactive array", "look", "run/udev" };
	c->disks[0].sleeping = c->sleeping;
	c->disks[0].n_sleeping = 1;
}

void check_case_add_network(struct check_case *c, struct hd_network *network, const char *use)
{
	c->netdevs[0] = (struct hd_netdev){ "eth0", true };
	c->net_uses[0] = (struct hd_net_use){ .chain = "eth0", .use = use };
	*network = (struct hd_network){
		.netdevs = c->netdevs, .n_netdevs = 1, .uses = c->net_uses, .n_uses = use != NULL,
		.unknown = use ? NULL : "rtnetlink does not answer",
	};
}

void check_case_use_otherwise(struct check_case *c, struct hd_pci_facts *pci)
{
	struct hd_other_use *use = hd_append(&c->arena, &pci->others, &pci->n_others, sizeof(*use));

	*use = (struct hd_other_use){ .what = "the kernel copies with it", .source = "in_use",
				      .remedy = "stop the array" };
	pci->can_have_others = true;
	pci->fn.driver_kind = HD_DRIVER_HOST;
}

void check_case_hold(struct check_case *c, struct hd_holders *holders, bool is_block)
{
	c->nodes[0].is_block = is_block;
	c->nodes[0].subsystem = is_block ? "block" : "sound";
	c->holders[0] = (struct hd_holder){ .node = c->nodes, .pid = 812, .command = "dd" };
	*holders = (struct hd_holders){ .holders = c->holders, .n = 1 };
}

/* What an element of another kind asks for. */
static void choose_named(struct hd_subject *s, struct check_case *c, enum hd_scope scope)
{
	if (scope == HD_SCOPE_USB)
		s->usb = c->usbs;
	if (scope == HD_SCOPE_SERIAL)
		s->serial = c->serials;
	if (scope == HD_SCOPE_MDEV)
		s->mdev = c->mdevs;
	if (scope == HD_SCOPE_SCSI)
		s->scsi = c->scsis;
	if (s->usb || s->serial || s->mdev || s->scsi)
		s->hostdev = c->named;
}

/* What a check of this scope is run for. */
static void choose(struct hd_subject *s, struct check_case *c, enum hd_scope scope)
{
	if (scope == HD_SCOPE_DEVICE || scope == HD_SCOPE_TAKEN) {
		s->pci = &c->fns[0];
		s->hostdev = hd_request_pci(&c->request, &c->fns[0].fn.addr);
	}
	if (scope == HD_SCOPE_OVERRIDE)
		s->allow = c->allows;
	choose_named(s, c, scope);
}

static void holds_part(const char *what, const char *text, const char *part)
{
	if (part && (!text || !strstr(text, part)))
		fail_msg("%s is \"%s\", without \"%s\"", what, text ? text : "(null)", part);
}

static void run_row(void **state)
{
	const struct check_row *row = *state;
	struct check_case *c = calloc(1, sizeof(*c));
	struct hd_result result = { .severity = row->check->severity,
				     .remedy = row->check->remedy };
	struct hd_finding finding = { .check = row->check };
	struct hd_subject subject;
	enum hd_verdict verdict;

	assert_non_null(c);
	check_case_make(c);
	if (row->change)
		row->change(c);
	subject = (struct hd_subject){ .request = &c->request, .facts = &c->facts,
				       .arena = &c->arena };
	choose(&subject, c, row->check->scope);
	verdict = row->check->run(&subject, &result);
	assert_string_equal(hd_verdict_name(verdict), hd_verdict_name(row->want));
	if (verdict == HD_FAIL || verdict == HD_UNKNOWN) {
		assert_string_equal(hd_severity_name(result.severity),
				    hd_severity_name(row->severity));
		assert_non_null(result.evidence);
		assert_non_null(result.remedy);
	}
	holds_part("evidence", result.evidence, row->evidence);
	finding.remedy = result.remedy;
	hd_remedy_commands(&c->arena, &finding);
	holds_part("remedy", finding.remedy, row->remedy);
	hd_arena_done(&c->arena);
	free(c);
}

int check_rows_run(const struct check_row *rows, size_t n)
{
	struct CMUnitTest *tests = calloc(n, sizeof(*tests));
	char (*names)[160] = calloc(n, sizeof(*names));
	int rc;

	if (!tests || !names)
		return 1;
	for (size_t i = 0; i < n; i++) {
		(void)snprintf(names[i], sizeof(names[i]), "%s: %s", rows[i].check->id,
			       rows[i].name);
		tests[i].name = names[i];
		tests[i].test_func = run_row;
		tests[i].initial_state = (void *)&rows[i];
	}
	rc = _cmocka_run_group_tests("checks", tests, n, NULL, NULL);
	free(names);
	free(tests);
	return rc;
}

int check_case_setup(void **state)
{
	struct check_case *c = calloc(1, sizeof(*c));

	if (!c)
		return -1;
	check_case_make(c);
	*state = c;
	return 0;
}

int check_case_teardown(void **state)
{
	struct check_case *c = *state;

	hd_arena_done(&c->arena);
	free(c);
	return 0;
}

struct hd_findings check_case_run(struct check_case *c)
{
	struct hd_findings found;

	hd_check_run(&found, &c->arena, &c->request, &c->facts);
	return found;
}

const struct hd_finding *check_case_find(const struct hd_findings *found, const char *id,
					 const char *subject)
{
	for (size_t i = 0; i < found->n; i++)
		if (!strcmp(found->items[i].check->id, id) &&
		    !strcmp(found->items[i].subject, subject))
			return &found->items[i];
	return NULL;
}
