# SPDX-License-Identifier: GPL-2.0-or-later
# initramfs.sh - busybox and the few modules that reach the shared root, in one cached file.
# shellcheck shell=bash

readonly INITRAMFS_MODULES="virtio_pci 9pnet_virtio 9p overlay"

# Copies the modules and what they need into DIR, in load order, uncompressed.
copy_modules() {
	local root=$1 version=$2 dir=$3 verb path name

	mkdir -p "$dir"
	# shellcheck disable=SC2086
	modprobe -d "$root" -S "$version" --show-depends -a $INITRAMFS_MODULES |
	while read -r verb path _; do
		[ "$verb" = insmod ] || continue
		name=${path##*/}
		case $name in
		*.xz) name=${name%.xz}; xz -dc "$path" >"$dir/$name" ;;
		*.zst) name=${name%.zst}; zstd -dcq "$path" >"$dir/$name" ;;
		*) cp "$path" "$dir/$name" ;;
		esac || return 1
		grep -qxF "$name" "$dir/order" 2>/dev/null || echo "$name" >>"$dir/order"
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
		copy_modules "$root" "$version" "$temp/modules" &&
		(cd "$temp" && find . | cpio -o -H newc --quiet) >"$file.new.$$" &&
		mv "$file.new.$$" "$file" || { rm -rf "$temp"; return 1; }
		rm -rf "$temp"
	fi
	echo "$file"
}
