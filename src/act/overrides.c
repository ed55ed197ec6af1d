/* SPDX-License-Identifier: GPL-2.0-or-later */
/* overrides.c - what a person accepts: failed checks (--allow), and the loss of data. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "act/checked_request.h"
#include "act/overrides.h"
#include "base/did_you_mean.h"
#include "base/text.h"
#include "inventory/resolve_operands.h"

#define WORD_SHOWN 80

static int refuse_check(const char *id, struct hd_error *err)
{
	struct hd_nearest nearest = { .word = id };

	hd_fail(err, -EINVAL, "--allow '%.80s': unknown check", id);
	for (const struct hd_check *const *check = hd_checks; *check; check++)
		hd_nearest_offer(&nearest, (*check)->id);
	return hd_nearest_suggest(&nearest, err);
}

static int add_allow(struct hd_request *request, struct hd_context *context, const char *word,
		     struct hd_error *err)
{
	struct hd_arena *arena = context->arena;
	const char *equals = strchr(word, '=');
	const struct hd_check *check;
	struct hd_allow allow;

	if (!equals || equals == word || !equals[1])
		return hd_fail(err, -EINVAL, "--allow '%.80s': must be CHECK=SUBJECT, such as "
			       "network-free=0000:03:00.0", word);
	allow.check = hd_strndup(arena, word, (size_t)(equals - word));
	check = hd_check_find(allow.check);
	if (!check)
		return refuse_check(allow.check, err);
	if (check->allow == HD_ALLOW_NEVER)
		return hd_fail(err, -EINVAL, "--allow: %s cannot be allowed, see "
			       "hostdevctl-checks(7)", check->id);
	if (hd_device_subject(&allow.subject, context, request, equals + 1, err) != HD_EXIT_OK)
		return err->code;
	*(struct hd_allow *)hd_append(arena, &request->policy.typed, &request->policy.n_typed,
				      sizeof(allow)) = allow;
	return 0;
}

/* A node is one disk or less: whoever names it may not think of the others. */
static int add_sacrifice(struct hd_request *request, struct hd_context *context, const char *word,
			 struct hd_error *err)
{
	struct hd_arena *arena = context->arena;
	const char *shown = hd_text_printable(arena, word, WORD_SHOWN);
	char name[HD_PCI_ADDR_SIZE];
	struct hd_pci_addr addr;
	struct hd_device_ref ref;

	if (hd_device_resolve(&ref, context, word, err) != HD_EXIT_OK)
		return err->code;
	if (ref.path && ref.has_pci)
		return hd_fail(err, -EINVAL, "--i-know-this-destroys-data %s: all disks of "
			       "%s are taken; name that", shown, hd_pci_addr_format(&ref.pci, name));
	addr = ref.pci;
	if (ref.kind != HD_DEVICE_PCI || !hd_request_pci(request, &addr))
		return hd_fail(err, -EINVAL, "--i-know-this-destroys-data %s: not one of "
			       "the devices to detach", shown);
	*(struct hd_pci_addr *)hd_append(arena, &request->policy.sacrifices,
					 &request->policy.n_sacrifices, sizeof(addr)) = addr;
	return 0;
}

enum hd_exit hd_overrides_allow(struct hd_request *request, struct hd_context *context,
				const char *const *words, size_t n, struct hd_error *err)
{
	for (size_t i = 0; i < n; i++)
		if (add_allow(request, context, words[i], err) < 0)
			return HD_EXIT_USAGE;
	return HD_EXIT_OK;
}

enum hd_exit hd_overrides_sacrifice(struct hd_request *request, struct hd_context *context,
				    const char *const *words, size_t n, struct hd_error *err)
{
	for (size_t i = 0; i < n; i++)
		if (add_sacrifice(request, context, words[i], err) < 0)
			return HD_EXIT_USAGE;
	return HD_EXIT_OK;
}

void hd_overrides_to_metadata(struct hd_request *request, struct hd_arena *arena)
{
	struct hd_policy *policy = &request->policy;
	const struct hd_policy now = *policy;

	policy->allows = NULL;
	policy->n_allows = 0;
	policy->n_typed = policy->n_sacrifices = 0;
	for (size_t i = 0; i < now.n_allows + now.n_typed; i++)
		hd_push(arena, &policy->allows, &policy->n_allows,
			i < now.n_allows ? now.allows[i] : now.typed[i - now.n_allows]);
}
