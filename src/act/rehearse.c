/* SPDX-License-Identifier: GPL-2.0-or-later */
/* rehearse.c - takes what a guest's start would take, and gives it back, without a guest. */
#include "config.h"

#include <errno.h>

#include "act/rehearse.h"
#include "facts/host/actor.h"

void hd_rehearsal_unmanage(struct hd_request *request)
{
	for (size_t i = 0; i < request->n_hostdevs; i++)
		request->hostdevs[i].managed = false;
}

enum hd_exit hd_rehearsal_open(struct hd_rehearsal *ret, struct hd_context *context,
			       struct hd_checked *checked, struct hd_error *err)
{
	const struct hd_request *request = &checked->request;
	struct hd_change *change = &ret->change;

	*ret = (struct hd_rehearsal){
		.change = { .context = context, .dir_fd = -1, .knobs = hd_binders[
			context->root.is_live ? context->config.hook_binder : HD_BINDER_SYSFS] },
		.checked = checked,
	};
	if (hd_journal_id_rehearsal(&ret->id, request->uuid, request->name ? request->name : "") < 0)
		return hd_fail_as(HD_EXIT_HOST, err, -EINVAL, "the guest's XML has no UUID");
	hd_rehearsal_unmanage(&checked->request);
	checked->is_to_take = checked->is_starting = true;
	if (hd_change_open_state(change, err) < 0 ||
	    hd_change_lock(change, checked->query.addrs, checked->query.n_addrs, &ret->id, err) < 0)
		return HD_EXIT_HOST;
	return HD_EXIT_OK;
}

enum hd_exit hd_rehearsal_take(struct hd_rehearsal *rehearsal, struct hd_error *err)
{
	struct hd_context *context = rehearsal->change.context;
	const struct hd_take take = {
		.change = &rehearsal->change, .checked = rehearsal->checked, .id = &rehearsal->id,
		.who = hd_actor_text(&context->root, context->arena),
	};

	return hd_take(&take, err);
}

enum hd_exit hd_rehearsal_give_back(struct hd_rehearsal *rehearsal, struct hd_error *err)
{
	struct hd_recovery *back = &rehearsal->back;
	enum hd_exit code = hd_change_give_back_all(back, &rehearsal->change, &rehearsal->id);

	return code == HD_EXIT_OK ? code : hd_fail_as(code, err, -EIO, "%s", back->text);
}
