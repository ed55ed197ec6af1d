/* SPDX-License-Identifier: GPL-2.0-or-later */
/* function_facts.c - what is known of one function beyond itself: its users and its VFIO driver. */
#include "config.h"

#include <string.h>
#include <sys/sysmacros.h>

#include "base/clock.h"
#include "base/text.h"
#include "facts/display/driver_stack.h"
#include "facts/modules/modules.h"
#include "facts/facts_internal.h"
#include "facts/holders/holders.h"
#include "facts/holders/nodes.h"

#define DEFAULT_DRIVER "vfio-pci"

void hd_collector_unwatch(struct hd_collector *c, const struct hd_sysroot_trouble *before,
			  const char **ret)
{
	const struct hd_sysroot_trouble since = hd_sysroot_unwatch(c->facts->root, before);

	if (since.error && !*ret)
		*ret = hd_printf(c->arena, "%s: %s",
				 hd_text_printable(c->arena, since.path, sizeof(since.path)),
				 strerror(since.error));
}

/* Functions of one host mostly share their driver: its state is looked up once. */
static bool known_state(const struct hd_facts *facts, const char *driver,
			enum hd_module_state *ret)
{
	for (size_t i = 0; i < facts->n_fns && facts->fns[i].fn.name[0]; i++)
		if (facts->fns[i].vfio_driver && !strcmp(facts->fns[i].vfio_driver, driver)) {
			*ret = facts->fns[i].vfio_driver_state;
			return true;
		}
	return false;
}

static void read_aliases(struct hd_collector *c)
{
	c->has_aliases = true;
	c->release = c->facts->host.release ? c->facts->host.release
					    : hd_release_read(c->facts->root, c->arena);
	if (c->release)
		hd_vfio_aliases_read(&c->aliases, c->facts->root, c->arena, c->release);
}

static void read_vfio_driver(struct hd_collector *c, struct hd_pci_facts *ret)
{
	const char *module = DEFAULT_DRIVER, *driver, *by;

	if (hd_pci_fn_is_bridge(&ret->fn))
		return;
	if (!c->has_aliases)
		read_aliases(c);
	if (ret->fn.modalias)
		module = hd_vfio_aliases_best(&c->aliases, c->arena, ret->fn.modalias);
	driver = hd_vfio_driver_name(c->facts->root, c->arena, module);
	if (!known_state(c->facts, driver, &ret->vfio_driver_state))
		ret->vfio_driver_state = hd_module_state(
			c->facts->root, c->arena, c->release ? c->release : "unknown", module,
			&by);
	ret->vfio_driver = driver;
}

/* Who has a node open that all cards of a driver share keeps its modules from being unloaded. */
static void add_shared_nodes(struct hd_collector *c, struct hd_pci_facts *ret)
{
	const struct hd_driver_stack *stack = hd_driver_stack_of(ret->fn.driver);
	struct stat st;

	for (size_t i = 0; stack && stack->nodes[i]; i++) {
		if (hd_sysroot_stat(c->facts->root, &st, "dev/%s", stack->nodes[i]) < 0)
			continue;
		/* A captured tree has names and no numbers, which must differ. */
		hd_push(c->arena, &ret->nodes, &ret->n_nodes, (struct hd_node){
			.major = major(st.st_rdev),
			.minor = st.st_rdev ? minor(st.st_rdev) : (unsigned)i,
			.name = hd_printf(c->arena, "/dev/%s", stack->nodes[i]),
			.subsystem = stack->driver });
	}
}

/* Only a driver makes nodes; the files of the BARs are there without any. */
static int read_nodes(struct hd_collector *c, struct hd_pci_facts *ret)
{
	int rc = 0;

	if (!(c->query->want & HD_WANT_HOLDERS))
		return 0;
	if (ret->fn.driver_kind == HD_DRIVER_HOST)
		rc = hd_nodes_read(&ret->nodes, &ret->n_nodes, c->facts->root, c->arena,
				   &ret->fn, &ret->storage, c->err);
	if (rc == 0 && c->query->handover && ret->is_requested)
		add_shared_nodes(c, ret);
	if (rc == 0)
		rc = hd_nodes_bars(&ret->nodes, &ret->n_nodes, c->facts->root, c->arena,
				   &ret->fn, c->err);
	return rc;
}

void hd_claims_read(struct hd_collector *c, struct hd_storage *storage)
{
	const struct hd_sysroot *root = c->facts->root;

	if (!(c->query->want & HD_WANT_CLAIMS) || !root->is_live)
		return;
	hd_storage_claim(storage, root);
	hd_storage_explain_busy(storage, root, c->arena);
	if (!c->claims_deadline)
		c->claims_deadline = hd_now_ms() + HD_CLAIMS_MS;
	hd_storage_claim_until(storage, root, c->claims_deadline);
	if (c->query->lets_go)
		hd_storage_let_go(storage);
}

int hd_fn_users_read(struct hd_collector *c, struct hd_pci_facts *ret)
{
	struct hd_storage held = ret->storage;
	int rc;

	ret->nodes = NULL;
	ret->n_nodes = 0;
	ret->holders = (struct hd_holders){ .n = 0 };
	ret->children = (struct hd_children){ .n = 0 };
	ret->n_others = 0;
	hd_display_read(&ret->display, c->facts->root, c->arena, &ret->fn, &c->facts->displays);
	if (ret->fn.driver_kind != HD_DRIVER_HOST)
		return read_nodes(c, ret);
	hd_children_read(&ret->children, c->facts->root, c->arena, &ret->fn);
	rc = hd_storage_read(&ret->storage, c->facts->root, c->arena, &ret->fn, &c->storage,
			     c->err);
	if (rc < 0)
		return rc;
	hd_storage_take_over(&ret->storage, &held);
	rc = hd_network_read(&ret->network, c->facts->root, c->arena, &ret->fn, &c->net, c->err);
	if (rc == 0)
		rc = read_nodes(c, ret);
	if (rc == 0)
		hd_other_uses_read(c, ret);
	if (rc == 0)
		hd_claims_read(c, &ret->storage);
	return rc;
}

/* What is unknown counts as in use. */
static void read_holder(struct hd_collector *c, struct hd_pci_facts *ret)
{
	const char *who = NULL;
	int rc = hd_vfio_in_use(c->facts->root, c->arena, ret->fn.name, &who);

	if (rc < 0)
		ret->vfio_holder = hd_printf(c->arena, "unknown (%s)", who ? who : strerror(-rc));
	else if (rc)
		ret->vfio_holder = who ? who : "a process";
}

int hd_fn_facts_read(struct hd_collector *c, struct hd_pci_facts *ret)
{
	struct hd_sysroot_trouble before;
	int rc;

	if (!ret->fn.is_present)
		return 0;
	read_vfio_driver(c, ret);
	if (ret->fn.driver_kind == HD_DRIVER_VFIO)
		ret->migration = hd_migration_read(c->facts->root, ret->fn.name);
	before = hd_sysroot_watch(c->facts->root);
	hd_vgpu_read(&ret->vgpu, c->facts->root, c->arena, &ret->fn);
	if (ret->fn.driver_kind == HD_DRIVER_VFIO)
		read_holder(c, ret);
	rc = hd_fn_users_read(c, ret);
	hd_collector_unwatch(c, &before, &ret->unread);
	return rc;
}
