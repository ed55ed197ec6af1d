# SPDX-License-Identifier: GPL-2.0-or-later
# initramfs.sh - busybox and the few modules that reach the shared root and QEMU's monitor, in one cached file.
# shellcheck shell=bash

readonly INITRAMFS_MODULES=(virtio_pci 9pnet_virtio 9p overlay virtio_console)
# For a root with a disk of its own.
readonly INITRAMFS_DISK_MODULES=(virtio_blk ext4)

# Copies MODULES and what they need into DIR, uncompressed; the file ORDER there names them in
# load order.
copy_modules() {
	local root=$1 version=$2 dir=$3 order=$4 verb path name
	shift 4

	mkdir -p "$dir"
	modprobe -d "$root" -S "$version" --show-depends -a "$@" |
	while read -r verb path _; do
		[ "$verb" = insmod ] || continue
		name=${path##*/}
		case $name in
		*.xz) name=${name%.xz}; xz -dc "$path" >"$dir/$name" ;;
		*.zst) name=${name%.zst}; zstd -dcq "$path" >"$dir/$name" ;;
		*) cp "$path" "$dir/$name" ;;
		esac || return 1
		cat "$dir"/order* 2>/dev/null | grep -qxF "$name" || echo "$name" >>"$dir/$order"
	done
}

# Prints the path of the initramfs for the kernel VERSION of ROOT; makes it when it is missing.
initramfs() {
	local root=$1 version=$2 key file temp busybox=/bin/busybox

	[ -x "$busybox" ] || busybox=/usr/bin/busybox
	key=$(sha256sum "$LAB_DIR/inner/initramfs-init" "$LAB_DIR/lib/initramfs.sh" |
		sha256sum | cut -c 1-12)
	file=$LAB_CACHE/initramfs-$version-$key.cpio
	if [ ! -s "$file" ]; then
		mkdir -p "$LAB_CACHE"
		temp=$(mktemp -d "$LAB_CACHE/initramfs.XXXXXX") || return 1
		mkdir -p "$temp/bin"
		cp "$busybox" "$temp/bin/busybox" &&
		cp "$LAB_DIR/inner/initramfs-init" "$temp/init" &&
		chmod 755 "$temp/init" &&
		copy_modules "$root" "$version" "$temp/modules" order "${INITRAMFS_MODULES[@]}" &&
		copy_modules "$root" "$version" "$temp/modules" order-disk \
			"${INITRAMFS_DISK_MODULES[@]}" &&
		(cd "$temp" && find . | cpio -o -H newc --quiet) >"$file.new.$$" &&
		mv "$file.new.$$" "$file" || { rm -rf "$temp"; return 1; }
		rm -rf "$temp"
	fi
	echo "$file"
}
