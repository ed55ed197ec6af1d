/* SPDX-License-Identifier: GPL-2.0-or-later */
/* scsiaddr.c - the address of a SCSI device, as the kernel writes it. */
#include "config.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/scsiaddr.h"

char *hd_scsi_addr_format(const struct hd_scsi_addr *addr, char buf[static HD_SCSI_ADDR_SIZE])
{
	(void)snprintf(buf, HD_SCSI_ADDR_SIZE, "%" PRIu32 ":%" PRIu32 ":%" PRIu32 ":%" PRIu64,
		       addr->host, addr->channel, addr->target, addr->lun);
	return buf;
}

/* A number of up to MAX without leading zeros, followed by END, which is skipped. */
static bool take_number(const char **at, uint64_t max, char end, uint64_t *ret)
{
	const char *start = *at;
	uint64_t value = 0;

	for (; **at >= '0' && **at <= '9'; (*at)++) {
		unsigned digit = (unsigned)(**at - '0');

		if (value > (max - digit) / 10)
			return false;
		value = value * 10 + digit;
	}
	if (*at == start || (*start == '0' && *at > start + 1) || **at != end)
		return false;
	*at += end != '\0';
	*ret = value;
	return true;
}

bool hd_scsi_addr_parse(const char *text, struct hd_scsi_addr *ret)
{
	uint64_t host, channel, target, lun;

	if (!take_number(&text, UINT32_MAX, ':', &host) ||
	    !take_number(&text, UINT32_MAX, ':', &channel) ||
	    !take_number(&text, UINT32_MAX, ':', &target) ||
	    !take_number(&text, UINT64_MAX, '\0', &lun))
		return false;
	*ret = (struct hd_scsi_addr){ (uint32_t)host, (uint32_t)channel, (uint32_t)target, lun };
	return true;
}

bool hd_scsi_addr_is_same(const struct hd_scsi_addr *a, const struct hd_scsi_addr *b)
{
	return a->host == b->host && a->channel == b->channel && a->target == b->target &&
	       a->lun == b->lun;
}
