# SPDX-License-Identifier: GPL-2.0-or-later
# setup with the real update-grub, on a root file system of its own: GRUB wants a disk to be on.
# HD_GRUB_ROOT=DIR: the programs are those of another root, such as one of Debian 13.
. "$SRCDIR/tests/support/tap.sh" || exit 99

if [ "${1-}" != inside ]; then
	why=
	[ "$(id -u)" = 0 ] || why='needs root'
	command -v update-grub mke2fs unshare > /dev/null || why='update-grub or mke2fs is not installed'
	grep -qE 'GenuineIntel|AuthenticAMD|HygonGenuine' /proc/cpuinfo || why='needs an x86 processor'
	work=$(mktemp -d) || exit 99
	trap 'rm -rf "$work"' EXIT
	[ -n "$why" ] || unshare -m --propagation private true 2> "$work/why" || why=$(cat "$work/why")
	truncate -s 32M "$work/disk.img" && mke2fs -q -F "$work/disk.img"
	mkdir "$work/root"
	command -v losetup > /dev/null || why='losetup is not installed'
	[ -n "$why" ] || unshare -m --propagation private mount -o loop "$work/disk.img" "$work/root" \
		2> "$work/why" || why=$(cat "$work/why")
	if [ -n "$why" ]; then
		echo "1..0 # SKIP $why"
		exit 0
	fi
	unshare -m --propagation private "$BASH" "$0" inside "$work"
	exit
fi

work=$2 root=$2/root from=${HD_GRUB_ROOT-}
menu=$root/boot/grub/grub.cfg

# The host's programs over a disk with a configuration of its own.
make_root() {
	local loop
	# GRUB makes no entries for a root on /dev/loop0 to 9. Detached when it is unmounted.
	for loop in /dev/loop{80..99}; do
		losetup "$loop" "$work/disk.img" 2> /dev/null && break
	done
	mount "$loop" "$root" || return
	losetup -d "$loop"
	mkdir -p "$root"/{etc/default/grub.d,boot/grub,proc,sys,dev,usr,mnt,tmp,run,var/lib}
	for name in bin sbin lib lib64; do ln -s "usr/$name" "$root/$name"; done
	cp -a "$from"/etc/{grub.d,os-release,passwd} "$root/etc/" &&
	cp "$from/usr/share/grub/default/grub" "$root/etc/default/" &&
	echo 'GRUB_CMDLINE_LINUX="console=tty0 iommu=off"' >> "$root/etc/default/grub" &&
	echo 'GRUB_CMDLINE_LINUX_DEFAULT="$GRUB_CMDLINE_LINUX_DEFAULT crashkernel=1G"' \
		> "$root/etc/default/grub.d/kdump.cfg" &&
	echo kernel > "$root/boot/vmlinuz-6.1.0-18-amd64" &&
	mount --rbind "$from/usr" "$root/usr" && mount --rbind /dev "$root/dev" &&
	mount -t proc proc "$root/proc" && mount --rbind /sys "$root/sys" &&
	mount --bind "$BUILDDIR" "$root/mnt" &&
	inside /usr/sbin/update-grub > /dev/null 2>&1
}

inside() {
	chroot "$root" "$@"
}

setup() {
	inside /mnt/hostdevctl setup "$@" > "$work/out" 2>&1 || { cat "$work/out"; return 1; }
}

picture() {
	(cd "$root" && find etc boot var -printf '%p %y %m %u %g %l\n' | sort
	find etc boot -type f -exec sha256sum {} + | sort)
}

# The command line of the first entry, and of the recovery entry.
words() {
	sed -n 's/^[[:space:]]*linux[[:space:]]*[^ ]* *//p' "$menu"
}

shows() {
	setup && grep -qx 'run: /usr/sbin/update-grub' "$work/out" &&
		grep -qx -- '-GRUB_CMDLINE_LINUX="console=tty0 iommu=off"' "$work/out" &&
		grep -qx -- '+GRUB_CMDLINE_LINUX="console=tty0 iommu=pt"' "$work/out" ||
		{ cat "$work/out"; return 1; }
}

# Each word is there once, in the entry that is booted; nothing else is lost.
is_made() {
	words | head -n 1 > "$work/words"
	for word in iommu=pt console=tty0 crashkernel=1G quiet; do
		[ "$(grep -ow -- "$word" "$work/words" | wc -l)" = 1 ] ||
			{ cat "$work/words"; return 1; }
	done
	! grep -q 'iommu=off' "$menu"
}

breaks() {
	printf '#!/bin/sh\necho it is broken >&2\nexit 1\n' > "$root/etc/grub.d/99_broken"
	chmod 755 "$root/etc/grub.d/99_broken"
	picture > "$work/broken"
	! setup --apply > /dev/null && grep -q 'it is broken' "$work/out" &&
		grep -q 'everything is as before' "$work/out" || { cat "$work/out"; return 1; }
	rm -f "$root/boot/grub/grub.cfg.new"
	picture | diff "$work/broken" - && rm "$root/etc/grub.d/99_broken"
}

make_root || { echo 'Bail out! the root file system cannot be made'; exit 99; }
picture > "$work/before"
ok 'a file and a command are shown' shows
ok 'showing changes nothing' eval 'picture | diff "$work/before" -'
ok 'a broken update-grub: all is put back' breaks
ok 'applied' setup --apply
ok 'the menu has the words' is_made
ok 'nothing is left to do' eval 'setup && grep -qx "nothing to do" "$work/out"'
ok 'reverted' setup --revert
ok 'to the byte' eval 'picture | diff "$work/before" -'
tap_end
