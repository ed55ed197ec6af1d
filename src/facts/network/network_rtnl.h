/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * network_rtnl.h - asks the kernel of this network namespace (rtnetlink(7), or
 * another netlink family) and never waits longer than it may.
 */
#pragma once

#include <net/if.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stddef.h>
#include <stdint.h>

#include "base/macro.h"

struct hd_rtnl {
	int fd;
	unsigned sequence;
	int64_t deadline;	/* of hd_now_ms(): for all questions together */
};

/* PROTOCOL is NETLINK_ROUTE or NETLINK_GENERIC.  0 or a negative errno. */
int hd_rtnl_open(struct hd_rtnl *ret, int protocol, int64_t deadline) _nonnull_(1) _must_check_;
void hd_rtnl_close(struct hd_rtnl *rtnl) _nonnull_(1);

/* One message of an answer; valid during the call. */
typedef void (*hd_rtnl_fn)(void *data, const struct nlmsghdr *message);

/*
 * Sends REQUEST (its type, length and NLM_F_DUMP are set by the caller) and
 * calls EACH for every message of the answer.  Returns 0, or a negative errno:
 * the kernel's own, -ETIMEDOUT, or -EAGAIN if what was listed changed meanwhile
 * (the list may then lack an entry).
 */
int hd_rtnl_ask(struct hd_rtnl *rtnl, struct nlmsghdr *request, hd_rtnl_fn each, void *data)
	_nonnull_(1, 2, 3) _must_check_;

/* The same for all entries of TYPE ("RTM_GETADDR"); BODY is the size of its header. */
int hd_rtnl_list(struct hd_rtnl *rtnl, uint16_t type, uint8_t family, size_t body,
		 hd_rtnl_fn each, void *data) _nonnull_(1, 5) _must_check_;

/* What is behind the family's header of HEADER bytes, or inside of a nested attribute. */
struct hd_rtnl_attrs {
	const void *start;
	size_t length;
};
struct hd_rtnl_attrs hd_rtnl_attrs(const struct nlmsghdr *message, size_t header) _nonnull_(1);
struct hd_rtnl_attrs hd_rtnl_nested(const struct rtattr *attr);	/* NULL: empty */

/* The first attribute of this type whose payload has at least SIZE bytes, or NULL. */
const struct rtattr *hd_rtnl_find(struct hd_rtnl_attrs attrs, unsigned type, size_t size);
uint32_t hd_rtnl_u32(struct hd_rtnl_attrs attrs, unsigned type);	/* 0 if it is not there */
/* An interface's or a kind's name: at most SIZE - 1 characters, "" if it is not there. */
void hd_rtnl_text(struct hd_rtnl_attrs attrs, unsigned type, char *ret, size_t size)
	_nonnull_(3);

/*
 * The name of the interface with this index: 1, 0 if there is no such interface (any
 * more), or a negative errno.
 */
int hd_rtnl_ifname(uint32_t index, char ret[static IF_NAMESIZE]) _nonnull_(2) _must_check_;
