/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu.c - the program that libvirt runs at every start and stop of a guest.
 *
 * Most guests pass no host device, and every one of their starts runs this:
 * it links the C library alone, looks at the operation, then at the bytes of
 * the domain XML, and leaves.  Only then is the engine loaded (event.c).
 * Standard output stays empty: for some operations libvirt would take it as
 * the guest's new XML.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/exit.h"
#include "base/log.h"
#include "base/utf8.h"
#include "domain/prescan.h"
#include "domain/request.h"
#include "hooks/hook.h"

#define USAGE "hostdevctl-hook [--sysroot DIR] GUEST OPERATION SUBOPERATION EXTRA"

/* started, stopped, migrate, restore, attach and what libvirt may add: nothing to do. */
static const struct hd_operation operations[] = {
	{ "prepare", "begin", "not started", true, false, HD_EXIT_STRANDED },
	{ "start", "begin", "not started", true, false, HD_EXIT_HOST },
	{ "release", "end", "devices not given back", false, true, HD_EXIT_STRANDED },
	{ "reconnect", "begin", "not verified", false, false, HD_EXIT_OK },
};

/* `release` of a guest that did not start and of which we hold nothing: libvirt took its devices. */
static const struct hd_operation failed = {
	"failed", "end", "not explained", false, false, HD_EXIT_OK
};

/* The reason of `release`, since libvirt 10.5. */
static bool is_failed(const struct hd_hook_call *call)
{
	return !strcmp(call->extra, "failed");
}

static const struct hd_operation *find_operation(const struct hd_hook_call *call)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(operations); i++)
		if (!strcmp(operations[i].name, call->operation) &&
		    !strcmp(operations[i].suboperation, call->suboperation))
			return &operations[i];
	return NULL;
}

void hd_complain(const struct hd_operation *operation, const struct hd_hook_call *call,
		 const char *fmt, ...)
{
	char name[128], text[768];
	va_list args;

	(void)hd_text_shown(name, sizeof(name), call->guest, "");
	va_start(args, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	(void)hd_text_shown(text, sizeof(text), text, "");
	(void)dprintf(STDERR_FILENO, "hostdevctl: guest '%s' %s: %s\n", name,
		      operation->consequence, text);
	/* libvirt shows our words only if we fail */
	if (operation->fails_closed || call->sysroot)
		return;
	hd_log_open("hostdevctl-hook");
	hd_log(LOG_CRIT, "guest '%s' %s: %s", name, operation->consequence, text);
}

/* A descriptor 0 to 2 that is closed would be reused for the next file. */
static void fill_standard_descriptors(void)
{
	int fd = open("/dev/null", O_RDWR);

	while (fd >= 0 && fd <= STDERR_FILENO)
		fd = open("/dev/null", O_RDWR);
	if (fd > STDERR_FILENO)
		hd_close(&fd);
}

static const char *input_problem(int code)
{
	static const struct { int code; const char *text; } problems[] = {
		{ -ENODATA, "libvirt gave no domain XML on standard input" },
		{ -EFBIG, "its domain XML is larger than 32 MiB" },
		{ -ETIMEDOUT, "its domain XML did not end within 30 s" },
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(problems); i++)
		if (problems[i].code == code)
			return problems[i].text;
	return strerror(-code);
}

/*
 * What is to be done for the guest of this XML; NULL: nothing.  A device may have
 * been unplugged since the start: for `release` the journal decides, not the XML.
 */
static const struct hd_operation *wanted(const struct hd_operation *operation,
					 const struct hd_hook_call *call,
					 const struct hd_input *input)
{
	if (operation->needs_journal && hd_has_journal(call->sysroot, input->text, input->length))
		return operation;
	if (operation->needs_journal)
		operation = is_failed(call) ? &failed : NULL;
	return operation && hd_prescan_may_pass_devices(input->text, input->length) ?
	       operation : NULL;
}

static enum hd_exit run(const struct hd_operation *operation, struct hd_hook_call *call)
{
	_cleanup_(hd_input_free) struct hd_input input = { 0 };
	int rc;

	if (operation->needs_journal && !is_failed(call) &&
	    !hd_has_journal(call->sysroot, NULL, 0))
		return HD_EXIT_OK;
	rc = hd_input_read(&input, STDIN_FILENO, HD_XML_MAX, HD_HOOK_INPUT_MS);
	if (rc < 0) {
		hd_complain(operation, call, "cannot tell which devices it uses: %s",
			    input_problem(rc));
		return rc == -ENOMEM ? HD_EXIT_MEMORY : HD_EXIT_HOST;
	}
	operation = wanted(operation, call, &input);
	if (!operation)
		return HD_EXIT_OK;
	call->operation = operation->name;
	call->xml = input.text;
	call->xml_length = input.length;
	return hd_supervise(operation, call);
}

/* Options come before libvirt's four words, which are taken as they are. */
static bool parse_words(struct hd_hook_call *ret, int argc, char **argv)
{
	if (argc == 7 && !strcmp(argv[1], "--sysroot")) {
		ret->sysroot = argv[2];
		argc -= 2;
		argv += 2;
	}
	if (argc != 5 || !*argv[1])
		return false;
	ret->guest = argv[1];
	ret->operation = argv[2];
	ret->suboperation = argv[3];
	ret->extra = argv[4];
	return true;
}

/* A `reconnect` that failed would end the running guest; after a `release` libvirt goes on. */
static enum hd_exit status_of(const struct hd_operation *operation, enum hd_exit code)
{
	return operation->fails_closed || operation->needs_journal ? code : HD_EXIT_OK;
}

int main(int argc, char **argv)
{
	struct hd_hook_call call = { 0 };
	const struct hd_operation *operation;

	if (argc == 2 && !strcmp(argv[1], "--version")) {
		(void)printf("hostdevctl-hook %s\n", PACKAGE_VERSION);
		return HD_EXIT_OK;
	}
	if (argc == 2 && !strcmp(argv[1], "--help")) {
		(void)printf("usage: %s\nSee hostdevctl-hook(8).\n", USAGE);
		return HD_EXIT_OK;
	}
	if (!parse_words(&call, argc, argv)) {
		(void)fprintf(stderr, "usage: %s\n", USAGE);
		return HD_EXIT_USAGE;
	}
	/* A session daemon runs the same hooks as its user, who has no host devices to give. */
	if (!call.sysroot && geteuid() != 0)
		return HD_EXIT_OK;
	operation = find_operation(&call);
	if (!operation)
		return HD_EXIT_OK;
	fill_standard_descriptors();
	(void)signal(SIGPIPE, SIG_IGN);
	return status_of(operation, run(operation, &call));
}
