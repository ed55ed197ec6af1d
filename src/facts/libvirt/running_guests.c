/* SPDX-License-Identifier: GPL-2.0-or-later */
/* running_guests.c - what the guests that run have now, as text: libvirt's status files. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "facts/libvirt/guests_internal.h"
#include "facts/libvirt/running_guests.h"

#define MAX_FILES 65536
#define MAX_NAME 100
#define MAX_REASON 200

ssize_t hd_guest_text_read(const char **ret, const struct hd_sysroot *root, struct hd_arena *arena,
			   const char *folder, const char *name)
{
	_cleanup_(hd_freep) char *text = NULL;
	ssize_t n = hd_guest_file_read(&text, root, folder, name);

	*ret = n < 0 ? NULL : hd_strndup(arena, text, (size_t)n);
	return n;
}

void hd_running_guest_note(const char **unreadable, struct hd_arena *arena, const char *file,
			   const char *why)
{
	if (!*unreadable)
		*unreadable = hd_printf(arena, HD_GUESTS_RUNNING "/%s: %s",
					hd_text_printable(arena, file, MAX_NAME),
					hd_text_printable(arena, why, MAX_REASON));
}

int hd_running_guests_read(struct hd_running_guests *ret, const struct hd_sysroot *root,
			   struct hd_arena *arena, bool (*concerns)(const char *live, size_t length),
			   struct hd_error *err)
{
	struct hd_running_guests guests = { .n = 0 };
	const char *const *names;
	ssize_t n = hd_sysroot_names(root, arena, &names, HD_GUESTS_RUNNING);

	if (n > MAX_FILES)
		n = -E2BIG;
	if (n < 0 && n != -ENOENT)
		return hd_fail(err, (int)n, "cannot read " HD_GUESTS_RUNNING ": %s", strerror((int)-n));
	for (ssize_t i = 0; i < n; i++) {
		struct hd_running_guest guest = { .file = names[i] };
		ssize_t length;

		if (!hd_text_ends_with(names[i], ".xml"))
			continue;
		length = hd_guest_text_read(&guest.live, root, arena, HD_GUESTS_RUNNING, names[i]);
		if (length < 0 && length != -ENOENT)	/* else it stopped in the meantime */
			hd_running_guest_note(&guests.unreadable, arena, names[i],
					      strerror((int)-length));
		if (length >= 0 && concerns(guest.live, strlen(guest.live)))
			hd_push(arena, &guests.items, &guests.n, guest);
	}
	*ret = guests;
	return 0;
}
