/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * read_nova.c - which devices does nova.conf offer?
 *
 * Options that may be repeated, with values in JSON: an object or a list of them (nova/conf/pci.py,
 * nova/pci/whitelist.py).  The file is read as oslo.config does (oslo_config/iniparser.py): a line that
 * begins with a blank continues the option before it.  libeconf keeps one value for each option only.
 */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "scheduler/configuration_internal.h"

/* All names that the option has had. */
static const struct {
	const char *section, *option;
} names[] = {
	{ "pci", "device_spec" },
	{ "pci", "passthrough_whitelist" },
	{ "DEFAULT", "pci_passthrough_whitelist" },
};

struct option {
	const char *section, *name;
	unsigned line;
	char *value;		/* its lines */
	size_t length;
};

static int refuse_spec(struct hd_configuration_reader *reader, unsigned line, const char *why)
{
	return hd_fail(reader->err, -EINVAL, "line %u: device_spec: %s", line, why);
}

/* A member that must be a text; *RET is NULL without it. */
static int text_of(struct hd_configuration_reader *reader, const struct hd_doc *spec, unsigned line,
		   const char *key, const char **ret)
{
	const struct hd_doc *member = hd_doc_member(spec, key);

	*ret = NULL;
	if (!member)
		return 0;
	*ret = member->kind == HD_DOC_TEXT ? member->text : NULL;
	return *ret ? 0 : refuse_spec(reader, line, hd_printf(reader->arena, "%s is not a text", key));
}

static int take_number(struct hd_configuration_reader *reader, const struct hd_doc *spec, unsigned line,
		       const char *key, bool *ret_has, unsigned *ret)
{
	const char *text;
	int rc = text_of(reader, spec, line, key, &text);

	*ret_has = text && strcmp(text, "*") != 0;
	if (rc < 0 || !*ret_has || hd_entry_hex(ret, text))
		return rc;
	return refuse_spec(reader, line, hd_printf(reader->arena, "%s '%s' is not a hexadecimal number", key,
					      hd_text_printable(reader->arena, text, HD_OBJECT_MAX)));
}

/* What is false for Python is not given (PciDeviceSpec of nova/pci/devspec.py), so not beside the other. */
static bool is_given(const struct hd_doc *member)
{
	return member && (member->kind == HD_DOC_TEXT ? member->text && *member->text : member->n > 0);
}

static int take_interface(struct hd_configuration_reader *reader, struct hd_entry *entry,
			  const struct hd_doc *spec)
{
	if (!is_given(hd_doc_member(spec, "devname")))
		return 0;
	return text_of(reader, spec, entry->line, "devname", &entry->interface);
}

static int take_address(struct hd_configuration_reader *reader, struct hd_entry *entry,
			const struct hd_doc *spec)
{
	const struct hd_doc *member = hd_doc_member(spec, "address");
	struct hd_address_pattern *address;
	int rc;

	if (!is_given(member))
		return 0;
	if (entry->interface)
		return refuse_spec(reader, entry->line, "both address and devname");
	address = hd_alloc(reader->arena, sizeof(*address));
	rc = hd_address_pattern_nova(address, reader->arena, member, reader->err);
	if (rc < 0)
		return hd_wrap(reader->err, "line %u: device_spec", entry->line);
	entry->address = address;
	return rc;
}

static int take_spec(struct hd_configuration_reader *reader, const struct hd_doc *spec, unsigned line)
{
	struct hd_entry entry = {
		.scheduler = &hd_scheduler_nova, .line = line, .object = "device_spec",
		.kind = HD_DEVICE_PCI, .takes_vfs = true,
	};
	const char *migratable;
	int rc;

	if (spec->kind != HD_DOC_MAP)
		return refuse_spec(reader, line, "the value is neither an object nor a list of objects");
	rc = take_number(reader, spec, line, "vendor_id", &entry.has_vendor, &entry.vendor);
	if (rc == 0)
		rc = take_number(reader, spec, line, "product_id", &entry.has_device, &entry.device);
	if (rc == 0)
		rc = take_interface(reader, &entry, spec);
	if (rc == 0)
		rc = text_of(reader, spec, line, "live_migratable", &migratable);
	if (rc == 0)
		rc = take_address(reader, &entry, spec);
	if (rc < 0)
		return rc;
	entry.wants_migration = migratable && HD_IS_ANY(migratable, ((const char *const[]){
		"yes", "true", "True", "1", "on" }));
	return hd_configuration_add(reader, &entry);
}

/* A value may be in quotes, which oslo.config takes away. */
static void unquote(struct option *option)
{
	size_t n = option->length;

	while (n && strchr(" \t\r\n", option->value[n - 1]))
		n--;
	option->value[n] = '\0';
	if (n > 1 && option->value[0] == option->value[n - 1] && strchr("\"'", option->value[0])) {
		option->value[n - 1] = '\0';
		option->value++;
		n -= 2;
	}
	option->length = n;
}

/* oslo.config compares them in lower case, DEFAULT as it is (_normalize_group_name() of oslo_config/cfg.py). */
static bool is_section(const char *written, const char *section)
{
	return (!strcmp(section, "DEFAULT") ? strcmp : strcasecmp)(written, section) == 0;
}

static bool is_wanted(const struct option *option)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(names); i++)
		if (option->name && is_section(option->section, names[i].section) &&
		    !strcmp(option->name, names[i].option))
			return true;
	return false;
}

static int end_option(struct hd_configuration_reader *reader, struct option *option)
{
	struct hd_doc value;
	int rc = 0;

	if (is_wanted(option)) {
		unquote(option);
		if (hd_document_json(&value, reader->arena, option->value, option->length, reader->err) < 0)
			return hd_fail(reader->err, -EINVAL, "line %u: %s: the value is not JSON: %s", option->line,
				       option->name, hd_strdup(reader->arena, reader->err->text));
		if (value.kind != HD_DOC_LIST)
			rc = take_spec(reader, &value, option->line);
		for (size_t i = 0; rc == 0 && value.kind == HD_DOC_LIST && i < value.n; i++)
			rc = take_spec(reader, &value.items[i], option->line);
	}
	*option = (struct option){ .section = option->section };
	return rc;
}

/* An option ends at its first "=" or ":". */
static int begin_option(struct hd_configuration_reader *reader, struct option *option, unsigned number,
			const char *line)
{
	size_t name = strcspn(line, "=:"), value = name + 1;

	if (!name || !line[name])
		return hd_fail(reader->err, -EINVAL, "line %u: '%s' is not OPTION = VALUE", number,
			       hd_text_printable(reader->arena, line, HD_OBJECT_MAX));
	while (name && strchr(" \t", line[name - 1]))
		name--;
	value += strspn(line + value, " \t");
	option->name = hd_strndup(reader->arena, line, name);
	option->line = number;
	hd_append_text(reader->arena, &option->value, &option->length, line + value, strlen(line + value));
	return 0;
}

static int begin_section(struct hd_configuration_reader *reader, struct option *option, unsigned number,
			 const char *line)
{
	size_t length = strlen(line);

	while (strchr(" \t\r", line[length - 1]))
		length--;
	if (length <= strlen("[]") || line[length - 1] != ']')
		return hd_fail(reader->err, -EINVAL, "line %u: '%s' is not [SECTION]", number,
			       hd_text_printable(reader->arena, line, HD_OBJECT_MAX));
	option->section = hd_strndup(reader->arena, line + 1, length - strlen("[]"));
	/* What has neither of these may be anybody's: a unit of systemd, for example. */
	for (size_t i = 0; i < HD_ARRAY_SIZE(names); i++)
		if (is_section(option->section, names[i].section))
			hd_configuration_is_of(reader, &hd_scheduler_nova);
	return 0;
}

static int continue_option(struct hd_configuration_reader *reader, struct option *option, unsigned number,
			   const char *line)
{
	if (!option->name)
		return hd_fail(reader->err, -EINVAL, "line %u: continues no option", number);
	hd_append_text(reader->arena, &option->value, &option->length, "\n", 1);
	hd_append_text(reader->arena, &option->value, &option->length, line, strlen(line));
	return 0;
}

static int take_line(struct hd_configuration_reader *reader, struct option *option, unsigned number,
		     const char *line)
{
	int rc;

	/* A comment ends an option, too: what continues it behind that is an error of oslo.config. */
	if (*line == '#' || *line == ';' || !line[strspn(line, " \t\r")])
		return end_option(reader, option);
	if (*line == ' ' || *line == '\t')
		return continue_option(reader, option, number, line);
	rc = end_option(reader, option);
	if (rc < 0)
		return rc;
	return (*line == '[' ? begin_section : begin_option)(reader, option, number, line);
}

int hd_read_nova(struct hd_configuration_reader *reader, const char *text)
{
	struct option option = { .section = "DEFAULT" };
	const char *line;
	int rc = 0;

	for (unsigned number = 1; rc == 0 && (line = hd_text_next_line(reader->arena, &text)); number++)
		rc = take_line(reader, &option, number, line);
	return rc < 0 ? rc : end_option(reader, &option);
}
