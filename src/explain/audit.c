/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * audit.c - what does a denial of AppArmor or SELinux say in words?
 *
 * The keys are those of security/apparmor/audit.c, security/lsm_audit.c and security/selinux/avc.c of Linux.
 */
#include "config.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"
#include "explain/audit.h"

/*
 * The value of KEY in LINE: quoted, or up to the next " key=", as a name may have blanks ("comm=CPU 0/KVM");
 * NULL: LINE has none.
 */
static const char *value_of(const char *line, const char *key, struct hd_arena *arena)
{
	const char *at = line, *end, *blank;
	size_t length = strlen(key);

	while ((at = strstr(at, key)) && at > line && !strchr(" {,", at[-1]))
		at += length;
	if (!at)
		return NULL;
	at += length;
	if (*at == '"')
		return hd_strndup(arena, at + 1, strcspn(at + 1, "\""));
	for (blank = end = at + strcspn(at, " "); *blank; blank += strcspn(blank, " ")) {
		size_t next = strspn(++blank, "abcdefghijklmnopqrstuvwxyz_");

		if (blank[next] == '=' && next)
			break;
		end = blank + strcspn(blank, " ");
	}
	return hd_strndup(arena, at, (size_t)(end - at));
}

/* "svirt_t" of "system_u:system_r:svirt_t:s0:c1,c2"; NULL: no context. */
static const char *type_of(const char *context, struct hd_arena *arena)
{
	for (int i = 0; context && i < 2; i++) {
		context = strchr(context, ':');
		context = context ? context + 1 : NULL;
	}
	return context ? hd_strndup(arena, context, strcspn(context, ": ")) : NULL;
}

/* " (TEXT)", or "" without one. */
static const char *in_brackets(const char *text, struct hd_arena *arena)
{
	return text && *text ? hd_printf(arena, " (%s)", text) : "";
}

static void add_field(struct hd_fields *fields, const char *name, const char *value)
{
	if (value && *value && !hd_field_value(fields, name))
		(void)hd_field_add(fields, name, value);
}

static void add_path(struct hd_fields *fields, const char *object)
{
	if (object && *object == '/' && object[1])
		add_field(fields, "path", object);
}

static const char *object_of(const char *line, struct hd_arena *arena)
{
	const char *object = value_of(line, "path=", arena), *device;

	object = object ? object : value_of(line, "name=", arena);
	device = value_of(line, "dev=", arena);
	if (!object)
		return value_of(line, "tclass=", arena);
	return *object != '/' && device ? hd_printf(arena, "%s on %s", object, device) : object;
}

/* "avc: denied { read } for pid=1 comm="x" name="y" scontext=... tcontext=... tclass=file" */
static const char *selinux_denial(struct hd_fields *fields, const char *line, struct hd_arena *arena)
{
	const char *denied = strstr(line, "denied"), *open = denied ? strchr(denied, '{') : NULL;
	const char *program = value_of(line, "comm=", arena), *object = object_of(line, arena);
	const char *access;

	if (!open || !program)
		return NULL;
	open += 1 + strspn(open + 1, " ");
	access = hd_strndup(arena, open, strcspn(open, "}"));
	add_field(fields, "program", program);
	add_path(fields, object);
	return hd_printf(arena, "%s%s may not %.*s %s%s", program,
			 in_brackets(type_of(value_of(line, "scontext=", arena), arena), arena),
			 (int)(strlen(access) - hd_text_ends_with(access, " ")), access,
			 object ? object : "something",
			 in_brackets(type_of(value_of(line, "tcontext=", arena), arena), arena));
}

static const char *apparmor_denial(struct hd_fields *fields, const char *line, struct hd_arena *arena)
{
	const char *operation = value_of(line, "operation=", arena);
	const char *program = value_of(line, "comm=", arena), *object = value_of(line, "name=", arena);
	const char *profile = value_of(line, "profile=", arena), *mask = value_of(line, "denied_mask=", arena);

	if (!operation || !(program || profile))
		return NULL;
	object = object ? object : value_of(line, "capname=", arena);
	object = object ? object : value_of(line, "peer=", arena);
	add_field(fields, "program", program);
	add_field(fields, "profile", profile);
	add_path(fields, object);
	return hd_printf(arena, "%s may not %s %s%s", program ? program : profile, operation,
			 object ? object : "that", in_brackets(mask ? hd_printf(arena, "asked for %s", mask) : NULL,
							       arena));
}

/* "DENIED PROFILE OPERATION PATH comm=PROGRAM requested_mask=w": aa-log */
static const char *listed_denial(struct hd_fields *fields, const char *line, struct hd_arena *arena)
{
	struct hd_fields found;
	const char *program = value_of(line, "comm=", arena);

	if (!program || !hd_pattern_match("DENIED {word:profile} {word:operation} {text:path} comm=", line,
					  arena, &found))
		return NULL;
	add_field(fields, "program", program);
	(void)hd_fields_merge(fields, &found, arena);
	return hd_printf(arena, "%s may not %s %s", program, hd_field_value(&found, "operation"),
			 hd_field_value(&found, "path"));
}

/* "SELinux is preventing PROGRAM from read access on the file NAME." */
static const char *headline_denial(struct hd_fields *fields, const char *line, struct hd_arena *arena)
{
	struct hd_fields found;
	const char *object, *program;
	char *name;

	if (!hd_pattern_match("SELinux is preventing {word:program} from {text:access} access on the {text:object}",
			      line, arena, &found))
		return NULL;
	object = hd_field_value(&found, "object");
	program = strrchr(hd_field_value(&found, "program"), '/');
	add_field(fields, "program", program ? program + 1 : hd_field_value(&found, "program"));
	name = hd_strndup(arena, object, strcspn(object, "\n"));
	while (*name && strchr(". ", name[strlen(name) - 1]))
		name[strlen(name) - 1] = '\0';
	add_path(fields, strrchr(name, ' ') ? strrchr(name, ' ') + 1 : name);
	return hd_printf(arena, "%s may not %s the %s", hd_field_value(fields, "program"),
			 hd_field_value(&found, "access"), name);
}

void hd_audit_fields(struct hd_fields *fields, const char *line, struct hd_arena *arena)
{
	static const char *(*const readers[])(struct hd_fields *fields, const char *line, struct hd_arena *arena) = {
		headline_denial, apparmor_denial, selinux_denial, listed_denial,
	};
	const char *denial = NULL;

	for (size_t i = 0; !denial && i < HD_ARRAY_SIZE(readers); i++)
		denial = readers[i](fields, line, arena);
	add_field(fields, "denial", denial ? denial : "a program may not do what the line names");
}

/* What the first line of a record has, and what its end has. */
static const struct {
	const char *start, *end;
} records[] = {
	{ "apparmor=\"", "denied_mask=" }, { "avc: denied", "tclass=" }, { "avc:  denied", "tclass=" },
};

static bool has(const char *line, size_t length, const char *text)
{
	return memmem(line, length, text, strlen(text)) != NULL;
}

bool hd_audit_is_cut(const char *line, size_t length)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(records); i++)
		if (has(line, length, records[i].start) && !has(line, length, records[i].end))
			return true;
	return false;
}

bool hd_audit_is_end(const char *line, size_t length)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(records); i++)
		if (has(line, length, records[i].end))
			return true;
	return false;
}
