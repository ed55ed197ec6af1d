/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * facts.c - collects what a request needs to know, and no more.
 *
 * From the functions asked for to their groups, to the other members of these,
 * to the physical functions of virtual ones.  Nothing lists the host's
 * functions or groups: the cost depends on the request alone.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "facts/facts_internal.h"
#include "facts/host/namespaces.h"

/* Two namespaces of one NVMe controller are one function. */
static size_t keep_one_of_each(struct hd_pci_addr *addrs, size_t n)
{
	size_t kept = 0;

	HD_SORT(addrs, n, hd_pci_addr_order);
	for (size_t i = 0; i < n; i++)
		if (!i || hd_pci_addr_compare(&addrs[i], &addrs[i - 1]))
			addrs[kept++] = addrs[i];
	return kept;
}

static bool needs_memory(const struct hd_request *request)
{
	return request->wants_hugepages || request->n_vcpu_pins || request->emulator_pin ||
	       request->numa_nodeset;
}

/* VFIO pins all memory of a guest that passes such a device. */
static bool locks_memory(const struct hd_request *request)
{
	for (size_t i = 0; request->name && i < request->n_hostdevs; i++)
		if (request->hostdevs[i].kind == HD_DEVICE_PCI ||
		    request->hostdevs[i].kind == HD_DEVICE_MDEV)
			return true;
	return false;
}

void hd_facts_query_for(struct hd_facts_query *ret, struct hd_arena *arena,
			const struct hd_request *request)
{
	struct hd_pci_addr *addrs = NULL;
	const struct hd_hostdev **named = NULL;
	const char **roms = NULL;
	size_t n_addrs = 0, n_roms = 0, n_named = 0;

	for (size_t i = 0; i < request->n_hostdevs; i++) {
		const struct hd_hostdev *dev = &request->hostdevs[i];

		if (dev->rom_file)
			hd_push(arena, &roms, &n_roms, dev->rom_file);
		if (dev->kind == HD_DEVICE_PCI && dev->has_addr)
			hd_push(arena, &addrs, &n_addrs, dev->addr);
		if (dev->kind != HD_DEVICE_PCI && (dev->kind != HD_DEVICE_SCSI || dev->has_scsi))
			hd_push(arena, &named, &n_named, dev);
	}
	*ret = (struct hd_facts_query){
		.addrs = addrs,
		.n_addrs = keep_one_of_each(addrs, n_addrs),
		.guest_uuid = "",
		.rom_files = roms,
		.n_rom_files = n_roms,
		.dac_label = request->dac_label,
		.policy = &request->policy,
		.named = named,
		.n_named = n_named,
		.networks = request->networks,
		.n_networks = request->n_networks,
		.needs_memory = needs_memory(request),
		.locks_memory = locks_memory(request),
		.uses_iommufd = hd_request_iommufd(request),
		.handover = request->policy.handover.is_asked ? &request->policy.handover : NULL,
	};
}

static int by_function(const void *a, const void *b)
{
	const struct hd_pci_facts *x = a, *y = b;
	int order = hd_pci_addr_compare(&x->fn.addr, &y->fn.addr);

	/* Among equals the one that was asked for stays. */
	return order ? order : (int)y->is_requested - (int)x->is_requested;
}

static int by_id(const void *a, const void *b)
{
	const struct hd_iommu_group *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

static int is_before(const void *addr, const void *element)
{
	const struct hd_pci_facts *facts = element;

	return hd_pci_addr_compare(addr, &facts->fn.addr);
}

const struct hd_pci_facts *hd_facts_fn(const struct hd_facts *facts,
				       const struct hd_pci_addr *addr)
{
	if (!facts->n_fns)
		return NULL;
	return bsearch(addr, facts->fns, facts->n_fns, sizeof(*facts->fns), is_before);
}

const char *hd_facts_group_holder(const struct hd_facts *facts, int group)
{
	for (size_t i = 0; i < facts->n_fns; i++)
		if (facts->fns[i].fn.group == group && facts->fns[i].vfio_holder)
			return facts->fns[i].vfio_holder;
	return NULL;
}

const struct hd_iommu_group *hd_facts_group(const struct hd_facts *facts, int id)
{
	const struct hd_iommu_group key = { .id = id };

	if (!facts->n_groups)
		return NULL;
	return bsearch(&key, facts->groups, facts->n_groups, sizeof(key), by_id);
}

static void add_function(struct hd_collector *c, const struct hd_pci_addr *addr,
			 bool is_requested)
{
	struct hd_pci_facts *added =
		hd_append(c->arena, &c->facts->fns, &c->facts->n_fns, sizeof(*added));

	memset(added, 0, sizeof(*added));
	added->fn.addr = *addr;
	added->is_requested = is_requested;
}

static void sort_functions(struct hd_facts *facts)
{
	size_t kept = 0;

	if (!facts->n_fns)
		return;
	qsort(facts->fns, facts->n_fns, sizeof(*facts->fns), by_function);
	for (size_t i = 1; i < facts->n_fns; i++)
		if (hd_pci_addr_compare(&facts->fns[kept].fn.addr, &facts->fns[i].fn.addr) != 0)
			facts->fns[++kept] = facts->fns[i];
	facts->n_fns = kept + 1;
}

/* Told by the facts, it is not an error of the collection. */
static const char *take_error(struct hd_collector *c)
{
	const char *text = hd_strdup(c->arena, c->err->text);

	*c->err = (struct hd_error){ 0 };
	return text;
}

/* One that cannot be read keeps nobody from the others; the checks refuse it. */
static void read_function(struct hd_collector *c, struct hd_pci_fn *fn)
{
	const struct hd_pci_addr addr = fn->addr;

	if (hd_pci_fn_read(fn, c->facts->root, c->arena, &addr, c->err) == 0)
		return;
	*fn = (struct hd_pci_fn){
		.addr = addr, .is_present = true, .group = HD_NO_GROUP, .numa_node = -1,
		.d3cold_allowed = -1, .sriov_numvfs = -1, .sriov_totalvfs = -1,
		.unknown = take_error(c),
	};
	hd_pci_addr_format(&addr, fn->name);
}

/* Reads those that were not read yet; a name is what a read leaves behind. */
static int read_functions(struct hd_collector *c)
{
	for (size_t i = 0; i < c->facts->n_fns; i++) {
		struct hd_pci_fn *fn = &c->facts->fns[i].fn;
		struct hd_sysroot_trouble before;

		if (fn->name[0])
			continue;
		before = hd_sysroot_watch(c->facts->root);
		read_function(c, fn);
		hd_collector_unwatch(c, &before, &c->facts->fns[i].unread);
	}
	return 0;
}

static int ascending(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;

	return (x > y) - (x < y);
}

static int read_groups(struct hd_collector *c)
{
	struct hd_facts *facts = c->facts;
	int *ids = NULL;
	size_t n = 0;

	for (size_t i = 0; i < facts->n_fns; i++)
		if (facts->fns[i].fn.group != HD_NO_GROUP)
			hd_push(c->arena, &ids, &n, facts->fns[i].fn.group);
	HD_SORT(ids, n, ascending);
	for (size_t i = 0; i < n; i++) {
		struct hd_sysroot_trouble before;
		struct hd_iommu_group group;
		const char *unread = NULL;

		if (i && ids[i] == ids[i - 1])
			continue;
		before = hd_sysroot_watch(facts->root);
		if (hd_iommu_group_read(&group, facts->root, c->arena, ids[i], c->err) < 0)
			group = (struct hd_iommu_group){
				.id = ids[i], .unknown = take_error(c),
			};
		hd_collector_unwatch(c, &before, &unread);
		group.unread = unread;
		hd_push(c->arena, &facts->groups, &facts->n_groups, group);
	}
	return 0;
}

/* A member that cannot be read is one all the same. */
static void place_unknown(struct hd_facts *facts, const struct hd_iommu_group *group)
{
	for (size_t i = 0; i < group->n_members; i++)
		for (size_t k = 0; k < facts->n_fns; k++)
			if (facts->fns[k].fn.unknown &&
			    !hd_pci_addr_compare(&facts->fns[k].fn.addr, &group->members[i]))
				facts->fns[k].fn.group = group->id;
}

static int read_companions(struct hd_collector *c)
{
	int rc;

	for (size_t i = 0; i < c->facts->n_groups; i++)
		for (size_t k = 0; k < c->facts->groups[i].n_members; k++)
			add_function(c, &c->facts->groups[i].members[k], false);
	/* Those that were read were asked for, and these stay: see by_function. */
	sort_functions(c->facts);
	rc = read_functions(c);
	for (size_t i = 0; rc == 0 && i < c->facts->n_groups; i++)
		place_unknown(c->facts, &c->facts->groups[i]);
	return rc;
}

/* The function, or the physical function, of this name among those that were read, or NULL. */
static const struct hd_pci_facts *find_parent(const struct hd_facts *facts,
					      const struct hd_pci_addr *addr)
{
	const struct hd_pci_facts *found = hd_facts_fn(facts, addr);

	for (size_t i = 0; !found && i < facts->n_parents; i++)
		if (!hd_pci_addr_compare(&facts->parents[i].fn.addr, addr))
			found = &facts->parents[i];
	return found;
}

static bool parse_physfn(const struct hd_pci_fn *fn, struct hd_pci_addr *ret)
{
	return fn->physfn && hd_pci_addr_parse(fn->physfn, ret);
}

/* Physical functions that were not reached; pointers are set when the array is final. */
static int read_parents(struct hd_collector *c)
{
	struct hd_facts *facts = c->facts;

	for (size_t i = 0; !c->query->only_functions && i < facts->n_fns; i++) {
		struct hd_pci_facts *parent;
		struct hd_pci_addr addr;

		if (!parse_physfn(&facts->fns[i].fn, &addr) || find_parent(facts, &addr))
			continue;
		parent = hd_append(c->arena, &facts->parents, &facts->n_parents, sizeof(*parent));
		memset(parent, 0, sizeof(*parent));
		parent->fn.addr = addr;
		read_function(c, &parent->fn);
	}
	return 0;
}

/* RC is what came of reading who uses the function. */
static void note_users(struct hd_collector *c, struct hd_pci_fn *fn, int rc)
{
	if (rc < 0)
		fn->unknown = take_error(c);
}

static int read_functions_facts(struct hd_collector *c)
{
	struct hd_facts *facts = c->facts;

	if (c->query->only_functions)
		return 0;
	for (size_t i = 0; i < facts->n_parents; i++)
		if (!facts->parents[i].fn.unknown)
			note_users(c, &facts->parents[i].fn,
				   hd_network_read(&facts->parents[i].network, facts->root,
						   c->arena, &facts->parents[i].fn, &c->net,
						   c->err));
	for (size_t i = 0; i < facts->n_fns; i++) {
		struct hd_pci_addr addr;

		if (parse_physfn(&facts->fns[i].fn, &addr))
			facts->fns[i].parent = find_parent(facts, &addr);
		if (!facts->fns[i].fn.unknown)
			note_users(c, &facts->fns[i].fn, hd_fn_facts_read(c, &facts->fns[i]));
	}
	return 0;
}

static int read_host(struct hd_collector *c)
{
	struct hd_facts *facts = c->facts;
	int rc = hd_host_read(&facts->host, facts->root, c->arena, c->err);

	if (rc == 0)
		rc = hd_iommu_read(&facts->iommu, facts->root, c->arena, c->err);
	if (rc == 0 && c->query->needs_memory)
		hd_memory_read(&facts->memory, facts->root, c->arena);
	if (rc == 0 && c->query->locks_memory)
		hd_daemon_read(&facts->daemon, facts->root, c->arena);
	if (rc == 0 && c->query->uses_iommufd)
		hd_iommufd_read(&facts->iommufd, facts->root, c->arena);
	return rc;
}

static int look_at_proc(struct hd_collector *c)
{
	c->facts->unread = hd_hidden_proc(c->facts->root);
	return 0;
}

static int read_asked(struct hd_collector *c)
{
	for (size_t i = 0; i < c->query->n_addrs; i++)
		add_function(c, &c->query->addrs[i], true);
	sort_functions(c->facts);
	return read_functions(c);
}

static int read_roms(struct hd_collector *c)
{
	struct hd_facts *facts = c->facts;

	if (!c->query->n_rom_files)
		return 0;
	hd_rom_files_read(&facts->roms, facts->root, c->arena, c->query->rom_files,
			  c->query->n_rom_files, c->query->dac_label);
	facts->n_roms = c->query->n_rom_files;
	return 0;
}

static int read_guests(struct hd_collector *c)
{
	return hd_guests_read(&c->facts->guests, c->facts->root, c->arena,
			      c->query->guest_uuid ? c->query->guest_uuid : "", c->err);
}

/* The displays that are asked for are gone then, and nothing else is. */
static int read_displays(struct hd_collector *c)
{
	const struct hd_pci_fn **taken = NULL;
	struct hd_facts *facts = c->facts;
	bool has_display = false;
	size_t n = 0;

	if (c->query->only_functions)
		return 0;
	for (size_t i = 0; i < facts->n_fns; i++) {
		if (!hd_pci_fn_is_display(&facts->fns[i].fn))
			continue;
		has_display = true;
		if (facts->fns[i].is_requested)
			hd_push(c->arena, &taken, &n, &facts->fns[i].fn);
	}
	if (has_display)
		hd_displays_find(&facts->displays, facts->root, c->arena);
	if (n)
		facts->other_display = hd_display_other(&facts->displays, c->arena, taken, n);
	return 0;
}

static int read_holders(struct hd_collector *c)
{
	int rc = hd_holders_again(c->facts, c->arena, c->err);

	if (rc == 0)
		hd_displays_explain(c->facts, c->arena);
	return rc;
}

static int read_handover(struct hd_collector *c)
{
	hd_handover_read(c);
	return 0;
}

/*
 * Each needs what those before it found; the claims come late and are held the shortest.
 * Watched are those by which harm is decided; who holds what and what ends say themselves what
 * is unknown, and who has a card's buffers only explains a number.
 */
static const struct stage {
	int (*read)(struct hd_collector *c);
	bool is_watched;
	unsigned want;		/* only for queries that want it; 0: for all */
} stages[] = {
	{ look_at_proc, true, 0 }, { read_host, false, HD_WANT_HOST }, { read_asked, true, 0 },
	{ read_groups, true, 0 }, { read_companions, true, 0 }, { read_parents, true, 0 },
	{ read_roms, false, 0 }, { read_guests, true, HD_WANT_GUESTS },
	{ read_displays, true, 0 }, { read_functions_facts, true, 0 },
	{ hd_named_read, true, HD_WANT_NAMED }, { hd_pools_read, true, HD_WANT_GUESTS },
	{ read_holders, false, HD_WANT_HOLDERS }, { read_handover, false, HD_WANT_HOLDERS },
};

static int run_stage(struct hd_collector *c, const struct stage *stage)
{
	const struct hd_sysroot_trouble before = hd_sysroot_watch(c->facts->root);
	const char *unread = NULL;
	int rc = stage->read(c);

	hd_collector_unwatch(c, &before, stage->is_watched ? &c->facts->unread : &unread);
	return rc;
}

/* The same root, whose reads that fail are noted. */
static const struct hd_sysroot *watched(struct hd_arena *arena, const struct hd_sysroot *root)
{
	struct hd_sysroot *copy = hd_alloc(arena, sizeof(*copy));

	*copy = *root;
	copy->trouble = hd_alloc(arena, sizeof(*copy->trouble));
	*copy->trouble = (struct hd_sysroot_trouble){ .error = 0 };
	return copy;
}

int hd_facts_collect(struct hd_facts *ret, const struct hd_sysroot *root,
		     struct hd_arena *arena, const struct hd_facts_query *query,
		     struct hd_error *err)
{
	struct hd_collector c = { .facts = ret, .arena = arena, .query = query, .err = err };

	memset(ret, 0, sizeof(*ret));
	ret->root = watched(arena, root);
	for (size_t i = 0; i < HD_ARRAY_SIZE(stages); i++) {
		bool is_wanted = !stages[i].want || query->want & stages[i].want;
		int rc = is_wanted ? run_stage(&c, &stages[i]) : 0;

		if (rc < 0)
			return rc;
	}
	return 0;
}

void hd_facts_close(struct hd_facts *facts)
{
	for (size_t i = 0; i < facts->n_fns; i++)
		hd_storage_release(&facts->fns[i].storage);
	for (size_t i = 0; i < facts->n_usbs; i++)
		hd_storage_release(&facts->usbs[i].storage);
	for (size_t i = 0; i < facts->n_scsis; i++)
		hd_storage_release(&facts->scsis[i].storage);
}
