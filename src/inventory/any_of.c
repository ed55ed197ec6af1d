/* SPDX-License-Identifier: GPL-2.0-or-later */
/* any_of.c - a kind of PCI functions of which any one would do for a guest. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/did_you_mean.h"
#include "base/text.h"
#include "base/utf8.h"
#include "domain/policy.h"
#include "inventory/any_of.h"
#include "inventory/resolve_operands.h"

#define ID_DIGITS 4
#define IDS_LENGTH (2 * ID_DIGITS + 1)	/* "10de:2684" */

static bool read_ids(struct hd_any_of *ret, const char *text)
{
	ret->has_ids = strlen(text) == IDS_LENGTH && text[ID_DIGITS] == ':' &&
		       hd_hex_digits(text, ID_DIGITS, &ret->vendor) &&
		       hd_hex_digits(text + ID_DIGITS + 1, ID_DIGITS, &ret->device);
	return ret->has_ids;
}

static enum hd_exit read_pf(struct hd_any_of *ret, const struct hd_context *context,
			    const char *name, struct hd_error *err)
{
	struct hd_device_ref ref;
	enum hd_exit code = hd_device_resolve(&ref, context, name, err);

	if (code != HD_EXIT_OK)
		return code;
	if (ref.kind != HD_DEVICE_PCI)
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL, "%s is not a PCI function", ref.name);
	ret->has_pf = true;
	ret->pf = ref.pci;
	return HD_EXIT_OK;
}

static enum hd_exit refuse_text(const char *text, const char *word, struct hd_error *err)
{
	struct hd_nearest nearest = { .word = word };

	(void)hd_fail(err, -EINVAL, "'%.64s' is not a kind of devices such as gpu, 10de:2684, "
		      "gpu:10de:2684 or vf:enp3s0", text);
	for (size_t i = 0; i < hd_n_filters; i++)
		hd_nearest_offer(&nearest, hd_filters[i].name);
	(void)hd_nearest_suggest(&nearest, err);
	return HD_EXIT_USAGE;
}

enum hd_exit hd_any_of_read(struct hd_any_of *ret, const struct hd_context *context,
			    const char *text, struct hd_error *err)
{
	const char *rest = strchr(text, ':');
	const char *word = rest ? hd_strndup(context->arena, text, (size_t)(rest - text)) : text;

	*ret = (struct hd_any_of){ .text = text };
	if (strlen(text) >= HD_ANY_SIZE || !hd_text_is_shown(text))
		return refuse_text(text, word, err);
	if (read_ids(ret, text))
		return HD_EXIT_OK;
	ret->filter = hd_filter_find(word);
	if (!ret->filter)
		return refuse_text(text, word, err);
	if (!rest || read_ids(ret, rest + 1))
		return HD_EXIT_OK;
	return strcmp(word, "vf") != 0 ? refuse_text(text, word, err) :
	       read_pf(ret, context, rest + 1, err);
}

bool hd_any_of_has(const struct hd_any_of *of, const struct hd_item *item)
{
	return item->kind == HD_DEVICE_PCI && (!of->filter || of->filter->matches(item)) &&
	       (!of->has_ids || (item->vendor == of->vendor && item->device == of->device)) &&
	       (!of->has_pf || (item->is_vf && !hd_pci_addr_compare(&item->physfn_addr, &of->pf)));
}
