# SPDX-License-Identifier: GPL-2.0-or-later
# setup on trees of all families of boot loaders: shown, applied, taken back to the byte.
. "$SRCDIR/tests/support/clitap.sh" || exit 99
on='intel_iommu=on iommu=pt'

# put PATH TEXT: a file of $root
put() {
	mkdir -p "$root/$(dirname "$1")" && printf '%s' "$2" > "$root/$1"
}

# program PATH [TEXT]: an executable of $root, which a captured host's setup never runs
program() {
	put "$1" "#!/bin/sh
${2-}
exit 1
" && chmod 755 "$root/$1"
}

# host: an Intel host that says nothing of its boot loader, and loads no module
host() {
	tree good
	mkdir -p "$root/var/lib"
	rm -r "$root/etc/modules-load.d"
	put proc/cmdline 'root=/dev/sda1 ro quiet
'
}

picture() {
	(cd "$root" && find . -path ./sys -prune -o -type f -exec stat -c '%n %a %u %g' {} + \
		-exec sha256sum {} + | sort; find . -type d | sort)
}

# comes_and_goes PATH TEXT: shown, then applied so that PATH has TEXT, nothing left to do, reverted
comes_and_goes() {
	picture > "$work/before"
	prints 0 "$2" setup --sysroot "$root" || return
	picture | cmp "$work/before" - || return
	run 0 setup --apply --sysroot "$root" || return
	grep -qF -- "$2" "$root/$1" || { cat "$root/$1"; return 1; }
	prints 0 'nothing to do' setup --sysroot "$root" || return
	run 0 setup --revert --sysroot "$root" || return
	picture | diff "$work/before" - || return
	# As one that was killed at once leaves it.
	mkdir -p -m 700 "$root/var/lib/hostdevctl/setup"
	prints 0 'nothing to undo' setup --revert --sysroot "$root" || return
	picture | diff "$work/before" -
}

host
put boot/grub/grub.cfg "$(printf 'menuentry x {\n\tlinux /vmlinuz root=/dev/sda1 ro quiet %s\n}' "$on")"
program usr/sbin/update-grub
program usr/sbin/grub-mkconfig 'for x in /etc/default/grub.d/*.cfg; do . "$x"; done'
put etc/default/grub 'GRUB_CMDLINE_LINUX_DEFAULT="quiet"
'
ok 'Debian' comes_and_goes etc/default/grub.d/zz-hostdevctl.cfg \
	"GRUB_CMDLINE_LINUX_DEFAULT=\"\$GRUB_CMDLINE_LINUX_DEFAULT $on\""
ok 'what would be run' prints 0 'run: /usr/sbin/update-grub' setup --sysroot "$root"
ok 'the modules' comes_and_goes etc/modules-load.d/hostdevctl.conf 'vfio_pci'
ok 'as JSON' run 0 setup --json --sysroot "$root"
ok 'nothing is applied' json '.applied == false and .complete and .done == [] and .values == [] and
	(.files | length == 2 and all(.old == null and .new != null and .path[0:5] == "/etc/")) and
	(.commands | length == 1) and .commands[0].argv == ["/usr/sbin/update-grub"]'
ok 'applied, as JSON' run 0 setup --apply --json --sysroot "$root"
ok 'it is' json '.applied and (.done | length > 0)'
ok 'once more' run 0 setup --json --sysroot "$root"
ok 'there is nothing to do' json '.files == [] and .commands == []'
ok 'what would be undone' run 0 setup --revert --dry-run --json --sysroot "$root"
ok 'is the opposite' json '.applied == false and
	(.files | length == 2 and all(.old != null and .new == null))'
ok 'undone' run 0 setup --revert --json --sysroot "$root"
ok 'says so' json '.applied and (.done | length > 0)'
ok 'there is nothing left' run 0 setup --revert --json --sysroot "$root"
ok 'to undo' json '.applied == false and .done == []'
put etc/default/grub 'GRUB_CMDLINE_LINUX_DEFAULT="quiet iommu=off"
'
ok 'a contrary word' comes_and_goes etc/default/grub '"quiet iommu=pt"'
put etc/default/grub 'GRUB_CMDLINE_LINUX_DEFAULT="quiet
'
ok 'an open quotation' complains 1 '/etc/default/grub:1: a quotation that is not closed' \
	setup --apply --sysroot "$root"
ok 'as JSON it is an error' run 1 setup --apply --json --sysroot "$root"
ok 'of one object' json '.applied == false and (.error | contains("quotation"))'
ok 'nothing was changed' run 0 setup --revert --sysroot "$root"
ok 'nothing was made' test ! -e "$root/etc/modules-load.d"
printf 'GRUB\0X' > "$root/etc/default/grub"
ok 'NUL bytes' complains 3 '/etc/default/grub has NUL bytes' setup --apply --sysroot "$root"
head -c 70000 /dev/zero | tr '\0' '#' > "$root/etc/default/grub"
ok 'a huge file' complains 3 '/etc/default/grub has more than 65536 bytes' setup --apply --sysroot "$root"
ln -sf /proc/cmdline "$root/etc/default/grub"
rm "$root/usr/sbin/grub-mkconfig" && program usr/sbin/grub-mkconfig
ok 'a link' complains 1 'symbolic link' setup --apply --sysroot "$root"
rm "$root/etc/default/grub"
put etc/default/grub ''
ok 'without drop-ins' comes_and_goes etc/default/grub "GRUB_CMDLINE_LINUX_DEFAULT=\"$on\""
run 0 setup --apply --sysroot "$root"
echo '# mine' >> "$root/etc/default/grub"
ok 'changed since' prints 1 '+# mine' setup --revert --sysroot "$root"
ok 'as is shown before' prints 1 '+# mine' setup --revert --dry-run --sysroot "$root"
ok 'with the way out' complains 1 '--keep /etc/default/grub' setup --revert --dry-run --sysroot "$root"
ok 'as JSON, too' run 1 setup --revert --dry-run --json --sysroot "$root"
ok 'with the reason' json '.applied == false and (.error | contains("changed since setup wrote it"))'
ok 'kept, it would be done' run 0 setup --revert --dry-run --keep /etc/default/grub --sysroot "$root"
ok 'says what to do' complains 1 '--keep /etc/default/grub' setup --revert --sysroot "$root"
ok 'all is still there' test -e "$root/etc/modules-load.d/hostdevctl.conf"
ok 'kept' prints 0 'left as it is' setup --revert --keep /etc/default/grub --sysroot "$root"
ok 'the others are gone' test ! -e "$root/etc/modules-load.d"

host
put boot/grub2/grub.cfg '### BEGIN /etc/grub.d/10_linux ###
'
program usr/sbin/grub2-mkconfig
put etc/default/grub 'GRUB_CMDLINE_LINUX_DEFAULT="splash=silent"
'
ok 'openSUSE' comes_and_goes etc/default/grub "\"splash=silent $on\""
ok 'its menu' prints 0 'run: /usr/sbin/grub2-mkconfig -o /boot/grub2/grub.cfg' setup --sysroot "$root"
put sys/firmware/efi/x ''
put boot/efi/EFI/centos/grub.cfg 'configfile $prefix/grub.cfg
'
ok 'a loader that leads to it' prints 0 '-o /boot/grub2/grub.cfg' setup --sysroot "$root"
put boot/efi/EFI/centos/grub.cfg '### BEGIN /etc/grub.d/00_header ###
'
ok 'a menu of its own' prints 0 '-o /boot/efi/EFI/centos/grub.cfg' setup --sysroot "$root"

put etc/default/grub 'GRUB_CMDLINE_LINUX="rhgb"
GRUB_ENABLE_BLSCFG=true
'
put boot/loader/entries/abc-6.8.conf 'title Fedora
linux /vmlinuz-6.8
options root=/dev/sda1 ro rhgb intel_iommu=off
'
program usr/sbin/grubby
ok 'Fedora' prints 0 \
	"run: /usr/sbin/grubby --update-kernel=ALL --remove-args=intel_iommu=off '--args=$on'" \
	setup --sysroot "$root"
printf '. /etc/other\n' >> "$root/etc/default/grub"
ok 'it sources what is unclear' prints 0 'run: /usr/sbin/grubby' setup --sysroot "$root"
put etc/default/grub 'GRUB_CMDLINE_LINUX="rhgb"
GRUB_ENABLE_BLSCFG=false # not true
'
ok 'no entries in its menu' prints 0 'run: /usr/sbin/grub2-mkconfig' setup --sysroot "$root"
put etc/default/grub 'GRUB_CMDLINE_LINUX="rhgb"
GRUB_ENABLE_BLSCFG=false; export GRUB_ENABLE_BLSCFG="true"
'
ok 'applied' prints 0 'run there: /usr/sbin/grubby' setup --apply --sysroot "$root"
ok 'each entry is taken back to what it had' prints 0 \
	"--update-kernel=/boot/vmlinuz-6.8 '--remove-args=$on' --args=intel_iommu=off" \
	setup --revert --sysroot "$root"
ok 'applied again' run 0 setup --apply --sysroot "$root"
rm "$root/boot/loader/entries/abc-6.8.conf"
ok 'one that is gone since is let be' run 0 setup --revert --sysroot "$root"
ok 'no word of it' sh -c "! grep -q vmlinuz-6.8 '$work/out'"
put boot/loader/entries/ostree-2.conf 'options root=/dev/sda1 ro rhgb iommu=pt
'
put run/ostree-booted ''
ok 'an image without rpm-ostree' complains 1 'in /usr/lib/bootc/kargs.d of the image' \
	setup --sysroot "$root"
program usr/bin/rpm-ostree
ok 'Silverblue' prints 0 'run: /usr/bin/rpm-ostree kargs --append-if-missing=intel_iommu=on' \
	setup --sysroot "$root"
ok 'nothing of /etc/default/grub' sh -c "! grep -q default/grub '$work/out'"

host
put proc/cmdline 'initrd=\EFI\x root=/dev/sda1 ro
'
put etc/kernel/cmdline 'root=/dev/sda1 ro
'
put boot/vmlinuz-6.1.0-18-amd64 ''
program usr/bin/kernel-install
ok 'kernel-install' comes_and_goes etc/kernel/cmdline "root=/dev/sda1 ro $on"
ok 'its command' prints 0 'run: /usr/bin/kernel-install add 6.1.0-18-amd64 /boot/vmlinuz-6.1.0-18-amd64' \
	setup --sysroot "$root"
program usr/sbin/proxmox-boot-tool
put etc/kernel/proxmox-boot-uuids 'AAAA-BBBB
'
ok 'Proxmox' prints 0 'run: /usr/sbin/proxmox-boot-tool refresh' setup --sysroot "$root"
rm -r "$root/etc/kernel" "$root/usr/bin/kernel-install"
put boot/loader/entries/arch.conf 'title Arch
options root=/dev/sda1 rw
'
ok 'entries of a person' comes_and_goes boot/loader/entries/arch.conf "options root=/dev/sda1 rw $on"

host
ok 'an unknown boot loader' prints 1 "by hand: $on" setup --sysroot "$root"
ok 'the rest is done' prints 1 "by hand: $on" setup --apply --sysroot "$root"
ok 'its modules' grep -q '^vfio_pci$' "$root/etc/modules-load.d/hostdevctl.conf"
ok 'and taken back' prints 0 'removed' setup --revert --sysroot "$root"
ok 'unsafe interrupts where they are remapped' complains 1 'this host remaps them' \
	setup --unsafe-interrupts --sysroot "$root"
put proc/interrupts ' 1: 0 0 IO-APIC 1-edge i8042
'
ok 'where they could be' complains 1 'enable remapping instead' setup --unsafe-interrupts --sysroot "$root"
put sys/devices/virtual/iommu/dmar0/intel-iommu/ecap 'f01056
'
ok 'where they cannot' prints 1 'vfio_iommu_type1.allow_unsafe_interrupts=1' \
	setup --unsafe-interrupts --sysroot "$root"
put proc/cpuinfo 'vendor_id	: AuthenticAMD
'
rm "$root/sys/firmware/acpi/tables/DMAR"
put sys/firmware/acpi/tables/IVRS ''
ok 'AMD' prints 1 'by hand: iommu=pt' setup --sysroot "$root"
put etc/modules-load.d/own.conf 'vfio
vfio_iommu_type1
vfio-pci
'
put proc/cmdline 'ro iommu=pt
'
ok 'others load the modules' prints 0 'nothing to do' setup --sysroot "$root"
ok 'an unknown subject' complains 2 "unknown subject 'frob'" setup frob --sysroot "$root"
ok '--keep alone' complains 2 '--keep needs --revert' setup --keep x --sysroot "$root"
ok '--revert and --apply' complains 2 'cannot be combined with anything' setup --revert --apply --sysroot "$root"
tap_end
