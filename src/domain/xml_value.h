/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xml_value.h - attributes that must mean something, read strictly.
 *
 * Functions return 1 if the attribute is there and good, 0 if it is absent
 * (and then *ret is untouched), -EINVAL with "line N: <element attr='value'>:
 * reason" otherwise.
 */
#pragma once

#include "domain/xml.h"

/* An attribute that is a number from MIN to MAX; "is_hex" is how people write it. */
struct hd_range {
	const char *attr;
	uint64_t min, max;
	bool is_hex;
};

/* Fills the error: "line N: <element attr='value'>: REASON"; returns -EINVAL. */
int hd_value_bad(const struct hd_xml_job *job, const struct _xmlNode *node,
		 const char *attr, const char *reason) _nonnull_(1, 2, 3, 4);

/* Fills the error: "line N: <element>: REASON"; returns -EINVAL. */
int hd_element_bad(const struct hd_xml_job *job, const struct _xmlNode *node,
		   const char *fmt, ...) _nonnull_(1, 2, 3) _printf_(3, 4);

/*
 * hd_xml_read(), with the document's <domain> in *RET, also within a status of libvirt's
 * (run/libvirt/qemu).  0, or as that; -EINVAL if it is of something else.
 */
int hd_domain_read(const struct hd_xml_job *job, struct _xmlDoc **doc, const struct _xmlNode **ret,
		   const char *xml, size_t length) _nonnull_(1, 2, 3, 4) _must_check_;

/* Is the attribute there, and a plain number (hd_text_u64)? */
bool hd_value_u64(const struct hd_xml_job *job, const struct _xmlNode *node, const char *attr,
		  uint64_t *ret) _nonnull_(1, 3, 4);

int hd_value_number(const struct hd_xml_job *job, const struct _xmlNode *node,
		    const struct hd_range *range, uint64_t *ret)
	_nonnull_(1, 3, 4) _must_check_;

/* Two words, as "yes" and "no": *ret is whether it is the first. */
int hd_value_choice(const struct hd_xml_job *job, const struct _xmlNode *node,
		    const char *attr, const char *const words[static 2], bool *ret)
	_nonnull_(1, 3, 4, 5) _must_check_;
extern const char *const hd_yes_no[2], *const hd_on_off[2];

/* A UUID with or without dashes, as libvirt takes it; *ret is the usual form. */
bool hd_value_uuid(const char *text, char ret[static 37]) _nonnull_(1, 2) _must_check_;

/* <address domain= bus= slot= function=>; absent is 0, as in libvirt.  0 or < 0. */
int hd_value_pci_addr(const struct hd_xml_job *job, const struct _xmlNode *node,
		      struct hd_pci_addr *ret) _nonnull_(1, 2, 3) _must_check_;
