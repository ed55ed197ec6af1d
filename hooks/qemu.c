/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu.c - the program that libvirt runs at every start and stop of a guest.
 *
 * Most guests pass no host device, and every one of their starts runs this:
 * it links the C library alone, looks at the operation, then at the bytes of
 * the domain XML, and leaves.  Only then is the engine loaded (answer.c).
 * Standard output stays empty: for some operations libvirt would take it as
 * the guest's new XML.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/exit.h"
#include "base/log.h"
#include "base/utf8.h"
#include "domain/early_exit.h"
#include "domain/xml.h"
#include "hooks/hook.h"

#define USAGE "hostdevctl-hook [--sysroot DIR] GUEST OPERATION SUBOPERATION EXTRA"


/* The reason of `release`, since libvirt 10.5. */
static bool is_failed(const struct hd_hook_call *call)
{
	return !strcmp(call->extra, "failed");
}

/* What is there to do at the end of a guest of which we hold nothing? */
static const struct hd_operation *operation_if_unheld(const struct hd_hook_call *call)
{
	return &hd_operations[is_failed(call) ? HD_OPERATION_FAILED : HD_OPERATION_LEFT];
}

bool hd_say(const char *text, size_t length)
{
	struct pollfd room = { .fd = STDERR_FILENO, .events = POLLOUT };

	while (length) {
		size_t piece = length < PIPE_BUF ? length : PIPE_BUF;
		ssize_t n;

		if (poll(&room, 1, HD_HOOK_SAY_MS) != 1)
			return false;
		n = write(STDERR_FILENO, text, piece);
		if (n < 0 && errno != EINTR)
			return false;
		text += n > 0 ? n : 0;
		length -= n > 0 ? (size_t)n : 0;
	}
	return true;
}

void hd_complain(const struct hd_operation *operation, const struct hd_hook_call *call,
		 const char *consequence, const char *fmt, ...)
{
	char name[128], text[768], line[1024];
	va_list args;

	(void)hd_text_shown(name, sizeof(name), call->guest, "");
	va_start(args, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	(void)hd_text_shown(text, sizeof(text), text, "");
	(void)snprintf(line, sizeof(line), "hostdevctl: guest '%s' %s: %s\n", name, consequence,
		       text);
	(void)hd_say(line, strlen(line));
	/* libvirt shows our words only if we fail */
	if (operation->fails_closed || call->sysroot)
		return;
	hd_log_open("hostdevctl-hook");
	hd_log(LOG_CRIT, "guest '%s' %s: %s", name, consequence, text);
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
		{ -ENODATA, "libvirt wrote no domain XML to standard input" },
		{ -EFBIG, "its domain XML is larger than 32 MiB" },
		{ -ETIMEDOUT, "its domain XML did not end within 30 s" },
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(problems); i++)
		if (problems[i].code == code)
			return problems[i].text;
	return strerror(-code);
}

/* Work: is anything held, of any guest, or may libvirt have left something on VFIO? */
static enum hd_exit look_for_journal(const struct hd_operation *operation,
				     const struct hd_hook_call *call)
{
	(void)operation;
	return hd_has_journal(call->sysroot, NULL, 0) || hd_has_vfio(call->sysroot) ?
	       HD_EXIT_REFUSED : HD_EXIT_OK;
}

/*
 * Work: a device may have been unplugged since the start, so the journal decides what the
 * guest holds, not the XML.
 */
static enum hd_exit answer_release(const struct hd_operation *operation,
				   const struct hd_hook_call *call)
{
	bool is_held = hd_has_journal(call->sysroot, call->xml, call->xml_length);
	struct hd_hook_call unheld = *call;

	atomic_store(&call->shared->may_have_changed, false);
	if (is_held)
		return hd_engine_run(operation, call);
	if (!hd_domain_may_pass_devices(call->xml, call->xml_length))
		return HD_EXIT_OK;
	operation = operation_if_unheld(call);
	unheld.operation = operation->name;
	return hd_engine_run(operation, &unheld);
}

static enum hd_exit read_xml(struct hd_input *ret, const struct hd_operation *operation,
			     struct hd_hook_call *call)
{
	int rc = hd_input_read(ret, STDIN_FILENO, HD_XML_MAX, HD_HOOK_INPUT_MS);

	if (rc < 0)
		hd_complain(operation, call, operation->in_doubt,
			    "its devices are unknown: %s", input_problem(rc));
	call->xml = ret->text;
	call->xml_length = ret->length;
	if (rc < 0)
		return rc == -ENOMEM ? HD_EXIT_MEMORY : HD_EXIT_HOST;
	return HD_EXIT_OK;
}

/* Files show what a guest holds, and a look at these may hang. */
static enum hd_exit run_release(const struct hd_operation *operation, struct hd_hook_call *call)
{
	_cleanup_(hd_input_free) struct hd_input input = { 0 };
	enum hd_exit found = hd_supervise(operation, call, look_for_journal, HD_HOOK_LOOK_MS);

	if (found == HD_EXIT_OK && is_failed(call))
		operation = operation_if_unheld(call);
	else if (found != HD_EXIT_REFUSED)
		return found;
	found = read_xml(&input, operation, call);
	if (found == HD_EXIT_OK)
		found = hd_supervise(operation, call, answer_release, HD_HOOK_ENGINE_MS);
	return operation->needs_journal ? found : HD_EXIT_OK;
}

static enum hd_exit run(const struct hd_operation *operation, struct hd_hook_call *call)
{
	_cleanup_(hd_input_free) struct hd_input input = { 0 };
	enum hd_exit code;

	if (operation->needs_journal)
		return run_release(operation, call);
	code = read_xml(&input, operation, call);
	if (code != HD_EXIT_OK)
		return code;
	if (operation->announces)
		return hd_domain_may_replug(input.text, input.length) ?
			hd_supervise(operation, call, hd_announce_usb, HD_HOOK_LOOK_MS) : HD_EXIT_OK;
	if (!hd_domain_may_pass_devices(input.text, input.length))
		return HD_EXIT_OK;
	return hd_supervise(operation, call, hd_engine_run, HD_HOOK_ENGINE_MS);
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
	struct hd_hook_call call = { .version = PACKAGE_VERSION };
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
	operation = hd_operation_find(call.operation, call.suboperation);
	if (!operation)
		return HD_EXIT_OK;
	fill_standard_descriptors();
	(void)signal(SIGPIPE, SIG_IGN);
	return status_of(operation, run(operation, &call));
}
