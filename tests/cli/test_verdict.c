/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_verdict.c - do all commands and the hook say the same of each device of each host?
 *
 * The commands are run as main() runs them, in this process, on the hosts of
 * tests/hosts and of the folder HD_MORE_HOSTS.  `attach` asks a libvirt that is made up
 * here.  The hook's engine gets the XML that `xml` wrote, and may write no file: what
 * it lets pass ends at its journal, before the host is touched.
 */
#include "config.h"

#include <errno.h>
#include <glob.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "cli/options.h"
#include "hooks/engine.h"
#include "inventory/inventory.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"
#include "virt/guest_change.h"

#define MAX_ARGS 16
#define UUID "c7a5fdbd-edaf-9455-926a-d65c16db1809"
#define TEMPLATES SRCDIR "/xml-templates"
#define GUEST(devices) \
	"<domain type='kvm'><name>v</name><uuid>" UUID "</uuid><memory>65536</memory>" \
	"<os><type arch='x86_64' machine='q35'>hvm</type></os><devices>" devices \
	"</devices></domain>"

/* What a command did. */
struct outcome {
	enum hd_exit code;
	const char *out, *why;
};

struct world {
	struct fake_host host;
	const char *path;		/* of the captured tree */
	struct hd_inventory inventory;
	const char *list, *map;		/* what these print of the whole host */
	size_t n_ready, n_needs, n_never, n_wrong;
};

/* libvirt's part of `attach`: a guest without devices that does not run (--wrap). */
int __wrap_hd_guest_state(struct hd_virt_guest *ret, struct hd_arena *arena, const char *uri,
			  const char *name, struct hd_error *err);
int __wrap_hd_guest_state(struct hd_virt_guest *ret, struct hd_arena *arena, const char *uri,
			  const char *name, struct hd_error *err)
{
	(void)uri;
	(void)name;
	(void)err;
	*ret = (struct hd_virt_guest){ .config = hd_strdup(arena, GUEST("")),
				       .is_persistent = true };
	(void)snprintf(ret->uuid, sizeof(ret->uuid), UUID);
	return 0;
}

/* As main() does it; the arena of the host keeps what was printed. */
static struct outcome run(struct world *w, const struct hd_command *command, char **argv, int n)
{
	struct hd_arena arena = { NULL };
	struct hd_options options;
	struct outcome outcome = { .code = HD_EXIT_USAGE };
	struct hd_error err = { 0 };
	char *out = NULL;
	size_t size = 0;
	FILE *stream = open_memstream(&out, &size), *notes = fopen("/dev/null", "we");
	struct hd_run run = { .command = command, .options = &options,
			      .out = stream, .notes = notes,
			      .context = { .root.fd = -1, .config = hd_config_defaults,
					   .arena = &arena } };
	int first = hd_options_parse(&options, command->options, n, argv, &err);

	assert_non_null(stream);
	assert_non_null(notes);
	if (first < 0)
		fail_msg("%s: %s", command->name, err.text);
	run.args = argv + first;
	run.n_args = n - first;
	run.context.sysroot = options.sysroot;
	assert_int_equal(hd_sysroot_open(&run.context.root, options.sysroot, &err), 0);
	outcome.code = command->run(&run, &err);
	if (outcome.code == HD_EXIT_OK && err.code)
		fail_msg("%s: %s: all is well, and yet: %s", w->path, command->name, err.text);
	hd_sysroot_close(&run.context.root);
	(void)fclose(notes);
	assert_int_equal(fclose(stream), 0);
	outcome.out = hd_strdup(&w->host.arena, out);
	outcome.why = hd_strdup(&w->host.arena, err.code ? err.text : "");
	free(out);
	hd_arena_done(&arena);
	return outcome;
}

static struct outcome run_words(struct world *w, const struct hd_command *command,
				const char *const *words)
{
	char *argv[MAX_ARGS + 1] = { hd_strdup(&w->host.arena, command->name),
				     hd_strdup(&w->host.arena, "--sysroot"), w->host.path };
	int n = 3;

	for (; *words && n < MAX_ARGS; words++)
		argv[n++] = hd_strdup(&w->host.arena, *words);
	return run(w, command, argv, n);
}

#define RUN(w, command, ...) \
	run_words(w, command, (const char *const[]){ __VA_ARGS__ __VA_OPT__(,) NULL })

/* All that PRINTED has of the pipe FD until its end. */
static const char *drain(struct hd_arena *arena, int fd)
{
	char text[4096];
	size_t used = 0;
	ssize_t n;

	while (used < sizeof(text) - 1 &&
	       (n = read(fd, text + used, sizeof(text) - 1 - used)) > 0)
		used += (size_t)n;
	text[used] = '\0';
	return hd_strdup(arena, text);
}

/* In a child that may write no file; the engine is this program's own. */
static void be_hook(const struct world *w, const char *xml, int err)
{
	const struct rlimit none = { 0, 0 };
	struct hd_hook_shared shared = { .give_up = hd_now_ms() + 60000 };
	const struct hd_hook_call call = {
		.version = PACKAGE_VERSION, .guest = "v", .operation = "prepare", .suboperation = "begin", .extra = "-",
		.sysroot = w->host.path, .xml = xml, .xml_length = strlen(xml),
		.shared = &shared,
	};

	(void)signal(SIGXFSZ, SIG_IGN);
	if (setrlimit(RLIMIT_FSIZE, &none) < 0 || dup2(err, STDERR_FILENO) < 0)
		_exit(126);
	_exit(hd_hook_engine(&call));
}

static void be_program(const struct world *w, const char *xml, int err)
{
	const struct rlimit none = { 0, 0 };
	int in[2];

	/* small enough for the pipe to take it whole */
	if (pipe(in) < 0 || write(in[1], xml, strlen(xml)) != (ssize_t)strlen(xml))
		_exit(126);
	(void)close(in[1]);
	(void)signal(SIGXFSZ, SIG_IGN);
	if (setrlimit(RLIMIT_FSIZE, &none) < 0 || dup2(in[0], 0) < 0 ||
	    dup2(err, STDERR_FILENO) < 0)
		_exit(126);
	(void)execl(BUILDDIR "/hostdevctl-hook", "hostdevctl-hook", "--sysroot", w->host.path,
		    "v", "prepare", "begin", "-", (char *)NULL);
	_exit(127);
}

static struct outcome start_by(struct world *w, const char *xml,
			       void (*be)(const struct world *, const char *, int))
{
	struct outcome outcome = { .out = "" };
	int err[2], status = 0;
	pid_t pid;

	assert_int_equal(pipe(err), 0);
	pid = fork();
	if (!pid) {
		(void)close(err[0]);
		be(w, xml, err[1]);
	}
	assert_true(pid > 0);
	(void)close(err[1]);
	outcome.why = drain(&w->host.arena, err[0]);
	(void)close(err[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (!WIFEXITED(status))
		fail_msg("%s: the hook died of signal %d: %s", w->path, WTERMSIG(status),
			 outcome.why);
	outcome.code = (enum hd_exit)WEXITSTATUS(status);
	/* It came to the plan, and the journal could not be written. */
	if (outcome.code == HD_EXIT_HOST && strstr(outcome.why, strerror(EFBIG)))
		outcome.code = HD_EXIT_OK;
	return outcome;
}

/* The elements of xml, or by hand where it writes none. */
static const char *guest_with(struct world *w, const struct hd_item *item,
			      const struct outcome *xml)
{
	struct hd_arena *arena = &w->host.arena;
	const char *devices = xml->out;

	if (xml->code != HD_EXIT_OK && item->kind == HD_DEVICE_PCI)
		devices = hd_printf(arena, "<hostdev mode='subsystem' type='pci' managed='no'>"
				    "<source><address domain='0x%04x' bus='0x%02x' slot='0x%02x' "
				    "function='0x%x'/></source></hostdev>", item->pci.domain,
				    item->pci.bus, item->pci.slot, item->pci.fn);
	else if (xml->code != HD_EXIT_OK && item->kind == HD_DEVICE_USB)
		devices = hd_printf(arena, "<hostdev mode='subsystem' type='usb'><source>"
				    "<address bus='%u' device='%u'/></source></hostdev>",
				    item->bus, item->number);
	else if (xml->code != HD_EXIT_OK && item->kind == HD_DEVICE_MDEV)
		devices = hd_printf(arena, "<hostdev mode='subsystem' type='mdev' "
				    "model='vfio-pci'><source><address uuid='%s'/></source>"
				    "</hostdev>", item->address);
	else if (xml->code != HD_EXIT_OK)
		devices = hd_printf(arena, "<serial type='dev'><source path='%s'/></serial>",
				    item->address);
	return hd_printf(arena, GUEST("%s"), devices);
}

/* The verdict of the list, by the line that begins with the address. */
static const char *listed(struct world *w, const char *address)
{
	const char *text = w->list, *line;

	while ((line = hd_text_next_line(&w->host.arena, &text))) {
		const char *rest = line + strlen(address);

		if (hd_text_starts_with(line, address) && *rest == ' ')
			return rest + strspn(rest, " ");
	}
	fail_msg("%s: list has no %s", w->path, address);
	return NULL;
}

/* A reason of another device may name this one, but no verdict follows it there. */
static bool is_mapped_as(struct world *w, const char *address, const char *word)
{
	const char *text = w->map, *line;

	while ((line = hd_text_next_line(&w->host.arena, &text))) {
		const char *at = strstr(line, address);

		if (at && strchr(" \n", at[strlen(address)]) &&
		    strstr(at, hd_printf(&w->host.arena, " %s  ", word)))
			return true;
	}
	return false;
}

static void agree(struct world *w, const struct hd_item *item, const char *who, bool agrees,
		  const struct outcome *outcome)
{
	if (agrees)
		return;
	w->n_wrong++;
	print_error("%s: %s: list has \"%s\", but %s %d: %s%s\n", w->path, item->address,
		    listed(w, item->address), who, outcome->code, outcome->out, outcome->why);
}

/* Ready is status 0, all else is status 1: not an error of use or of the host. */
static void must_say(struct world *w, const struct hd_item *item, const char *who, bool is_ready,
		     const struct outcome *outcome)
{
	agree(w, item, who, outcome->code == (is_ready ? HD_EXIT_OK : HD_EXIT_REFUSED), outcome);
}

static void judge_lists(struct world *w, const struct hd_item *item, const char *verdict)
{
	struct hd_arena *arena = &w->host.arena;
	struct outcome show = RUN(w, &hd_cmd_show, "--json", item->address);
	const char *word = hd_strndup(arena, verdict, strcspn(verdict, " :"));
	const char *wanted = hd_printf(arena, "\"verdict\": \"%s\"", word);
	bool is_never = !strcmp(word, "never"), is_ready = !strcmp(word, "ready");
	const struct outcome map = { .out = "", .why = "" };

	agree(w, item, "show", show.code == HD_EXIT_OK && strstr(show.out, wanted) &&
	      strstr(show.out, is_ready ? "\"ready\": true" : "\"ready\": false"), &show);
	agree(w, item, "map", is_mapped_as(w, item->address, word) ||
	      (is_never && !is_mapped_as(w, item->address, "ready") &&
	       !is_mapped_as(w, item->address, "needs")), &map);
	w->n_ready += is_ready;
	w->n_never += is_never;
	w->n_needs += !is_ready && !is_never;
}

static void judge_hook(struct world *w, const struct hd_item *item, bool is_ready,
		       bool is_first, const struct outcome *xml)
{
	const char *guest = guest_with(w, item, xml);
	struct outcome hook = start_by(w, guest, be_hook);

	must_say(w, item, "the hook's engine", is_ready, &hook);
	if (!is_first)
		return;
	hook = start_by(w, guest, be_program);
	must_say(w, item, "hostdevctl-hook", is_ready, &hook);
}

/* All could agree and be wrong: what nobody may have, by a rule of this test's own. */
static bool must_stay(const struct hd_item *item)
{
	unsigned class = item->class >> 8;

	if (item->kind == HD_DEVICE_USB)
		return item->class == 0x09;
	return item->kind == HD_DEVICE_PCI &&
	       (class == 0x0600 || class == 0x0601 || class == 0x0604 || class == 0x0806);
}

/* The first of its kind and verdict also runs the programs themselves. */
static void judge(struct world *w, const struct hd_item *item, unsigned *seen)
{
	const char *verdict = listed(w, item->address);
	bool is_ready = !strcmp(verdict, "ready");
	bool is_never = hd_text_starts_with(verdict, "never");
	unsigned bit = 1u << (unsigned)(item->kind * 3 + (is_ready ? 0 : is_never ? 1 : 2));
	struct outcome outcome;

	judge_lists(w, item, verdict);
	if (must_stay(item))
		agree(w, item, "its class", is_never, &(struct outcome){ .out = "", .why = "" });
	outcome = RUN(w, &hd_cmd_check, item->address);
	must_say(w, item, "check", is_ready, &outcome);
	outcome = RUN(w, &hd_cmd_plan, item->address);
	must_say(w, item, "plan", is_ready, &outcome);
	if (item->kind == HD_DEVICE_PCI) {
		outcome = RUN(w, &hd_cmd_detach, "--dry-run", item->address);
		must_say(w, item, "detach", is_ready, &outcome);
	}
	outcome = RUN(w, &hd_cmd_attach, "--dry-run", "--templates", TEMPLATES, "--connect",
		      "made:///up", "v", item->address);
	agree(w, item, "attach", is_ready == (outcome.code == HD_EXIT_OK), &outcome);
	outcome = RUN(w, &hd_cmd_xml, "--templates", TEMPLATES, item->address);
	agree(w, item, "xml", is_ready ? outcome.code == HD_EXIT_OK :
	      !is_never || outcome.code == HD_EXIT_REFUSED, &outcome);
	judge_hook(w, item, is_ready, !(*seen & bit), &outcome);
	*seen |= bit;
}

static void open_world(struct world *w, const char *path)
{
	struct hd_error err = { 0 };
	struct outcome outcome;

	*w = (struct world){ .path = path };
	fake_host_make(&w->host);
	if (fake_tree_load_file(&w->host, path, &err) < 0)
		fail_msg("%s: %s", path, err.text);
	fake_dir(&w->host, "run");	/* where the hook keeps its state */
	if (hd_inventory_read(&w->inventory, &w->host.root, &w->host.arena, HD_KINDS_ALL,
			      HD_INVENTORY_IDS, &err) < 0)
		fail_msg("%s: %s", path, err.text);
	outcome = RUN(w, &hd_cmd_list, "-o", "address,verdict");
	if (outcome.code)
		fail_msg("%s: list: %s", path, outcome.why);
	w->list = outcome.out;
	outcome = RUN(w, &hd_cmd_map, "--long", "--all");
	if (outcome.code)
		fail_msg("%s: map: %s", path, outcome.why);
	w->map = outcome.out;
}

/* Returns the number of contradictions. */
static size_t judge_host(const char *path)
{
	unsigned seen = 0;
	size_t n_wrong;
	int64_t begin = hd_now_ms();
	struct world w;

	open_world(&w, path);
	assert_true(w.inventory.n > 0);
	for (size_t i = 0; i < w.inventory.n; i++)
		judge(&w, &w.inventory.items[i], &seen);
	print_message("%s: %zu ready, %zu need something, %zu never; %ld ms\n", path, w.n_ready,
		      w.n_needs, w.n_never, (long)(hd_now_ms() - begin));
	n_wrong = w.n_wrong;
	fake_host_remove(&w.host);
	return n_wrong;
}

static void judge_folder(const char *folder)
{
	char pattern[PATH_MAX];
	size_t n_wrong = 0;
	glob_t found;

	(void)snprintf(pattern, sizeof(pattern), "%s/*.tree", folder);
	assert_int_equal(glob(pattern, 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++)
		n_wrong += judge_host(found.gl_pathv[i]);
	globfree(&found);
	assert_int_equal(n_wrong, 0);
}

static void our_hosts(void **state)
{
	(void)state;
	judge_folder(SRCDIR "/tests/hosts");
}

/* One made up of what hosts seldom have, and of what cannot be read. */
static void odd_hosts(void **state)
{
	(void)state;
	judge_folder(SRCDIR "/tests/hosts/odd");
}

static void more_hosts(void **state)
{
	const char *folder = getenv("HD_MORE_HOSTS");

	(void)state;
	if (!folder || !*folder) {
		print_message("HD_MORE_HOSTS names no folder\n");
		skip();
	}
	judge_folder(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(our_hosts),
		cmocka_unit_test(odd_hosts),
		cmocka_unit_test(more_hosts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
