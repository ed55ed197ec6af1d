/* SPDX-License-Identifier: GPL-2.0-or-later */
/* rom_file.c - can QEMU read the option ROM that the guest gets? */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "check/checks.h"

#define HD_PATH_SHOWN 200 /* characters of a path in a report */

static const struct hd_rom_file *find_rom(const struct hd_facts *facts, const char *path)
{
	for (size_t i = 0; i < facts->n_roms; i++)
		if (!strcmp(facts->roms[i].path, path))
			return &facts->roms[i];
	return NULL;
}

static enum hd_verdict judge_file(const struct hd_subject *s, struct hd_result *ret,
				  const char *path)
{
	const struct hd_rom_file *rom = find_rom(s->facts, path);
	const char *shown = hd_text_printable(s->arena, path, HD_PATH_SHOWN);

	if (!rom) {
		ret->severity = HD_WARNING;
		return hd_tell(s, ret, HD_UNKNOWN, "%s was not examined", shown);
	}
	if (!rom->problem)
		return hd_tell(s, ret, HD_PASS, "QEMU can read %s", shown);
	ret->severity = rom->is_sure ? HD_ERROR : HD_WARNING;
	return hd_tell(s, ret, HD_FAIL, "%s %s", shown, rom->problem);
}

static enum hd_verdict has_rom(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_pci_fn *fn = &s->pci->fn;

	if (!s->hostdev || s->hostdev->rom_disabled)
		return HD_SKIP;
	if (s->hostdev->rom_file)
		return judge_file(s, ret, s->hostdev->rom_file);
	if (!hd_pci_fn_is_display(fn))
		return HD_SKIP;
	if (!fn->is_boot_vga)
		return HD_PASS;
	ret->remedy = "save the card's ROM while another card is the boot display (or use the "
		      "vendor's file) and name it: <rom file='/usr/share/vgabios/card.rom'/>";
	ret->severity = HD_WARNING;
	return hd_tell(s, ret, HD_FAIL, HD_SYS_PCI "/%s/boot_vga reads 1 and the guest "
		       "has no ROM file: it would see the copy that the firmware changed",
		       fn->name);
}

const struct hd_check hd_check_rom_file = {
	.id = "rom-file",
	.scope = HD_SCOPE_DEVICE,
	.severity = HD_ERROR,
	.title = "QEMU can read the ROM file of the device",
	.remedy = "put the file where QEMU's user can read it, for example in "
		  "/usr/share/vgabios, with mode 0644",
	.doc = "QEMU opens the file of <rom file='...'/> as the user that the guest's "
	       "<seclabel model='dac'> or else /etc/libvirt/qemu.conf names, and libvirt "
	       "does not change its owner, whatever dynamic_ownership is: that user must "
	       "be able to reach and read the file. A boot display without a ROM file is a "
	       "warning: its ROM is a copy that the firmware has changed, and many cards "
	       "do not start from it.",
	.run = has_rom,
};
