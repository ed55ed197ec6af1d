/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * boot_remedy.c - which step brings a kernel parameter into effect, or out of it?
 *
 * The boot configuration, where it was read, may have the parameter already: then only
 * the menu must be generated again, or the host rebooted.
 */
#include "config.h"

#include "base/kernel_cmdline.h"
#include "base/text.h"
#include "check/checks.h"
#include "check/remedy.h"

/* The files that have WORD: one that the boot loader reads, one that it is generated from. */
struct places {
	const struct hd_boot_source *next, *next_has, *maker, *maker_has;
};

static struct places look_for(const struct hd_setup *setup, const char *word)
{
	struct places found = { 0 };

	for (size_t i = 0; setup && i < setup->n_boot; i++) {
		const struct hd_boot_source *source = &setup->boot[i];
		bool has = hd_cmdline_has(source->words, word);

		*(source->is_next_boot ? &found.next : &found.maker) = source;
		if (has)
			*(source->is_next_boot ? &found.next_has : &found.maker_has) = source;
	}
	return found;
}

const char *hd_boot_source_of(const struct hd_subject *subject, const char *word)
{
	struct places found = look_for(subject->facts->setup, word);
	const struct hd_boot_source *source = found.next_has ? found.next_has : found.maker_has;

	return source ? source->path : NULL;
}

/* Entries that no tool generates are edited by hand: names the file, if it is known. */
static const char *edit_entry(const struct hd_subject *s, const struct places *found,
			      const char *verb)
{
	if (s->facts->host.boot_loader != HD_BOOT_SYSTEMD || !found->next ||
	    hd_remedy_makes_entries(&s->facts->host))
		return NULL;
	return hd_printf(s->arena, "%s the options line of /%s and reboot", verb,
			 hd_text_printable(s->arena, found->next->path, 200));
}

const char *hd_mend_add(const struct hd_subject *s, const char *word)
{
	struct places found = look_for(s->facts->setup, word);
	const char *edit;

	if (found.next_has)
		return "reboot";
	if (found.maker_has)
		return hd_remedy_make_menu(s->arena, &s->facts->host);
	edit = edit_entry(s, &found, hd_printf(s->arena, "add %s to", word));
	return edit ? edit : hd_remedy_add_parameter(s->arena, &s->facts->host, word);
}

const char *hd_mend_add_by_setup(const struct hd_subject *s, const char *word)
{
	const char *by_hand = hd_mend_add(s, word);

	/* On ARM setup adds no parameter. */
	if (!s->facts->host.cpu_vendor || hd_boot_source_of(s, word) ||
	    !hd_remedy_has_setup(&s->facts->host))
		return by_hand;
	return hd_printf(s->arena, "hostdevctl setup --apply and reboot; or by hand: %s", by_hand);
}

const char *hd_mend_drop(const struct hd_subject *s, const char *word)
{
	struct places found = look_for(s->facts->setup, word);
	const char *edit;

	if (found.next && !found.next_has && !found.maker_has)
		return "reboot";
	/* Fedora's grubby writes entries that /etc/default/grub need not agree with. */
	if (found.next_has && found.maker && !found.maker_has &&
	    s->facts->host.distribution != HD_DISTRO_FEDORA)
		return hd_remedy_make_menu(s->arena, &s->facts->host);
	edit = edit_entry(s, &found, hd_printf(s->arena, "remove %s from", word));
	return edit ? edit : hd_remedy_drop_parameter(s->arena, &s->facts->host, word);
}
