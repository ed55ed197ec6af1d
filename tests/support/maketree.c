/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * maketree.c - makes a fake host for the tests in shell and prints its path.
 *
 * maketree good [ADDRESS=CLASS,GROUP,DRIVER...]: a host that passes all checks of
 * hosts, with these PCI functions ("0000:01:00.0=0x010802,12,nvme"; group 0 and
 * an empty driver are none).  maketree FILE.tree: a captured one.  maketree
 * hostile SEED FILE.tree: the same, with what commands a terminal or is not UTF-8
 * in some of its texts, names and links.
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/fuzz/pool.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

static int add_function(struct fake_host *host, char *text)
{
	struct fake_pci fn = { .addr = text };
	char *at = strchr(text, '=');

	if (!at)
		return -1;
	*at++ = '\0';
	fn.class = (unsigned)strtoul(at, &at, 0);
	if (*at++ != ',')
		return -1;
	fn.group = (int)strtol(at, &at, 10);
	if (*at++ != ',')
		return -1;
	fn.driver = *at ? at : NULL;
	fake_pci_add(host, &fn);
	return 0;
}

static int make_good(struct fake_host *host, int n, char **functions)
{
	fake_good_host(host);
	fake_dir(host, "run");
	fake_dir(host, "etc");
	for (int i = 0; i < n; i++)
		if (add_function(host, functions[i]) < 0)
			return -1;
	return 0;
}

/*
 * Where in a line of LENGTH bytes something can be put: seldom in a name, else in what
 * it is; 0: nowhere.
 */
static size_t place_in(const char *line, size_t length, uint64_t *state)
{
	size_t name = strcspn(line, " \n"), value, at;

	if (*line == '@' || *line == '#' || name + 1 >= length || line[name + 1] == ':')
		return 0;
	if (!fuzz_random(state, 8))
		return 1 + fuzz_random(state, name);
	value = name + 1 + strcspn(line + name + 1, " \n") + 1;
	if (value > length)
		return 0;
	at = value + fuzz_random(state, length - value + 1);
	return line[at - 1] == '\\' ? length : at;
}

/* Every third line gets a piece that nobody may print; the same ones for the same seed. */
static char *made_hostile(struct hd_arena *arena, const char *text, uint64_t seed)
{
	static const char *const pieces[] = {
		"\033[2J", "\a", "\177", "\xc2\x9b" "2J", "\x9b" "2J", "\xff", "\xc3",
		"\xe2\x80\xae", "\xe2\x80\xa8", "\xe2\x81\xa6", "\xf0\x9f", "\xc0\x8a",
		"\xed\xa0\x80", "<&'\"]]>--",
	};
	uint64_t state = (seed + 1) * 0x9e3779b97f4a7c15ull;
	char *result = NULL;
	size_t n = 0;

	for (size_t length; *text; text += length) {
		const char *piece = pieces[fuzz_random(&state, HD_ARRAY_SIZE(pieces))];
		size_t at;

		length = strcspn(text, "\n");
		at = fuzz_random(&state, 3) ? 0 : place_in(text, length, &state);
		length += text[length] == '\n';
		hd_append_text(arena, &result, &n, text, at);
		if (at)
			hd_append_text(arena, &result, &n, piece, strlen(piece));
		hd_append_text(arena, &result, &n, text + at, length - at);
	}
	return result ? result : hd_strdup(arena, "");
}

static int make_hostile(struct fake_host *host, const char *seed, const char *path,
			struct hd_error *err)
{
	struct fuzz_text file;
	const char *text;
	int rc;

	if (!fuzz_pool_read_file(path, &file))
		return hd_fail(err, -EINVAL, "cannot read %s", path);
	text = made_hostile(&host->arena, hd_strndup(&host->arena, (char *)file.data, file.size),
			    strtoull(seed, NULL, 10));
	rc = fake_tree_load(host, text, strlen(text), err);
	free(file.data);
	return rc;
}

int main(int argc, char **argv)
{
	struct hd_error err = { .text = "a function is ADDRESS=CLASS,GROUP,DRIVER" };
	struct fake_host host;
	int rc;

	if (argc < 2)
		return 2;
	fake_host_make(&host);
	if (argc == 4 && !strcmp(argv[1], "hostile"))
		rc = make_hostile(&host, argv[2], argv[3], &err);
	else
		rc = strcmp(argv[1], "good") ? fake_tree_load_file(&host, argv[1], &err) :
		     make_good(&host, argc - 2, argv + 2);
	if (rc == 0)
		(void)puts(host.path);
	else
		(void)fprintf(stderr, "maketree: %s\n", err.text);
	if (rc < 0)
		fake_host_remove(&host);
	else
		hd_arena_done(&host.arena);
	return rc < 0;
}
