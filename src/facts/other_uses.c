/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * other_uses.c - what in the kernel uses a function that has no disk, interface or open node of it?
 *
 * A reader for each kind of device whose users are in the kernel: each counts them in a file
 * of its own.  What no reader knows is said, and counts as used.
 */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "facts/facts_internal.h"
#include "facts/pci/virtio.h"

#define RNG "sys/class/misc/hw_random/rng_current"
#define VSOCK "sys/module/vmw_vsock_virtio_transport/refcnt"
#define CRYPTO "proc/crypto"
#define CLASS_CXL_MEMORY 0x0502u	/* CXL 3.1, 8.1.12.1 */
#define MAX_NAME 64

struct looking {
	const struct hd_sysroot *root;
	struct hd_arena *arena;
	struct hd_pci_facts *pci;
};

static void add_use(struct looking *l, const char *what, const char *source, const char *remedy)
{
	hd_push(l->arena, &l->pci->others, &l->pci->n_others,
		(struct hd_other_use){ .what = what, .source = source, .remedy = remedy });
}

static void add_unknown(struct looking *l, const char *what, const char *source)
{
	hd_push(l->arena, &l->pci->others, &l->pci->n_others,
		(struct hd_other_use){ .what = what, .source = source, .is_unknown = true });
}

/* Which of several generators it is, no file says (Linux drivers/char/hw_random/virtio-rng.c). */
static void look_at_entropy(struct looking *l)
{
	const char *name;

	l->pci->can_have_others = true;
	if (hd_sysroot_text(l->root, l->arena, &name, RNG) > 0 &&
	    hd_text_starts_with(name, "virtio_rng"))
		add_use(l, "the kernel takes its random numbers from it", RNG,
			"choose another generator: write a name that "
			"/sys/class/misc/hw_random/rng_available has, or `none`, to rng_current beside it");
}

/* A connected socket holds the transport's module (Linux net/vmw_vsock/af_vsock.c). */
static void look_at_sockets(struct looking *l)
{
	uint64_t n;
	int rc = hd_sysroot_u64(l->root, &n, VSOCK);

	l->pci->can_have_others = true;
	if (rc == 0 && n)
		add_use(l, hd_printf(l->arena, "%llu sockets to the machine below are connected through it",
				     (unsigned long long)n), VSOCK,
			"end the connections that `ss --vsock` shows");
	if (rc < 0)
		add_unknown(l, "whether a socket to the machine below is connected through it is unknown",
			    VSOCK);
}

/* The module whose algorithms are the function's, or NULL: its class is another. */
static const char *crypto_module(const struct looking *l)
{
	static const struct {
		const char *driver, *module;
	} rows[] = {
		{ "qat_", "intel_qat" }, { "4xxx", "intel_qat" }, { "420xx", "intel_qat" },
		{ "c3xxx", "intel_qat" }, { "c6xx", "intel_qat" }, { "dh895xcc", "intel_qat" },
		{ "ccp", "ccp_crypto" },
	};
	const struct hd_pci_fn *fn = &l->pci->fn;
	unsigned class = hd_pci_class_of(fn);

	if (hd_virtio_type(fn) == HD_VIRTIO_CRYPTO)
		return "virtio_crypto";
	if (!fn->driver || (class >> 8 != 0x10 && class != 0x0b40 && class != 0x1200))
		return NULL;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		if (hd_text_starts_with(fn->driver, rows[i].driver))
			return rows[i].module;
	return hd_text_replaced(l->arena, fn->driver, '-', '_');
}

/* "KEY          : VALUE" (Linux crypto/proc.c). */
static const char *value_of(const char *line, const char *key)
{
	const char *at = hd_text_starts_with(line, key) ? line + strlen(key) : NULL;

	if (!at || (*at != ' ' && *at != '\t' && *at != ':'))
		return NULL;
	at += strspn(at, " \t");
	return *at == ':' ? at + 1 + strspn(at + 1, " ") : NULL;
}

/*
 * Takes TEXT to the next algorithm of MODULE that has more than the one reference of its
 * registration.  Returns its name, or NULL: there is none.
 */
static const char *next_used(struct hd_arena *arena, const char **text, const char *module)
{
	const char *line, *driver = "", *value;
	bool is_ours = false;
	uint64_t n;

	while ((line = hd_text_next_line(arena, text))) {
		if ((value = value_of(line, "driver"))) {
			driver = value;
			is_ours = hd_text_starts_with(driver, module);
		} else if ((value = value_of(line, "module"))) {
			is_ours = is_ours || !strcmp(value, module);
		} else if (is_ours && (value = value_of(line, "refcnt")) &&
			   (!hd_text_u64(value, &n) || n > 1)) {
			return driver;
		}
	}
	return NULL;
}

static void look_at_crypto(struct looking *l)
{
	const char *module = crypto_module(l), *text, *driver;

	if (!module)
		return;
	l->pci->can_have_others = true;
	if (hd_sysroot_text(l->root, l->arena, &text, CRYPTO) < 0)
		return;
	driver = next_used(l->arena, &text, module);
	if (driver)
		add_use(l, hd_printf(l->arena, "the kernel encrypts with it (%s)",
				     hd_text_printable(l->arena, driver, MAX_NAME)), CRYPTO,
			"close what uses the algorithm: dm-crypt (`cryptsetup status`), IPsec "
			"(`ip xfrm state`)");
}

/* Linux drivers/dma/dmaengine.c, in_use_show: the clients of a channel. */
static void look_at_dma(struct looking *l)
{
	const char *const *names;
	ssize_t n = hd_sysroot_names(l->root, l->arena, &names, "%s/dma", l->pci->fn.path);
	uint64_t clients;

	l->pci->can_have_others = l->pci->can_have_others || n > 0;
	for (ssize_t i = 0; i < n; i++) {
		const char *source = hd_printf(l->arena, "%s/dma/%s/in_use", l->pci->fn.path, names[i]);

		if (hd_sysroot_u64(l->root, &clients, "%s", source) < 0 || !clients)
			continue;
		add_use(l, hd_printf(l->arena, "the kernel copies with its DMA channel %s",
				     hd_text_printable(l->arena, names[i], MAX_NAME)), source,
			"stop what copies with it: RAID arrays (`mdadm --stop`), then `modprobe -r "
			"async_memcpy async_xor async_tx`");
		return;
	}
}

/* Which of its regions are the host's memory is in files that lie elsewhere. */
static void look_at_memory(struct looking *l)
{
	if (hd_pci_class_of(&l->pci->fn) == CLASS_CXL_MEMORY)
		add_unknown(l, "whether its memory is part of the host's is unknown: `cxl list -Mu` and "
			    "`daxctl list` show it", hd_printf(l->arena, "%s/class", l->pci->fn.path));
}

static void look_at_consoles(struct looking *l)
{
	struct hd_console *consoles;
	size_t n = hd_serial_consoles(&consoles, l->root, l->arena, l->pci->nodes, l->pci->n_nodes);

	for (size_t i = 0; i < l->pci->n_nodes; i++)
		if (!strcmp(l->pci->nodes[i].subsystem, "tty"))
			l->pci->can_have_others = true;
	for (size_t i = 0; i < n; i++)
		add_use(l, hd_printf(l->arena, "the kernel writes its messages to /dev/%s", consoles[i].tty),
			consoles[i].source,
			hd_printf(l->arena, consoles[i].can_stop ?
				  "`echo N > /sys/class/tty/%s/console` for now" :
				  "take console=%s off the kernel's command line and reboot", consoles[i].tty));
}

/* Those that other checks look at: network-free, storage-free, display-free, holders-free. */
static bool is_seen_elsewhere(unsigned type)
{
	static const unsigned types[] = {
		HD_VIRTIO_NONE, HD_VIRTIO_NET, HD_VIRTIO_BLOCK, HD_VIRTIO_CONSOLE, HD_VIRTIO_SCSI,
		HD_VIRTIO_9P, HD_VIRTIO_GPU, HD_VIRTIO_INPUT, HD_VIRTIO_SOUND, HD_VIRTIO_FS,
		HD_VIRTIO_PMEM, HD_VIRTIO_OLD_BALLOON, HD_VIRTIO_BALLOON, HD_VIRTIO_IOMMU,
		HD_VIRTIO_MEMORY,
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(types); i++)
		if (types[i] == type)
			return true;
	return false;
}

static const struct {
	unsigned type;
	void (*look)(struct looking *l);
} readers[] = {
	{ HD_VIRTIO_ENTROPY, look_at_entropy },
	{ HD_VIRTIO_SOCKET, look_at_sockets },
	{ HD_VIRTIO_CRYPTO, look_at_crypto },
};

static void look_at_virtio(struct looking *l)
{
	unsigned type = hd_virtio_type(&l->pci->fn);

	for (size_t i = 0; i < HD_ARRAY_SIZE(readers); i++)
		if (readers[i].type == type) {
			readers[i].look(l);
			return;
		}
	if (!is_seen_elsewhere(type))
		add_unknown(l, hd_printf(l->arena, "it is a virtio device of type %u, whose users no check "
					 "knows", type),
			    hd_printf(l->arena, "%s/device", l->pci->fn.path));
}

void hd_other_uses_read(struct hd_collector *c, struct hd_pci_facts *ret)
{
	struct looking l = { .root = c->facts->root, .arena = c->arena, .pci = ret };

	ret->others = NULL;
	ret->n_others = 0;
	ret->can_have_others = false;
	if (ret->fn.driver_kind != HD_DRIVER_HOST || !ret->fn.path)
		return;
	look_at_virtio(&l);
	if (hd_virtio_type(&ret->fn) == HD_VIRTIO_NONE)
		look_at_crypto(&l);
	look_at_dma(&l);
	look_at_memory(&l);
	look_at_consoles(&l);
}
