/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * maketree.c - makes a fake host for the tests in shell and prints its path.
 *
 * maketree good [ADDRESS=CLASS,GROUP,DRIVER...]: a host that passes all checks of
 * hosts, with these PCI functions ("0000:01:00.0=0x010802,12,nvme"; group 0 and
 * an empty driver are none).  maketree FILE.tree: a captured one.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

int main(int argc, char **argv)
{
	struct hd_error err = { .text = "a function is ADDRESS=CLASS,GROUP,DRIVER" };
	struct fake_host host;
	int rc;

	if (argc < 2)
		return 2;
	fake_host_make(&host);
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
