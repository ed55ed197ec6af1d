/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bench_empty.c - reads standard input and leaves: what any program in the hook's place costs. */
#include <unistd.h>

int main(void)
{
	char buf[65536];

	while (read(STDIN_FILENO, buf, sizeof(buf)) > 0)
		continue;
	return 0;
}
