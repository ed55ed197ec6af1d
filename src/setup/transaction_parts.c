/* SPDX-License-Identifier: GPL-2.0-or-later */
/* transaction_parts.c - what applying and taking back have in common. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "knob/value.h"
#include "setup/take_back.h"

void hd_transaction_say(struct hd_transaction *transaction, const char *fmt, ...)
{
	va_list args;
	char *text;

	va_start(args, fmt);
	text = hd_vprintf(transaction->arena, fmt, args);
	va_end(args);
	*(const char **)hd_append(transaction->arena, &transaction->lines,
				  &transaction->n_lines, sizeof(*transaction->lines)) = text;
}

int hd_transaction_run(struct hd_transaction *transaction, const char *const argv[],
		       struct hd_error *err)
{
	const char *words = hd_changes_words(transaction->arena, argv);
	int rc;

	if (!transaction->run) {
		hd_transaction_say(transaction, "to be run there: %s", words);
		return 0;
	}
	transaction->output = NULL;
	rc = transaction->run(transaction->arena, argv, &transaction->output, err);
	if (rc < 0)
		return rc;
	if (rc > 0)
		return hd_fail(err, -EIO, "%s failed with exit status %d", words, rc);
	transaction->output = NULL;
	hd_transaction_say(transaction, "run: %s", words);
	return 0;
}

int hd_transaction_value(const struct hd_transaction *transaction,
			 const struct hd_value_change *change, const char **ret,
			 struct hd_error *err)
{
	ssize_t n = hd_sysroot_text(transaction->root, transaction->arena, ret, "%s",
				    change->path);

	return n < 0 ? hd_fail(err, (int)n, "cannot read /%s: %s", change->path,
			       strerror((int)-n)) : 0;
}

int hd_transaction_write(const struct hd_transaction *transaction,
			 const struct hd_value_change *change, const char *value,
			 struct hd_error *err)
{
	struct hd_value set = { .path = change->path, .between = change->between, .value = value };
	int rc = hd_transaction_value(transaction, change, &set.old, err);

	if (rc < 0 || hd_value_set(transaction->root, &set, HD_VALUE_MS, err) == HD_EXIT_OK)
		return rc;
	return err->code;
}
