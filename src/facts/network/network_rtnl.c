/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * network_rtnl.c - asks the kernel and never waits longer than it may.
 *
 * Only what the kernel itself sent counts: any process may send to our port.
 */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "facts/network/network_rtnl.h"

#define BUFFER 32768	/* Linux net/netlink/af_netlink.c: dumps are made for up to 32 KiB */

int hd_rtnl_open(struct hd_rtnl *ret, int protocol, int64_t deadline)
{
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, protocol);

	if (fd < 0)
		return -errno;
	*ret = (struct hd_rtnl){ .fd = fd, .deadline = deadline };
	return 0;
}

void hd_rtnl_close(struct hd_rtnl *rtnl)
{
	hd_close(&rtnl->fd);
	rtnl->fd = -1;
}

static int wait_readable(const struct hd_rtnl *rtnl)
{
	struct pollfd poller = { .fd = rtnl->fd, .events = POLLIN };
	int n = poll(&poller, 1, hd_ms_left(rtnl->deadline));

	if (n < 0)
		return errno == EINTR ? 0 : -errno;
	return n ? 0 : -ETIMEDOUT;
}

/* The length of a datagram of the kernel, 0 for "again", or a negative errno. */
static ssize_t receive_message(const struct hd_rtnl *rtnl, void *buf, size_t size)
{
	struct sockaddr_nl from = { 0 };
	struct iovec part = { .iov_base = buf, .iov_len = size };
	struct msghdr message = { .msg_name = &from, .msg_namelen = sizeof(from),
				  .msg_iov = &part, .msg_iovlen = 1 };
	int rc = wait_readable(rtnl);
	ssize_t n;

	if (rc < 0)
		return rc;
	n = recvmsg(rtnl->fd, &message, 0);
	if (n < 0)
		return errno == EINTR || errno == EAGAIN ? 0 : -errno;
	if (from.nl_pid)
		return 0;
	return message.msg_flags & MSG_TRUNC ? -EMSGSIZE : n;
}

struct answer {
	const struct hd_rtnl *rtnl;
	hd_rtnl_fn each;
	void *data;
	bool is_interrupted, is_done;
};

/* The status that ends an answer: NLMSG_DONE and NLMSG_ERROR both begin with it. */
static int ending_status(const struct nlmsghdr *message)
{
	int status = 0;

	if (message->nlmsg_len >= NLMSG_LENGTH(sizeof(status)))
		memcpy(&status, NLMSG_DATA(message), sizeof(status));
	return status;
}

static int take_message(struct answer *answer, const struct nlmsghdr *message)
{
	if (message->nlmsg_seq != answer->rtnl->sequence)
		return 0;
	if (message->nlmsg_flags & NLM_F_DUMP_INTR)
		answer->is_interrupted = true;
	if (message->nlmsg_type == NLMSG_DONE || message->nlmsg_type == NLMSG_ERROR) {
		answer->is_done = true;
		return ending_status(message);
	}
	if (message->nlmsg_type != NLMSG_NOOP)
		answer->each(answer->data, message);
	return 0;
}

/* The element after this one.  The kernel's own macros lose the alignment that rtnetlink keeps. */
static const void *after(const void *element, size_t size)
{
	return (const char *)element + size;
}

static bool is_whole(const struct nlmsghdr *message, int length)
{
	return length >= (int)sizeof(*message) && message->nlmsg_len >= sizeof(*message) &&
	       message->nlmsg_len <= (unsigned)length;
}

/* The lengths are signed: the last element's padding may be missing. */
static int take_all(struct answer *answer, const void *buf, int length)
{
	const struct nlmsghdr *message = buf;

	while (!answer->is_done && is_whole(message, length)) {
		size_t size = NLMSG_ALIGN(message->nlmsg_len);
		int rc = take_message(answer, message);

		if (rc < 0)
			return rc;
		length -= (int)size;
		message = after(message, size);
	}
	return 0;
}

static int send_request(struct hd_rtnl *rtnl, struct nlmsghdr *request)
{
	const struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };

	request->nlmsg_seq = ++rtnl->sequence;
	request->nlmsg_flags |= NLM_F_REQUEST;
	if ((request->nlmsg_flags & NLM_F_DUMP) != NLM_F_DUMP)
		request->nlmsg_flags |= NLM_F_ACK;
	if (sendto(rtnl->fd, request, request->nlmsg_len, 0, (const void *)&kernel,
		   sizeof(kernel)) < 0)
		return -errno;
	return 0;
}

int hd_rtnl_ask(struct hd_rtnl *rtnl, struct nlmsghdr *request, hd_rtnl_fn each, void *data)
{
	char buf[BUFFER] __attribute__((aligned(NLMSG_ALIGNTO)));
	struct answer answer = { .rtnl = rtnl, .each = each, .data = data };
	int rc = send_request(rtnl, request);

	while (rc == 0 && !answer.is_done) {
		ssize_t n = receive_message(rtnl, buf, sizeof(buf));

		rc = n < 0 ? (int)n : take_all(&answer, buf, (int)n);
	}
	if (rc == 0 && answer.is_interrupted)
		rc = -EAGAIN;
	return rc;
}

/* The header of each type begins with the family. */
int hd_rtnl_list(struct hd_rtnl *rtnl, uint16_t type, uint8_t family, size_t body,
		 hd_rtnl_fn each, void *data)
{
	struct { struct nlmsghdr head; uint8_t body[32]; } request = {
		.head = { .nlmsg_len = NLMSG_LENGTH((uint32_t)body), .nlmsg_type = type,
			  .nlmsg_flags = NLM_F_DUMP },
		.body = { family },
	};

	return hd_rtnl_ask(rtnl, &request.head, each, data);
}

struct hd_rtnl_attrs hd_rtnl_attrs(const struct nlmsghdr *message, size_t header)
{
	size_t skip = NLMSG_LENGTH(NLMSG_ALIGN(header));

	if (message->nlmsg_len < skip)
		return (struct hd_rtnl_attrs){ 0 };
	return (struct hd_rtnl_attrs){ (const char *)message + skip, message->nlmsg_len - skip };
}

struct hd_rtnl_attrs hd_rtnl_nested(const struct rtattr *attr)
{
	if (!attr)
		return (struct hd_rtnl_attrs){ 0 };
	return (struct hd_rtnl_attrs){ RTA_DATA(attr), RTA_PAYLOAD(attr) };
}

const struct rtattr *hd_rtnl_find(struct hd_rtnl_attrs attrs, unsigned type, size_t size)
{
	const struct rtattr *attr = attrs.start;
	int left = (int)attrs.length;

	while (attr && RTA_OK(attr, left)) {
		if ((attr->rta_type & NLA_TYPE_MASK) == type && RTA_PAYLOAD(attr) >= size)
			return attr;
		left -= (int)RTA_ALIGN(attr->rta_len);
		attr = after(attr, RTA_ALIGN(attr->rta_len));
	}
	return NULL;
}

uint32_t hd_rtnl_u32(struct hd_rtnl_attrs attrs, unsigned type)
{
	const struct rtattr *attr = hd_rtnl_find(attrs, type, sizeof(uint32_t));
	uint32_t value = 0;

	if (attr)
		memcpy(&value, RTA_DATA(attr), sizeof(value));
	return value;
}

void hd_rtnl_text(struct hd_rtnl_attrs attrs, unsigned type, char *ret, size_t size)
{
	const struct rtattr *attr = hd_rtnl_find(attrs, type, 1);
	size_t length = attr ? strnlen(RTA_DATA(attr), RTA_PAYLOAD(attr)) : 0;

	if (length >= size)
		length = size - 1;
	if (length)
		memcpy(ret, RTA_DATA(attr), length);
	ret[length] = '\0';
}

int hd_rtnl_ifname(uint32_t index, char ret[static IF_NAMESIZE])
{
	if (!index)
		return 0;
	if (if_indextoname(index, ret))
		return 1;
	return errno == ENXIO || errno == ENODEV ? 0 : -errno;
}
