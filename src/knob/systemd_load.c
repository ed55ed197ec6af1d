/* SPDX-License-Identifier: GPL-2.0-or-later */
/* systemd_load.c - connects to the host's bus, and loads what can speak on it. */
#include "config.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "knob/systemd_module.h"

#define BUS "run/dbus/system_bus_socket"

static const struct hd_systemd_module *load_module(struct hd_error *err)
{
#ifdef HAVE_SYSTEMD_BUS
	void *module = dlopen(HD_SYSTEMD_MODULE_FILE, RTLD_NOW | RTLD_LOCAL);
	const struct hd_systemd_module *found =
		module ? dlsym(module, HD_SYSTEMD_MODULE_SYMBOL) : NULL;

	if (!found)
		hd_fail(err, -ELIBACC, "cannot load libsystemd: %.400s; reinstall hostdevctl",
			dlerror());
	return found;
#else
	hd_fail(err, -ENOSYS, "this hostdevctl was built without libsystemd and can neither stop "
			      "units nor end sessions; build it with libsystemd-dev");
	return NULL;
#endif
}

/* By the descriptor of the socket's file, which cannot leave the root. Does not wait. */
static int connect_bus(const struct hd_sysroot *root, struct hd_error *err)
{
	_cleanup_(hd_close) int file = hd_sysroot_fd(root, O_PATH, BUS);
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = file < 0 ? file : socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	int rc = fd == -1 ? -errno : fd;

	if (rc >= 0) {
		(void)snprintf(address.sun_path, sizeof(address.sun_path), "/proc/self/fd/%d",
			       file);
		rc = connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0 ? -errno : fd;
	}
	if (rc >= 0)
		return rc;
	if (file >= 0)
		hd_close(&fd);
	return hd_fail(err, rc, "cannot reach systemd over /" BUS ": %s; is dbus running "
				"(systemctl status dbus)?",
		       strerror(-rc));
}

int hd_systemd_ask(const struct hd_knob_host *host, enum hd_systemd_verb verb, const char *name,
		   int64_t deadline, struct hd_error *err)
{
	const struct hd_systemd_module *module;
	int fd;

	if (!host->root->is_live)
		return hd_fail(err, -EOPNOTSUPP,
			       "%s: a captured host has no systemd that could be asked", name);
	module = load_module(err);
	if (!module)
		return err->code;
	fd = connect_bus(host->root, err);
	return fd < 0 ? fd : module->ask(fd, verb, name, deadline, err);
}
