/* SPDX-License-Identifier: GPL-2.0-or-later */
/* guest_xml.c - a guest's domain XML, from a file or from libvirt. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "domain/xml.h"
#include "virt/bounded_work.h"
#include "virt/guest_xml.h"
#include "virt/libvirt_module.h"

#define MAX_ANSWER (2 * HD_XML_MAX + 1024)
#define SEPARATOR "\1"		/* XML cannot have this character */

int hd_guest_from_file(struct hd_guest_xml *ret, struct hd_arena *arena, const char *path,
		       struct hd_error *err)
{
	_cleanup_(hd_close) int fd = -1;
	struct hd_bounded_answer file = { 0 };
	int rc;

	if (strcmp(path, "-") != 0) {
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
		if (fd < 0)
			return hd_fail(err, -errno, "cannot open %s: %s", path, strerror(errno));
	}
	rc = hd_bounded_read(&file, arena, fd < 0 ? STDIN_FILENO : fd, HD_XML_MAX, INT64_MAX);
	if (rc < 0)
		return hd_fail(err, rc, "cannot read %s: %s",
			       fd < 0 ? "standard input" : path, strerror(-rc));
	ret->text = file.text;
	ret->length = file.length;
	return 0;
}

/* In the child: is it persistent, its UUID, what its next start uses, and what it has now. */
static int read_guest(const struct hd_virt_module *libvirt, const struct hd_virt_ask *ask,
		      struct hd_arena *arena, const char **ret, struct hd_error *err)
{
	struct hd_virt_guest guest;
	int rc = libvirt->guest_read(&guest, ask->uri, ask->data, arena, err);

	if (rc == 0)
		*ret = hd_printf(arena, "%s" SEPARATOR "%s" SEPARATOR "%s" SEPARATOR "%s",
				 guest.is_persistent ? "persistent" : "", guest.uuid, guest.config,
				 guest.live ? guest.live : "");
	return rc;
}

static int ask_for(struct hd_virt_guest *ret, struct hd_arena *arena, const char *uri,
		   const char *guest, struct hd_error *err)
{
	const struct hd_virt_ask ask = {
		.call = read_guest, .uri = uri, .data = guest,
		.max = MAX_ANSWER, .deadline_ms = HD_GUEST_DEADLINE_MS,
	};
	const char *answer, *persistent, *uuid;
	char *at;
	int rc = hd_virt_ask(&answer, arena, &ask, err);

	*ret = (struct hd_virt_guest){ .config = NULL };
	if (rc < 0)
		return rc;
	at = hd_strdup(arena, answer);
	persistent = strsep(&at, SEPARATOR);
	uuid = strsep(&at, SEPARATOR);
	ret->config = strsep(&at, SEPARATOR);
	if (!at || !hd_text_uuid(uuid, ret->uuid))
		return hd_fail(err, -EIO, "the process that asked libvirt ended");
	ret->is_persistent = *persistent;
	ret->live = *at ? at : NULL;
	return 0;
}

int hd_guest_state(struct hd_virt_guest *ret, struct hd_arena *arena, const char *uri,
		   const char *guest, struct hd_error *err)
{
	int rc = ask_for(ret, arena, uri, guest, err);

	if (!ret->is_persistent)
		ret->config = NULL;
	if (rc == -ENOENT)
		return hd_wrap(err, "'%.64s' is not a guest of %.64s", guest,
			       uri ? uri : HD_VIRT_URI);
	return rc < 0 ? hd_wrap(err, "guest '%.64s'", guest) : 0;
}

int hd_guest_from_libvirt(struct hd_guest_xml *ret, struct hd_arena *arena, const char *uri,
			  const char *guest, struct hd_error *err)
{
	struct hd_virt_guest found;
	int rc = ask_for(&found, arena, uri, guest, err);

	if (rc == -ENOENT)
		return hd_wrap(err, "'%.64s' is neither a device nor a guest of %.64s", guest,
			       uri ? uri : HD_VIRT_URI);
	if (rc < 0)
		return hd_fail(err, rc, "guest '%.64s': %s; without libvirt, name its XML with "
			       "--xml FILE", guest, hd_strdup(arena, err->text));
	*ret = (struct hd_guest_xml){ found.config, strlen(found.config) };
	return 0;
}
