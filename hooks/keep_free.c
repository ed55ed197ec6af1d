/* SPDX-License-Identifier: GPL-2.0-or-later */
/* keep_free.c - which disks must stay free until libvirt has taken their functions? */
#include "config.h"

#include <string.h>

#include "base/clock.h"
#include "hooks/session.h"
#include "run/keeper.h"

struct keep {
	struct hd_arena *arena;
	struct hd_kept *kept;
	size_t n;
};

/* A drive without a medium has no claim. */
static void add_disks(struct keep *keep, const struct hd_pci_facts *pci)
{
	for (size_t i = 0; i < pci->storage.n_disks; i++) {
		struct hd_kept *kept;

		if (pci->storage.disks[i].claim_fd < 0)
			continue;
		kept = hd_append(keep->arena, &keep->kept, &keep->n, sizeof(*kept));
		memcpy(kept->function, pci->fn.name, sizeof(kept->function));
		kept->driver = pci->fn.driver;
		kept->claim_fd = pci->storage.disks[i].claim_fd;
	}
}

int hd_session_keep(struct hd_session *session, const struct hd_facts *facts,
		    struct hd_error *err)
{
	struct keep keep = { .arena = session->context.arena };
	struct hd_keeping keeping = {
		.root = &session->context.root,
		.dir_fd = session->change.dir_fd,
		.uuid = session->id.key,
		.guest = session->judged.request.name ? session->judged.request.name : "",
		.deadline_ms = session->context.config.keeper_deadline_ms,
	};

	for (size_t i = 0; i < facts->n_fns; i++) {
		const struct hd_pci_facts *pci = &facts->fns[i];
		const struct hd_hostdev *hostdev = hd_request_pci(&session->judged.request, &pci->fn.addr);

		if (hostdev && hostdev->managed && pci->fn.driver_kind == HD_DRIVER_HOST)
			add_disks(&keep, pci);
	}
	keeping.kept = keep.kept;
	keeping.n = keep.n;
	return hd_keeper_start(&keeping, err);
}

int hd_session_keep_no_longer(struct hd_session *session, struct hd_error *err)
{
	return hd_keeper_end(session->change.dir_fd, session->id.key,
			     hd_now_ms() + session->context.config.lock_deadline_ms, err);
}
