/* SPDX-License-Identifier: GPL-2.0-or-later */
/* domain_input.c - reads the domain XML that libvirt writes to the hook, within bounds. */
#include "config.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/read.h"
#include "hooks/hook.h"

#define FIRST_SIZE (64u << 10)	/* most domains fit */

void hd_input_free(struct hd_input *input)
{
	free(input->text);
	*input = (struct hd_input){ 0 };
}

/* Makes room for one more byte than is allowed: that byte means "too large". */
static int make_room(struct hd_input *input, size_t *size, size_t max)
{
	size_t wanted = *size ? *size * 2 : FIRST_SIZE;
	char *text;

	if (input->length < *size)
		return 0;
	if (wanted > max + 1)
		wanted = max + 1;
	text = realloc(input->text, wanted);
	if (!text)
		return -ENOMEM;
	input->text = text;
	*size = wanted;
	return 0;
}

int hd_input_read(struct hd_input *ret, int descriptor, size_t max, int deadline_ms)
{
	_cleanup_(hd_input_free) struct hd_input input = { 0 };
	int64_t deadline = hd_now_ms() + deadline_ms;
	size_t size = 0;

	for (;;) {
		ssize_t n = make_room(&input, &size, max);

		if (n < 0)
			return (int)n;
		n = hd_read_some(descriptor, input.text + input.length, size - input.length,
				 deadline);
		if (n < 0)
			return (int)n;
		if (!n)
			break;
		input.length += (size_t)n;
		if (input.length > max)
			return -EFBIG;
		/* poll() is always ready for a source that never ends */
		if (!hd_ms_left(deadline))
			return -ETIMEDOUT;
	}
	if (!input.length)
		return -ENODATA;
	*ret = input;
	input = (struct hd_input){ 0 };
	return 0;
}
