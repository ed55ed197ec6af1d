/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pci_state.c - the state of "pci-driver" as text, read and compared. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/pciaddr.h"
#include "facts/holders/holders.h"
#include "facts/pci/pci.h"
#include "knob/pci_state.h"

static bool is_name(const char *text, size_t length)
{
	return length < HD_PCI_NAME_MAX && !memchr(text, '/', length);
}

int hd_pci_state_parse(const char *text, struct hd_pci_state *ret)
{
	size_t length = strcspn(text, ":");
	const char *override = text[length] ? text + length + 1 : "";
	struct hd_pci_state state = { 0 };

	if (!length || !is_name(text, length) || !is_name(override, strlen(override)))
		return -EINVAL;
	memcpy(state.driver, text, length);
	memcpy(state.override, override, strlen(override));
	*ret = state;
	return 0;
}

static int read_driver(int dir_fd, struct hd_pci_state *state)
{
	char buf[PATH_MAX];
	const char *name = hd_sysroot_link_base_at(dir_fd, "driver", buf);

	if (!name && errno != ENOENT)
		return -errno;
	if (name && !is_name(name, strlen(name)))
		return -EINVAL;
	(void)snprintf(state->driver, sizeof(state->driver), "%s", name ? name : "-");
	return 0;
}

static int read_override(int dir_fd, struct hd_pci_state *state)
{
	ssize_t n = hd_sysroot_line_at(dir_fd, "driver_override", state->override,
				       sizeof(state->override));

	if (n < 0 && n != -ENOENT)
		return (int)n;
	if (n < 0 || !strcmp(state->override, "(null)"))
		state->override[0] = '\0';
	return 0;
}

int hd_pci_state_get(const struct hd_knob_host *host, const char *target,
		     char buf[static HD_STATE_MAX], struct hd_error *err)
{
	_cleanup_(hd_close) int dir_fd = -1;
	struct hd_pci_state state = { 0 };
	struct hd_pci_addr addr;
	int rc;

	if (!hd_pci_addr_parse(target, &addr))
		return hd_fail(err, -EINVAL, "%s is not a PCI address", target);
	dir_fd = hd_sysroot_fd(host->root, O_PATH | O_DIRECTORY, HD_SYS_PCI "/%s", target);
	if (dir_fd == -ENOENT)
		return hd_fail(err, -ENODEV, "%s no longer exists", target);
	rc = dir_fd < 0 ? dir_fd : read_driver(dir_fd, &state);
	if (rc == 0)
		rc = read_override(dir_fd, &state);
	if (rc < 0)
		return hd_fail(err, rc, "cannot read the driver of %s: %s", target,
			       strerror(-rc));
	(void)snprintf(buf, HD_STATE_MAX, "%s%s%s", state.driver, *state.override ? ":" : "",
		       state.override);
	return 0;
}

bool hd_pci_state_is_vfio(const struct hd_pci_state *state)
{
	return hd_driver_kind_of(state->driver) == HD_DRIVER_VFIO;
}

bool hd_pci_state_is_at(const char *wanted, const char *now)
{
	struct hd_pci_state state;

	if (strcmp(wanted, "*"))
		return !strcmp(wanted, now);
	return hd_pci_state_parse(now, &state) == 0 && !*state.override &&
	       !hd_pci_state_is_vfio(&state);
}

static bool is_one_of(const char *text, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(text, list[i]))
			return true;
	return false;
}

/* Between two states the driver is one of theirs or none, and so is the override. */
bool hd_pci_state_is_between(const char *from, const char *to, const char *now)
{
	struct hd_pci_state a, b, n;

	if (hd_pci_state_parse(from, &a) < 0 || hd_pci_state_parse(to, &b) < 0 ||
	    hd_pci_state_parse(now, &n) < 0)
		return false;
	const char *const drivers[] = { a.driver, b.driver, "-" };
	const char *const overrides[] = { a.override, b.override, a.driver, b.driver, "" };
	bool is_any = !strcmp(a.driver, "*") || !strcmp(b.driver, "*");

	return is_one_of(n.override, overrides, HD_ARRAY_SIZE(overrides)) &&
	       (is_any || is_one_of(n.driver, drivers, HD_ARRAY_SIZE(drivers)));
}

/*
 * An unbind from VFIO blocks in the kernel until the last user is gone: never
 * start it.  Nor can an unbound function get a driver while a guest has its
 * group (Linux drivers/iommu/iommu.c, iommu_device_use_default_domain).
 */
int hd_pci_state_may_undo(const struct hd_knob_host *host, const char *target,
			  const char *state, struct hd_error *err)
{
	struct hd_arena arena = { 0 };
	struct hd_pci_state now;
	const char *who = NULL;
	int rc;

	if (hd_pci_state_parse(state, &now) < 0)
		return 0;
	if (!hd_pci_state_is_vfio(&now) && strcmp(now.driver, "-") != 0)
		return 0;
	rc = hd_vfio_in_use(host->root, &arena, target, &who);
	if (rc > 0)
		rc = hd_fail(err, -EBUSY, "%s is in use by %s; stop it first", target, who);
	else if (rc < 0)
		rc = hd_fail(err, -EBUSY, "who uses %s is unknown: %s", target,
			     who ? who : strerror(-rc));
	hd_arena_done(&arena);
	return rc;
}
