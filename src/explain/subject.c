/* SPDX-License-Identifier: GPL-2.0-or-later */
/* subject.c - what is a message about: which device, group, driver, unit, guest, path and error? */
#include "config.h"

#include <ctype.h>
#include <string.h>

#include "base/pciaddr.h"
#include "base/text.h"
#include "explain/errno_name.h"
#include "explain/structured.h"
#include "explain/subject.h"

#define PEELS_MAX 16		/* envelopes within envelopes */
#define STAMP_MAX 48		/* of "[Mon Jul  7 12:37:38 2025]" */
#define WORD_END " \t'\",;()[]<>"

/* What stands before a reason; as pattern.h has it, at its very beginning. */
static const char *const envelopes[] = {
	"kernel: ", "error: ", "error : ", "Error: ", "ERROR: ", "internal error: ", "failed: ",
	"TASK ERROR: ", "start failed: ", "operation failed: ", "Error starting domain: ",
	"Error starting domain '{text}': ", "Failed to start domain '{text}': ",
	"Failed to start domain {word}: ", "Failed to create domain from {path}: ",
	"process exited while connecting to monitor: ", "qemu unexpectedly closed the monitor: ",
	"unable to execute QEMU command '{text}': ", "Call to {word} failed: ",
	"libvirt error code: {number}, message: ", "libvirt.libvirtError: ", "libvirtError: ",
	"qemu-system-{word}: ", "qemu-kvm: ", "kvm: ", "-device {text}: ", "audit: ",
	"Warning Failed{text}kubelet ", "Error syncing pod, skipping: ",
};

/* What names a thing; all lines are compared, so that each is cheap. */
static const char *const names[] = {
	"/dev/vfio/{number:group}", "iommu_groups/{number:group}", "IOMMU group {number:group}",
	"iommu group {number:group}", "iommu_group {number:group}", "for group {number:group}",
	"group {number:group}", "/bus/pci/drivers/{text:driver}/", "driver '{word:driver}'",
	"driver \"{word:driver}\"", "by driver {word:driver}", "with driver {word:driver}",
	"bound to {word:driver}", "could not insert '{word:driver}", "Module {word:driver} ",
	"domain '{text:guest}'", "domain \"{text:guest}\"", "guest '{text:guest}'",
	"guest={word:guest},", "name=guest={word:guest}", "hooks/qemu {word:guest} ",
	"start domain {word:guest}", "VM {number:guest} ", "vm {number:guest} ", "TASK qmstart:{number:guest}",
	"qemu-server/{number:guest}.conf", "qm start {number:guest}", "VF {number:vf}", " vf {number:vf}",
	"ifname {word:interface}", "ndev = {word:interface}", "interface {word:interface}: ",
	"/0x{hex:size} [{word:driver}]",
};

static const char *const unit_ends[] = {
	".service", ".socket", ".mount", ".slice", ".target", ".timer",
};

/* Before an address, but not a driver: "pci 0000:01:00.0: ...". */
static const char *const not_drivers[] = { "pci", "device", "for", "of", "from", "vfio", "function" };

static size_t blank_length(const char *at)
{
	return strspn(at, " \t");
}

/* "[   12.345678] ", "[Jun24 11:48] ", "[instance: 5d22-...] ". */
static size_t bracket_length(const char *at)
{
	size_t length = *at == '[' ? strcspn(at, "]") : 0;

	if (!length || length > STAMP_MAX || !at[length] || !at[length + 1] ||
	    strcspn(at, "0123456789") > length)
		return 0;
	return length + 1;
}

/* "2026-11-21T10:00:00.1Z ", "10:00:00.123+0000: ", "15223: ". */
static size_t stamp_length(const char *at)
{
	size_t length = strspn(at, "0123456789-:.,+TZ");

	if (length < 3 || !isdigit((unsigned char)*at) || (at[length] && at[length] != ' ') ||
	    !memchr(at, ':', length))
		return length == 10 && at[4] == '-' && at[length] == ' ' ? length : 0;
	return length;
}

/* "Nov  1 10:00:00 host ", with a month in any language. */
static size_t record_length(const char *at)
{
	size_t month = strcspn(at, " "), length = month + blank_length(at + month);
	size_t day = strspn(at + length, "0123456789");

	if (month < 3 || month > 8 || day < 1 || day > 2)
		return 0;
	length += day + blank_length(at + length + day);
	if (strspn(at + length, "0123456789:.") < 8)
		return 0;
	length += strcspn(at + length, " ");
	length += blank_length(at + length);
	length += strcspn(at + length, " ");		/* the host */
	return length + blank_length(at + length);
}

const char *hd_subject_record(const char *line)
{
	return line + record_length(line);
}

/* The same, and "sshd[12]: ". */
static size_t syslog_length(const char *at)
{
	size_t length = record_length(at), program = strcspn(at + length, " ");

	if (length && at[length + program] && memchr(at + length, ':', program))
		length += program;
	return length;
}

static size_t envelope_length(const char *at, struct hd_arena *scratch)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(envelopes); i++) {
		size_t length = hd_pattern_length(envelopes[i], at, scratch);

		if (length)
			return length;
	}
	return 0;
}

static size_t peel_length(const char *at, struct hd_arena *scratch)
{
	size_t length = blank_length(at);

	length = length ? length : bracket_length(at);
	length = length ? length : stamp_length(at);
	length = length ? length : syslog_length(at);
	return length ? length : envelope_length(at, scratch);
}

const char *hd_subject_reason(const char *line, struct hd_arena *arena)
{
	struct hd_arena scratch = { 0 };
	const char *at = hd_structured_message(line, arena);

	for (int i = 0; i < PEELS_MAX; i++) {
		size_t length = peel_length(at, &scratch);

		if (!length || !at[length + blank_length(at + length)])
			break;
		at += length;
	}
	hd_arena_done(&scratch);
	return at;
}

#define INNERMOST_WORDS 4

static size_t count_words(const char *text)
{
	size_t n = 0;

	while (*(text += blank_length(text))) {
		n++;
		text += strcspn(text, " \t");
	}
	return n;
}

/* "denied", but neither "0x12", "frob_gizmo", "mode=3" nor "[x]": what says something to a reader. */
static bool has_letter_word(const char *text)
{
	for (size_t length; *(text += blank_length(text)); text += length) {
		size_t letters = 0;

		length = strcspn(text, " \t");
		while (isalpha((unsigned char)text[letters]))
			letters++;
		if (letters > 1 && (letters == length || (letters + 1 == length && strchr(",.:;!?", text[letters]))))
			return true;
	}
	return false;
}

const char *hd_subject_innermost(const char *reason)
{
	const char *best = reason;

	for (const char *at = reason; (at = strstr(at, ": ")); at++)
		if (count_words(at + 2) >= INNERMOST_WORDS && has_letter_word(at + 2))
			best = at + 2;
	return best;
}

const char *hd_subject_quoted(const char *line, const char *reason)
{
	const char *ret = hd_subject_innermost(reason);

	return has_letter_word(ret) ? ret : line;
}

/*
 * "host=01:00.0", "pci_0000_01_00_0" and the slot of NVIDIA's "PCI:0000:01:00", whose graphics is
 * function 0, as the kernel writes them; NULL: none at AT.
 */
static const char *other_address(const char *line, const char *at, struct hd_arena *arena)
{
	static const char *const starts[] = { "host=", "[", "device ", "device '", "PCI:" };
	size_t length = strspn(at, "pci_0123456789abcdefABCDEF:.");
	char buf[HD_PCI_ADDR_SIZE];
	struct hd_pci_addr addr;
	bool is_meant = hd_text_starts_with(at, "pci_");

	for (size_t i = 0; i < HD_ARRAY_SIZE(starts); i++) {
		size_t before = strlen(starts[i]);

		is_meant |= (size_t)(at - line) >= before && !strncmp(at - before, starts[i], before);
	}
	while (length && strchr(":.", at[length - 1]))
		length--;
	if (!is_meant || length > HD_PCI_ADDR_SIZE)
		return NULL;
	if (!hd_pci_addr_parse(hd_strndup(arena, at, length), &addr) &&
	    !hd_pci_addr_parse(hd_printf(arena, "%.*s.0", (int)length, at), &addr))
		return NULL;
	return hd_strdup(arena, hd_pci_addr_format(&addr, buf));
}

const char *hd_subject_address(const char *line, struct hd_arena *arena)
{
	for (const char *at = line; *at; at++) {
		const char *other;
		size_t length;

		if (!isxdigit((unsigned char)*at) && *at != 'p')
			continue;
		if (at > line && isalnum((unsigned char)at[-1]))
			continue;
		length = hd_pattern_address(at);
		if (length)
			return hd_strndup(arena, at, length);
		other = other_address(line, at, arena);
		if (other)
			return other;
	}
	return NULL;
}

static void add_missing(struct hd_fields *fields, const char *name, const char *value)
{
	if (value && *value && !hd_field_value(fields, name))
		(void)hd_field_add(fields, name, value);
}

static bool is_name_char(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '-';
}

/* The name that ends right before the blank at END. */
static const char *name_before(const char *line, const char *end, struct hd_arena *arena)
{
	const char *start = end;

	while (start > line && is_name_char(start[-1]))
		start--;
	return hd_strndup(arena, start, (size_t)(end - start));
}

/* "amdgpu" of "amdgpu 0000:09:00.0: ...". */
static void add_driver(struct hd_fields *fields, const char *line, struct hd_arena *arena)
{
	const char *address = hd_field_value(fields, "address");
	const char *at = address ? strstr(line, address) : NULL, *word;

	if (!at || at == line || at[-1] != ' ' || at[strlen(address)] != ':')
		return;
	word = name_before(line, at - 1, arena);
	if (islower((unsigned char)*word) && !HD_IS_ANY(word, not_drivers))
		add_missing(fields, "driver", word);
}

/* "ens3f1" of "ixgbe 0000:08:00.1 ens3f1: ...". */
static void add_interface(struct hd_fields *fields, const char *line, struct hd_arena *arena)
{
	const char *address = hd_field_value(fields, "address");
	const char *at = address ? strstr(line, address) : NULL;
	size_t length = 0;

	if (!at || at[strlen(address)] != ' ')
		return;
	at += strlen(address) + 1;
	while (is_name_char(at[length]))
		length++;
	if (length && at[length] == ':' && islower((unsigned char)*at))
		add_missing(fields, "interface", hd_strndup(arena, at, length));
}

/* The word that ends with one of unit_ends. */
static void add_unit(struct hd_fields *fields, const char *line, struct hd_arena *arena)
{
	size_t length;

	for (; *line; line += length + (line[length] != '\0')) {
		const char *word;

		length = strcspn(line, WORD_END);
		while (length && (line[length - 1] == '.' || line[length - 1] == ':'))
			length--;
		if (!memchr(line, '.', length))
			continue;
		word = hd_strndup(arena, line, length);
		for (size_t i = 0; i < HD_ARRAY_SIZE(unit_ends); i++)
			if (*word != '/' && hd_text_ends_with(word, unit_ends[i]))
				add_missing(fields, "unit", word);
	}
}

/* The greater, the more a path says: "/bin/x.sh: line 1: /dev/y" is about the latter. */
static int path_rank(const char *line, const char *at, size_t length)
{
	if (hd_text_starts_with(at, "/dev/") || hd_text_starts_with(at, "/sys/"))
		return 2;
	return at > line || at[length] != ':';
}

/* The first of the words that begin with "/", are more than that, and say most. */
static void add_path(struct hd_fields *fields, const char *line, struct hd_arena *arena)
{
	const char *best = NULL;
	size_t best_length = 0;
	int best_rank = -1;

	for (const char *at = line; (at = strchr(at, '/')); at++) {
		size_t length = strcspn(at, WORD_END);
		int rank;

		while (length && strchr(".:", at[length - 1]))
			length--;
		rank = path_rank(line, at, length);
		if (length <= 2 || (at > line && !strchr(" \t'\"=(", at[-1])) || rank <= best_rank)
			continue;
		best = at;
		best_length = length;
		best_rank = rank;
	}
	if (best)
		add_missing(fields, "path", hd_strndup(arena, best, best_length));
}

void hd_subject_fields(struct hd_fields *fields, const char *line, struct hd_arena *arena)
{
	add_missing(fields, "address", hd_subject_address(line, arena));
	for (size_t i = 0; i < HD_ARRAY_SIZE(names); i++) {
		struct hd_fields found;

		if (hd_pattern_match(names[i], line, arena, &found))
			add_missing(fields, found.items[found.n - 1].name, found.items[found.n - 1].value);
	}
	add_driver(fields, line, arena);
	add_interface(fields, line, arena);
	add_unit(fields, line, arena);
	add_path(fields, line, arena);
	add_missing(fields, "errno", hd_errno_name(line));
}

/* Is a UUID, with - or _ between its parts, AT? */
static bool is_uuid(const char *at)
{
	static const size_t parts[] = { 8, 4, 4, 4, 12 };

	for (size_t i = 0; i < HD_ARRAY_SIZE(parts); i++) {
		if (strspn(at, "0123456789abcdefABCDEF") != parts[i])
			return false;
		at += parts[i];
		if (i + 1 < HD_ARRAY_SIZE(parts) && *at != '-' && *at != '_')
			return false;
		at++;
	}
	return true;
}

bool hd_subject_is_mediated(const char *line)
{
	static const char *const starts[] = { "vfio ", "vfio error: ", "mdev/devices/", "mdev_", "mdev=" };

	for (size_t i = 0; i < HD_ARRAY_SIZE(starts); i++)
		for (const char *at = line; (at = strstr(at, starts[i])); at++)
			if (is_uuid(at + strlen(starts[i])))
				return true;
	return false;
}

bool hd_subject_is_resource(const char *line)
{
	static const char *const owners[] = { "nvidia.com/", "intel.com/", "amd.com/", "mellanox.com/" };

	for (size_t i = 0; i < HD_ARRAY_SIZE(owners); i++)
		if (strstr(line, owners[i]))
			return true;
	return false;
}
