/* SPDX-License-Identifier: GPL-2.0-or-later */
/* uevents.c - devices that come, go, or change their driver, told by the kernel. */
#include "config.h"

#include <errno.h>
#include <linux/netlink.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "base/pciaddr.h"
#include "base/scsiaddr.h"
#include "base/text.h"
#include "facts/host/uevents.h"

#define KERNELS_GROUP 1		/* 2 is udevd's (systemd src/libsystemd/sd-device/device-monitor.c) */
#define MESSAGE_SIZE 8192	/* more than UEVENT_BUFFER_SIZE and a path (Linux include/linux/kobject.h) */
#define SOCKET_SIZE (1 << 20)	/* a card's 256 virtual functions at once are 300 KiB */
#define MAX_MESSAGES 1024	/* in one call: what comes faster must not keep us here */

int hd_uevents_open(void)
{
	const struct sockaddr_nl group = { .nl_family = AF_NETLINK, .nl_groups = KERNELS_GROUP };
	const int size = SOCKET_SIZE;
	_cleanup_(hd_close) int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK,
					    NETLINK_KOBJECT_UEVENT);
	int result = fd;

	if (fd < 0)
		return -errno;
	/* The first is for root; the second is cut to what others may have. */
	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) < 0)
		(void)setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	if (bind(fd, (const void *)&group, sizeof(group)) < 0)
		return -errno;
	fd = -1;
	return result;
}

struct message {
	const char *action, *path, *subsystem, *type, *driver;
};

static void read_message(struct message *ret, const char *text, size_t length)
{
	const struct {
		const char *key;
		const char **value;
	} keys[] = {
		{ "ACTION=", &ret->action }, { "DEVPATH=", &ret->path },
		{ "SUBSYSTEM=", &ret->subsystem }, { "DEVTYPE=", &ret->type },
		{ "DRIVER=", &ret->driver },
	};

	for (const char *at = text; at < text + length; at += strlen(at) + 1)
		for (size_t i = 0; i < HD_ARRAY_SIZE(keys); i++)
			if (hd_text_starts_with(at, keys[i].key))
				*keys[i].value = at + strlen(keys[i].key);
}

/* The kernel may have more words (move, online); each of them is a change. */
static const char *action_of(const char *word)
{
	static const char *const actions[] = { "add", "remove", "bind", "unbind" };

	for (size_t i = 0; i < HD_ARRAY_SIZE(actions); i++)
		if (!strcmp(word, actions[i]))
			return actions[i];
	return "change";
}

/* Does the path's component NAME name a device of lists?  "1-2" only does below a USB bus. */
static const char *kind_of(const char *name, bool is_usb)
{
	char text[37], formatted[HD_PCI_ADDR_SIZE];
	struct hd_scsi_addr scsi;
	struct hd_pci_addr addr;

	if (hd_pci_addr_parse(name, &addr) && !strcmp(hd_pci_addr_format(&addr, formatted), name))
		return "pci";
	if (hd_text_is_numbered(name, "usb") ||
	    (is_usb && strchr(name, '-') && strspn(name, "0123456789-.") == strlen(name)))
		return "usb";
	/* Behind USB it is a part of the device that is plugged in. */
	if (!is_usb && hd_scsi_addr_parse(name, &scsi))
		return "scsi";
	return hd_text_uuid(name, text) ? "mdev" : NULL;
}

static const char *prefix_of(const char *kind)
{
	return !strcmp(kind, "usb") ? "usb:" : !strcmp(kind, "scsi") ? "scsi:" : "";
}

/* The device that PATH is of; returns whether it is PATH's last component. */
static bool find_device(struct hd_host_event *ret, const char *path)
{
	bool is_usb = false, is_last = false;
	char name[sizeof(ret->name)];
	size_t length;

	for (; *path; path += length) {
		const char *kind;

		path += strspn(path, "/");
		length = strcspn(path, "/");
		(void)snprintf(name, sizeof(name), "%.*s", (int)length, path);
		kind = kind_of(name, is_usb);
		is_last = kind;
		if (!kind)
			continue;
		is_usb |= !strcmp(kind, "usb");
		ret->kind = kind;
		(void)snprintf(ret->name, sizeof(ret->name), "%s%.*s", prefix_of(kind),
			       NAME_MAX - 5, name);
	}
	return is_last;
}

/* Consoles and pseudo terminals are below /devices/virtual. */
static bool set_serial(struct hd_host_event *ret, const char *path)
{
	ret->kind = "serial";
	(void)snprintf(ret->name, sizeof(ret->name), "/dev/%.*s", NAME_MAX - 5,
		       strrchr(path, '/') + 1);
	return !strstr(path, "/virtual/");
}

/* Its own events as they are; those of anything else of it are a change. */
static bool set_device(struct hd_host_event *ret, const struct message *message)
{
	bool is_own = find_device(ret, message->path) && !strcmp(message->subsystem, ret->kind);

	if (!ret->kind)
		return false;
	if (!is_own)
		ret->action = "change";
	/* A USB device is always on the driver "usb". */
	if (is_own && message->driver && strcmp(ret->kind, "usb") != 0)
		(void)snprintf(ret->driver, sizeof(ret->driver), "%s", message->driver);
	return true;
}

bool hd_uevent_parse(struct hd_host_event *ret, const char *text, size_t length)
{
	static const char *const subsystems[] = {
		"pci", "usb", "mdev", "scsi", "block", "net", "drm", "tty",
	};
	struct message message = { 0 };

	read_message(&message, text, length);
	if (!message.action || !message.path || !strchr(message.path, '/') || !message.subsystem ||
	    !HD_IS_ANY(message.subsystem, subsystems))
		return false;
	*ret = (struct hd_host_event){ .source = HD_EVENTS_OF_DEVICES,
				       .action = action_of(message.action) };
	return !strcmp(message.subsystem, "tty") ? set_serial(ret, message.path) :
						   set_device(ret, &message);
}

/* The bytes of one message of the kernel, 0 for one of somebody else, or a negative errno. */
static ssize_t receive_message(int fd, char buf[static MESSAGE_SIZE])
{
	struct sockaddr_nl from = { 0 };
	struct iovec part = { .iov_base = buf, .iov_len = MESSAGE_SIZE - 1 };
	struct msghdr header = { .msg_name = &from, .msg_namelen = sizeof(from),
				 .msg_iov = &part, .msg_iovlen = 1 };
	ssize_t n = recvmsg(fd, &header, 0);

	if (n < 0)
		return errno == EINTR ? 0 : -errno;
	buf[n] = '\0';
	if (from.nl_pid || from.nl_groups != KERNELS_GROUP)
		return 0;
	return header.msg_flags & MSG_TRUNC ? -ENOBUFS : n;
}

int hd_uevents_read(int fd, hd_host_event_fn *each, void *data)
{
	const struct hd_host_event lost = { .source = HD_EVENTS_OF_DEVICES, .is_lost = true };
	char message[MESSAGE_SIZE];
	struct hd_host_event event;

	for (int i = 0; i < MAX_MESSAGES; i++) {
		ssize_t n = receive_message(fd, message);

		if (n == -EAGAIN)
			return 0;
		if (n == -ENOBUFS)
			each(data, &lost);
		else if (n < 0)
			return (int)n;
		else if (hd_uevent_parse(&event, message, (size_t)n))
			each(data, &event);
	}
	return 0;
}
