/* SPDX-License-Identifier: GPL-2.0-or-later */
/* mediated_device.c - `hostdevctl setup mdev`: a mediated device, now and after each boot. */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "base/text.h"
#include "facts/mdev/mdev.h"
#include "facts/mdev/mdev_types.h"
#include "inventory/resolve_operands.h"
#include "setup/subjects.h"
#include "virt/mdev_define.h"

#define MAX_SHOWN 80
#define SELF "proc/self/exe"

static bool is_parent(const char *const *parents, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(parents[i], name))
			return true;
	return false;
}

/* Its name in /sys/class/mdev_bus, by whatever name the device was given. */
static enum hd_exit find_parent(const char **ret, struct hd_context *context, const char *text,
				struct hd_error *err)
{
	const char *const *parents;
	struct hd_device_ref ref;
	const char *all = NULL;
	enum hd_exit code;
	size_t n;

	hd_mdev_parents(&parents, &n, &context->root, context->arena);
	*ret = text;
	if (is_parent(parents, n, text))
		return HD_EXIT_OK;
	code = hd_device_resolve(&ref, context, text, err);
	if (code != HD_EXIT_OK)
		return code;
	*ret = ref.name;
	if (is_parent(parents, n, ref.name))
		return HD_EXIT_OK;
	for (size_t i = 0; i < n; i++)
		all = all ? hd_printf(context->arena, "%s, %s", all, parents[i]) : parents[i];
	return hd_fail_as(HD_EXIT_HOST, err, -ENXIO,
			  "%s has no mediated device types (/sys/class/mdev_bus has %.200s)",
			  ref.name,
			  all ? all : "no parents: is the vendor's driver loaded and configured?");
}

static const char *types_text(struct hd_arena *arena, const char *parent,
			      const struct hd_mdev_types *types)
{
	const char *text = hd_printf(arena, "types of %s, and how many more can be "
					    "created:\n", parent);

	for (size_t i = 0; i < types->n; i++) {
		const struct hd_mdev_type *type = &types->items[i];

		text = hd_printf(arena, "%s  %s\t%s%s%s\n", text, type->id, type->available < 0 ?
				 "?" : hd_printf(arena, "%d", type->available),
				 type->name ? "\t" : "", type->name ? type->name : "");
	}
	return text;
}

/* IS_THERE: the device exists already, and needs no further instance. */
static enum hd_exit find_type(const char **ret, struct hd_setup_request *ask, const char *parent,
			      const char *text, bool is_there, struct hd_error *err)
{
	struct hd_arena *arena = ask->context->arena;
	const char *shown = hd_text_printable(arena, text, MAX_SHOWN);
	const struct hd_mdev_type *type;
	struct hd_mdev_types types;

	if (hd_mdev_types_read(&types, &ask->context->root, arena, parent, err) < 0)
		return HD_EXIT_HOST;
	type = hd_mdev_type_find(&types, text);
	if (type && (is_there || type->available != 0)) {
		*ret = type->id;
		return HD_EXIT_OK;
	}
	ask->listing = types_text(arena, parent, &types);
	if (!type)
		return hd_fail_as(HD_EXIT_HOST, err, -ENOENT,
				  "%s has no mediated device type '%s'", parent, shown);
	return hd_fail_as(HD_EXIT_REFUSED, err, -ENOSPC,
			  "%s cannot create another '%s' (available_instances reads 0)", parent,
			  type->id);
}

/* Version 4 (RFC 9562): random. */
static enum hd_exit make_uuid(char ret[static 37], struct hd_error *err)
{
	unsigned char bytes[16];
	size_t used = 0;

	if (getrandom(bytes, sizeof(bytes), 0) != (ssize_t)sizeof(bytes))
		return hd_fail_as(HD_EXIT_HOST, err, -EIO,
				  "the kernel returned no random numbers for a UUID");
	bytes[6] = (unsigned char)((bytes[6] & 0x0f) | 0x40);
	bytes[8] = (unsigned char)((bytes[8] & 0x3f) | 0x80);
	for (size_t i = 0; i < sizeof(bytes); i++) {
		const char *dash = i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "";

		used += (size_t)snprintf(ret + used, 37 - used, "%s%02x", dash, bytes[i]);
	}
	return HD_EXIT_OK;
}

/* Only --apply makes up a UUID, so that two runs without it show the same. */
static enum hd_exit choose_uuid(const char **ret, struct hd_setup_request *ask, const char *text,
				struct hd_error *err)
{
	struct hd_arena *arena = ask->context->arena;
	char uuid[37] = "UUID";

	if (text && !hd_text_uuid(text, uuid))
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL, "'%s' is not a UUID",
				  hd_text_printable(arena, text, MAX_SHOWN));
	if (!text && ask->is_applied && make_uuid(uuid, err) != HD_EXIT_OK)
		return HD_EXIT_HOST;
	*ret = hd_strdup(arena, uuid);
	return HD_EXIT_OK;
}

/* This program, by the name that it was started by. */
static const char *self(struct hd_context *context)
{
	const char *path;

	if (context->root.is_live &&
	    hd_sysroot_link(&context->root, context->arena, &path, SELF) == 0 && *path == '/')
		return path;
	return SBINDIR "/hostdevctl";
}

static const char *const *words(struct hd_setup_request *ask, const char *const *verb)
{
	struct hd_arena *arena = ask->context->arena;
	const char **argv = NULL;
	size_t n = 0;

	hd_push(arena, &argv, &n, self(ask->context));
	hd_push(arena, &argv, &n, "nodedev");
	if (ask->uri) {
		hd_push(arena, &argv, &n, "-c");
		hd_push(arena, &argv, &n, ask->uri);
	}
	for (; *verb; verb++)
		hd_push(arena, &argv, &n, *verb);
	hd_push(arena, &argv, &n, NULL);
	return argv;
}

static void add_command(struct hd_setup_request *ask, const char *parent, const char *type,
			const char *uuid, struct hd_changes *changes)
{
	const char *const define[] = { HD_MDEV_DEFINE, parent, type, uuid, NULL };
	const char *const undefine[] = { HD_MDEV_UNDEFINE, uuid, NULL };

	hd_changes_command(changes, ask->context->arena, &(struct hd_command_change){
		.argv = words(ask, define),
		.undo = words(ask, undefine),
		.why = "libvirt defines it, starts it, and starts it again at each boot",
	});
}

/* Does it exist on that parent, and does mdevctl start it at boot? */
static bool is_done(struct hd_context *context, const char *parent, const char *uuid)
{
	const char *json;

	return hd_sysroot_has(&context->root, HD_SYS_MDEV "/%s", uuid) &&
	       hd_sysroot_text(&context->root, context->arena, &json, HD_MDEVCTL "/%s/%s", parent,
			       uuid) > 0 && strstr(json, "\"auto\"");
}

static enum hd_exit plan_mdev(struct hd_setup_request *ask, struct hd_changes *changes,
			      struct hd_error *err)
{
	struct hd_arena *arena = ask->context->arena;
	const char *parent, *type = NULL, *uuid = NULL;
	enum hd_exit code = choose_uuid(&uuid, ask, ask->n_args > 2 ? ask->args[2] : NULL, err);

	if (code == HD_EXIT_OK)
		code = find_parent(&parent, ask->context, ask->args[0], err);
	if (code != HD_EXIT_OK)
		return code;
	if (is_done(ask->context, parent, uuid)) {
		hd_changes_note(changes, arena, "mdev %s exists, and is created again at each boot",
				uuid);
		return HD_EXIT_OK;
	}
	code = find_type(&type, ask, parent, ask->args[1],
			 hd_sysroot_has(&ask->context->root, HD_SYS_MDEV "/%s", uuid), err);
	if (code != HD_EXIT_OK)
		return code;
	add_command(ask, parent, type, uuid, changes);
	hd_changes_note(changes, arena, "'hostdevctl xml %s' writes the element for a guest", uuid);
	return HD_EXIT_OK;
}

const struct hd_setup_subject hd_setup_mdev = {
	.name = "mdev",
	.args = "PARENT TYPE [UUID]",
	.min_args = 2,
	.max_args = 3,
	.summary = "a mediated device, by libvirt, now and at boot",
	.plan = plan_mdev,
};
