/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_golden.c - what the checks say of whole hosts.
 *
 * tests/hosts/NAME.tree is the host, NAME.ask what is asked of it, NAME.check
 * what the checks must say; what they say of the host alone is in NAME.json
 * (tests/cli/test_hosts.sh).  `make update-golden` rewrites the last; git shows
 * what a change of a check does to real hosts.
 */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "check/check.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define HOSTS SRCDIR "/tests/hosts"
#define HOSTS_MAX 64
#define ASKED_MAX 32

struct asked {
	struct hd_request request;
	struct hd_hostdev hostdevs[ASKED_MAX];
	struct hd_pci_addr addrs[ASKED_MAX];
};

/* A file below tests/hosts, "" if there is none. */
static const char *read_file(struct hd_arena *arena, const char *name, const char *suffix)
{
	const char *path = hd_printf(arena, HOSTS "/%s%s", name, suffix);
	size_t size = 1u << 20, used = 0;
	char *text = hd_alloc(arena, size);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0 && errno == ENOENT)
		return "";
	if (fd < 0)
		fail_msg("%s: %s", path, strerror(errno));
	while ((n = read(fd, text + used, size - 1 - used)) > 0)
		used += (size_t)n;
	close(fd);
	return text;
}

/* "guest TYPE", "ADDRESS" or "ADDRESS managed" per line; "#" begins a comment. */
static void parse_line(struct asked *asked, struct hd_arena *arena, const char *line)
{
	const char *blank = strchr(line, ' ');
	const char *first = blank ? hd_strndup(arena, line, (size_t)(blank - line)) : line;
	struct hd_hostdev *dev = &asked->hostdevs[asked->request.n_hostdevs];

	if (!*line || *line == '#')
		return;
	if (!strcmp(first, "guest") && blank) {
		asked->request.name = "golden";
		asked->request.type = blank + 1;
		return;
	}
	assert_true(asked->request.n_hostdevs < ASKED_MAX);
	if (!hd_pci_addr_parse(first, &dev->addr))
		fail_msg("\"%s\" is not an address", first);
	dev->kind = HD_DEVICE_PCI;
	dev->has_addr = true;
	dev->managed = blank && !strcmp(blank + 1, "managed");
	asked->addrs[asked->request.n_hostdevs++] = dev->addr;
}

static void parse_ask(struct asked *asked, struct hd_arena *arena, const char *text)
{
	const char *line;

	memset(asked, 0, sizeof(*asked));
	asked->request.hostdevs = asked->hostdevs;
	while ((line = hd_text_next_line(arena, &text)))
		parse_line(asked, arena, line);
}

static const char *render(struct hd_arena *arena, const struct hd_findings *found)
{
	const char *text = found->is_ready ? "ready\n" : "not ready\n";

	for (size_t i = 0; i < found->n; i++) {
		const struct hd_finding *f = &found->items[i];

		text = hd_printf(arena, "%s\n%s %s %s %s\n", text, hd_verdict_name(f->verdict),
				 hd_severity_name(f->severity), f->check->id, f->subject);
		if (f->evidence)
			text = hd_printf(arena, "%s\tseen: %s\n", text, f->evidence);
		if (f->remedy)
			text = hd_printf(arena, "%s\tremedy: %s\n", text, f->remedy);
	}
	return text;
}

static const char *judge(struct fake_host *host, const struct asked *asked)
{
	const struct hd_facts_query query = {
		.addrs = asked->addrs,
		.n_addrs = asked->request.n_hostdevs,
		.guest_uuid = "",
		.want = HD_WANT_ALL,
	};
	struct hd_request request = asked->request;
	struct hd_findings found;
	struct hd_facts facts;
	struct hd_error err = { 0 };

	if (hd_facts_collect(&facts, &host->root, &host->arena, &query, &err) < 0)
		fail_msg("%s", err.text);
	/* Without a guest the devices are checked for themselves. */
	if (!request.name)
		request.n_hostdevs = 0;
	hd_check_run(&found, &host->arena, &request, &facts);
	hd_facts_close(&facts);
	return render(&host->arena, &found);
}

static void update(const char *name, const char *text, struct hd_arena *arena)
{
	const char *path = hd_printf(arena, HOSTS "/%s.check", name);
	FILE *file = fopen(path, "we");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void is_as_before(void **state)
{
	const char *name = *state, *got;
	struct asked *asked = calloc(1, sizeof(*asked));
	struct hd_error err = { 0 };
	struct fake_host host;

	assert_non_null(asked);
	fake_host_make(&host);
	if (fake_tree_load_file(&host, hd_printf(&host.arena, HOSTS "/%s.tree", name), &err) < 0)
		fail_msg("%s", err.text);
	parse_ask(asked, &host.arena, read_file(&host.arena, name, ".ask"));
	got = judge(&host, asked);
	if (getenv("HD_UPDATE_GOLDEN"))
		update(name, got, &host.arena);
	else
		assert_string_equal(got, read_file(&host.arena, name, ".check"));
	free(asked);
	fake_host_remove(&host);
}

static int by_name(const void *a, const void *b)
{
	const struct CMUnitTest *x = a, *y = b;

	return strcmp(x->name, y->name);
}

int main(void)
{
	struct CMUnitTest tests[HOSTS_MAX];
	struct hd_arena arena = { NULL };
	size_t n = 0;
	DIR *dir = opendir(HOSTS);
	int rc;

	if (!dir)
		return 1;
	memset(tests, 0, sizeof(tests));
	for (struct dirent *e; n < HOSTS_MAX && (e = readdir(dir));) {
		if (!hd_text_ends_with(e->d_name, ".ask"))
			continue;
		tests[n].name = hd_strndup(&arena, e->d_name,
					   strlen(e->d_name) - strlen(".ask"));
		tests[n].test_func = is_as_before;
		tests[n].initial_state = (void *)(uintptr_t)tests[n].name;
		n++;
	}
	closedir(dir);
	qsort(tests, n, sizeof(tests[0]), by_name);
	rc = _cmocka_run_group_tests("golden hosts", tests, n, NULL, NULL);
	hd_arena_done(&arena);
	return rc;
}
