# SPDX-License-Identifier: GPL-2.0-or-later
# stack.sh - where the root file system of a stack comes from.
#
# debian12 is the machine's own root.  debian13 is made once by mmdebstrap and kept in the
# cache under a name that hashes everything it was made from, so a change makes a new one.
# shellcheck shell=bash

readonly TRIXIE_FORMAT=1
readonly TRIXIE_PACKAGES="
 linux-image-amd64 kmod busybox udev iproute2 pciutils usbutils procps strace
 qemu-system-x86 libvirt-daemon-system libvirt-clients
 e2fsprogs dosfstools lvm2 mdadm cryptsetup-bin dmsetup btrfs-progs bcache-tools psmisc lsof mdevctl
 openvswitch-switch grub-common grub2-common
 linux-headers-amd64 linux-source gcc make xz-utils
 pipewire wireplumber dbus-daemon alsa-utils
 libxml2 libpci3 libkmod2 libmount1 libeconf0 libjansson4 libsmartcols1 libvirt0
 libblkid1 libudev1 ca-certificates"

trixie_root() {
	local key

	key=$(printf '%s' "$TRIXIE_FORMAT $TRIXIE_PACKAGES" | sha256sum | cut -c 1-12)
	echo "$LAB_CACHE/debian13-$key"
}

# Makes the tree below a temporary name and renames it, so that a tree which exists is whole.
make_trixie_root() {
	local root=$1 log=$1.log temp=$1.new packages

	packages=$(echo $TRIXIE_PACKAGES | tr ' ' ,)
	rm -rf --one-file-system "$temp"
	# The kernel package would spend a minute on an initramfs that the lab does not use.
	setpriv --pdeathsig TERM timeout -k 10 1800 unshare -m --propagation private mmdebstrap --mode=root \
		--variant=minbase --components=main --include="$packages" \
		--aptopt='APT::Install-Recommends "false"' \
		--dpkgopt='path-exclude=/usr/share/doc/*' \
		--dpkgopt='path-exclude=/usr/share/man/*' \
		--dpkgopt='path-exclude=/usr/share/locale/*' \
		--dpkgopt='force-confold' --dpkgopt='force-unsafe-io' \
		--essential-hook='mkdir -p "$1/etc/initramfs-tools" && echo update_initramfs=no >"$1/etc/initramfs-tools/update-initramfs.conf"' \
		trixie "$temp" "${LAB_MIRROR:-http://deb.debian.org/debian}" >"$log" 2>&1 9>&- ||
		return 1
	mv -T "$temp" "$root"
}

# Prints the root of STACK; makes it when it is missing.
stack_root() {
	local stack=$1 root

	if [ "$stack" = debian12 ]; then
		echo /
		return
	fi
	root=$(trixie_root)
	if [ ! -d "$root" ]; then
		mkdir -p "$LAB_CACHE"
		exec 8>"$root.lock"
		flock -w 2000 8 || { lab_complain "another run still makes $root"; return 1; }
		if [ ! -d "$root" ]; then
			lab_say "making the Debian 13 root (about two minutes, once)" >&2
			make_trixie_root "$root" 8>&- || {
				lab_complain "mmdebstrap failed; the end of $root.log:"
				tail -n 15 "$root.log" >&2
				return 1
			}
		fi
		exec 8>&-
	fi
	echo "$root"
}
