# SPDX-License-Identifier: GPL-2.0-or-later
# booted-guest.sh - a guest that ends itself when the host asks it to, with 512 bytes of software.
# shellcheck shell=bash

# A boot sector that waits for the power button (bit 8 of ACPI's PM1 status at 0x600, where the
# firmware puts it on q35) and then enters S5 (bit 13 of PM1 control at 0x604):
#	sti; mov dx, 0x602; mov ax, 0x100; out dx, ax; mov dx, 0x600
#	wait: hlt; in ax, dx; test ah, 1; jz wait
#	mov dx, 0x604; mov ax, 0x2000; out dx, ax; halt: hlt; jmp halt
power_button_disk() {
	local file=$1

	printf '\xfb\xba\x02\x06\xb8\x00\x01\xef\xba\x00\x06\xf4\xed\xf6\xc4\x01\x74\xf9' >"$file"
	printf '\xba\x04\x06\xb8\x00\x20\xef\xf4\xeb\xfd' >>"$file"
	truncate -s 510 "$file"
	printf '\x55\xaa' >>"$file"
	truncate -s 1M "$file"
	echo "<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='$file'/>
		<target dev='sda' bus='sata'/></disk>"
}
