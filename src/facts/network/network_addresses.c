/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * network_addresses.c - which addresses does this host have, and on which interface?
 *
 * Running hosts are asked by RTM_GETADDR.  A captured tree has proc/net/if_inet6
 * (Linux net/ipv6/addrconf.c, if6_seq_show), which names the interface, and
 * proc/net/fib_trie, which does not: there it is the one whose connected network
 * in proc/net/route holds the address.
 */
#include "config.h"

#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "facts/network/network_rtnl.h"
#include "facts/network/network_tables.h"

#define MAX_ADDRESSES 16384
#define SCOPE_LINK 0x20u	/* IPV6_ADDR_LINKLOCAL, Linux include/net/ipv6.h */

struct listing {
	struct hd_net_tables *tables;
	struct hd_arena *arena;
	int rc;
};

static void add_address(struct listing *listing, const struct hd_net_address *address)
{
	struct hd_net_address *added;

	if (listing->tables->n_addresses >= MAX_ADDRESSES) {
		listing->rc = -E2BIG;
		return;
	}
	added = hd_append(listing->arena, &listing->tables->addresses,
			  &listing->tables->n_addresses, sizeof(*added));
	*added = *address;
	added->text = hd_printf(listing->arena, "%s/%u",
				hd_net_address_text(listing->arena, address->family,
						    address->bytes),
				address->prefix);
}

/* IFA_LOCAL is ours where IFA_ADDRESS is the other end's (point to point links). */
static void take_address(void *data, const struct nlmsghdr *message)
{
	struct hd_rtnl_attrs attrs = hd_rtnl_attrs(message, sizeof(struct ifaddrmsg));
	struct hd_net_address address = { 0 };
	struct listing *listing = data;
	const struct rtattr *attr;
	struct ifaddrmsg head;
	char name[IF_NAMESIZE];
	size_t size;
	int rc;

	if (message->nlmsg_type != RTM_NEWADDR || !attrs.start)
		return;
	memcpy(&head, NLMSG_DATA(message), sizeof(head));
	size = head.ifa_family == AF_INET6 ? 16 : 4;
	attr = hd_rtnl_find(attrs, IFA_LOCAL, size);
	if (!attr)
		attr = hd_rtnl_find(attrs, IFA_ADDRESS, size);
	rc = attr ? hd_rtnl_ifname(head.ifa_index, name) : 0;
	if (rc < 0)
		listing->rc = rc;
	if (rc <= 0)
		return;
	memcpy(address.bytes, RTA_DATA(attr), size);
	address.family = head.ifa_family;
	address.prefix = head.ifa_prefixlen;
	address.interface = hd_strdup(listing->arena, name);
	address.is_link_local = head.ifa_family == AF_INET6 &&
				head.ifa_scope == RT_SCOPE_LINK;
	add_address(listing, &address);
}

int hd_net_addresses_of_kernel(struct hd_net_tables *tables, struct hd_arena *arena,
			       int64_t deadline)
{
	struct listing listing = { tables, arena, 0 };
	_cleanup_(hd_rtnl_close) struct hd_rtnl rtnl = { .fd = -1 };
	int rc = hd_rtnl_open(&rtnl, NETLINK_ROUTE, deadline);

	tables->addresses_source = "RTM_GETADDR";
	tables->n_addresses = 0;
	if (rc == 0)
		rc = hd_rtnl_list(&rtnl, RTM_GETADDR, AF_UNSPEC, sizeof(struct ifaddrmsg),
				  take_address, &listing);
	return rc < 0 ? rc : listing.rc;
}

/* "fe80000000000000505400fffe1ab001 02 40 20 80   enp4s0" */
static void take_inet6(struct listing *listing, const char *line)
{
	struct hd_net_address address = { .family = AF_INET6 };
	const char *words[HD_NET_WORDS];

	if (hd_net_words(listing->arena, line, words) < 6 ||
	    !hd_net_inet6_bytes(words[0], address.bytes))
		return;
	address.prefix = (unsigned)strtoul(words[2], NULL, 16);
	address.is_link_local = strtoul(words[3], NULL, 16) == SCOPE_LINK;
	address.interface = words[5];
	add_address(listing, &address);
}

struct subnet {
	uint32_t network, mask;		/* in network order, as the address itself */
	const char *interface;
};

/* Networks without a gateway: the words are interface, network, gateway ... mask. */
static size_t read_subnets(struct hd_arena *arena, const char *text, struct subnet **ret)
{
	const char *line, *words[HD_NET_WORDS];
	struct subnet *subnets = NULL;
	size_t n = 0;

	while (text && (line = hd_text_next_line(arena, &text))) {
		if (hd_net_words(arena, line, words) < 8 || words[2][strspn(words[2], "0")] ||
		    !words[1][strspn(words[1], "0")])
			continue;
		hd_push(arena, &subnets, &n, (struct subnet){
			(uint32_t)strtoul(words[1], NULL, 16),
			(uint32_t)strtoul(words[7], NULL, 16), words[0] });
	}
	*ret = subnets;
	return n;
}

static const struct subnet *subnet_of(const struct subnet *subnets, size_t n, uint32_t address)
{
	for (size_t i = 0; i < n; i++)
		if ((address & subnets[i].mask) == subnets[i].network)
			return &subnets[i];
	return NULL;
}

/* A leaf "|-- 10.0.2.15" and below it "/32 host LOCAL"; each is listed twice, by two tries. */
static void take_trie(struct listing *listing, const char *text, const struct subnet *subnets,
		      size_t n_subnets)
{
	const char *line, *leaf = NULL;

	while ((line = hd_text_next_line(listing->arena, &text))) {
		struct hd_net_address address = { .family = AF_INET };
		const char *at = strstr(line, "|-- ");
		const struct subnet *subnet;
		uint32_t word;

		if (at)
			leaf = at + strlen("|-- ");
		if (at || !leaf || !strstr(line, "/32 host LOCAL") ||
		    inet_pton(AF_INET, leaf, &word) != 1)
			continue;
		subnet = subnet_of(subnets, n_subnets, word);
		if (!subnet)
			continue;
		memcpy(address.bytes, &word, sizeof(word));
		address.prefix = (unsigned)__builtin_popcount(subnet->mask);
		address.interface = subnet->interface;
		add_address(listing, &address);
	}
}

/* fib_trie shows the main and the local table as one, or each by itself: no doubles. */
static void drop_doubles(struct hd_net_tables *tables)
{
	size_t kept = 0;

	for (size_t i = 0; i < tables->n_addresses; i++) {
		size_t k = 0;

		while (k < kept && (strcmp(tables->addresses[k].text,
					   tables->addresses[i].text) != 0 ||
				    strcmp(tables->addresses[k].interface,
					   tables->addresses[i].interface) != 0))
			k++;
		if (k == kept)
			tables->addresses[kept++] = tables->addresses[i];
	}
	tables->n_addresses = kept;
}

int hd_net_addresses_of_files(struct hd_net_tables *tables, const struct hd_sysroot *root,
			      struct hd_arena *arena, struct hd_error *err)
{
	const char *route = NULL, *trie = NULL, *inet6 = NULL, *line;
	struct listing listing = { tables, arena, 0 };
	struct subnet *subnets;
	size_t n_subnets;
	int rc = hd_net_file_text(&route, root, arena, "proc/net/route", err);

	tables->addresses_source = "proc/net/fib_trie, if_inet6";
	if (rc == 0)
		rc = hd_net_file_text(&trie, root, arena, "proc/net/fib_trie", err);
	if (rc == 0)
		rc = hd_net_file_text(&inet6, root, arena, "proc/net/if_inet6", err);
	if (rc < 0)
		return rc;
	n_subnets = read_subnets(arena, route, &subnets);
	if (trie)
		take_trie(&listing, trie, subnets, n_subnets);
	drop_doubles(tables);
	while (inet6 && (line = hd_text_next_line(arena, &inet6)))
		take_inet6(&listing, line);
	return 0;
}
