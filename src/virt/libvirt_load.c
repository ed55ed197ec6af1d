/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libvirt_load.c - gives the tool the functions of libvirt_calls.h, which are in the module.
 *
 * It stays loaded: each call is made in a process of its own, or is the only one.
 * The loader looks in the tool's RUNPATH, which is pkglibdir alone, and before that
 * only where the caller's own LD_LIBRARY_PATH says, as for any library of the tool.
 */
#include "config.h"

#include <dlfcn.h>
#include <errno.h>
#include <poll.h>
#include <string.h>

#include "base/clock.h"
#include "virt/bounded_work.h"
#include "virt/libvirt_module.h"

#define DAEMON_POLL_MS 500

/* The first letter of what the child writes; behind it the answer, or the reason. */
enum reply { REPLY_ANSWER = 'A', REPLY_UNKNOWN = 'U', REPLY_FAILED = 'F' };

const struct hd_virt_module *hd_virt_load(struct hd_error *err)
{
#ifdef HAVE_LIBVIRT
	void *module = dlopen(HD_VIRT_MODULE_FILE, RTLD_NOW | RTLD_LOCAL);
	const struct hd_virt_module *found = module ? dlsym(module, HD_VIRT_MODULE_SYMBOL) : NULL;

	if (!found)
		hd_fail(err, -ELIBACC, "cannot load libvirt: %.400s; reinstall hostdevctl",
			dlerror());
	return found;
#else
	hd_fail(err, -ENOSYS, "this hostdevctl was built without libvirt");
	return NULL;
#endif
}

static int answer(int out, const void *data)
{
	const struct hd_virt_ask *ask = data;
	struct hd_arena arena = { 0 };
	struct hd_error err = { 0 };
	const struct hd_virt_module *libvirt = hd_virt_load(&err);
	const char *text = "";
	int rc = libvirt ? ask->call(libvirt, ask, &arena, &text, &err) : err.code;
	const char letter = rc == 0 ? REPLY_ANSWER : rc == -ENOENT ? REPLY_UNKNOWN : REPLY_FAILED;

	if (rc < 0)
		text = err.text;
	return !(hd_bounded_write(out, &letter, 1) && hd_bounded_write(out, text, strlen(text)));
}

bool hd_virt_again(int rc, int64_t deadline, struct hd_error *err)
{
	if ((rc != -EIO && rc != -ETIMEDOUT) || !hd_ms_left(deadline))
		return false;
	*err = (struct hd_error){ 0 };
	(void)poll(NULL, 0, DAEMON_POLL_MS);
	return true;
}

int hd_virt_ask(const char **ret, struct hd_arena *arena, const struct hd_virt_ask *ask,
		struct hd_error *err)
{
	struct hd_bounded_answer reply = { .text = "" };
	int rc = hd_bounded_run(&reply, arena, ask->max, ask->deadline_ms, answer, ask);

	if (rc < 0)
		return hd_fail(err, rc, "cannot ask libvirt: %s", strerror(-rc));
	if (reply.is_late)
		return hd_fail(err, -ETIMEDOUT, "libvirt (%.64s) did not answer within %d s",
			       ask->uri ? ask->uri : HD_VIRT_URI, ask->deadline_ms / 1000);
	if (!reply.length)
		return hd_fail(err, -EIO, "the process that asked libvirt ended");
	*ret = reply.text + 1;
	if (*reply.text == REPLY_ANSWER)
		return 0;
	return hd_fail(err, *reply.text == REPLY_UNKNOWN ? -ENOENT : -EIO, "%s", *ret);
}
