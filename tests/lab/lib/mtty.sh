# SPDX-License-Identifier: GPL-2.0-or-later
# mtty.sh - the kernel's own sample driver of mediated devices, built for a stack's kernel.
#
# Debian ships it as source alone (samples/vfio-mdev/mtty.c of linux-source).  It makes a serial
# port of no hardware, and so mediated devices that are real to vfio, libvirt and QEMU.  What is in
# mtty-pci.c is appended to it: a PCI function as their parent.
# shellcheck shell=bash

# in_root ROOT COMMAND...: with /proc, which the kernel's objtool reads since Linux 7.
in_root() {
	# shellcheck disable=SC2016
	unshare -m --propagation private /bin/bash -c '
		[ "$1" = / ] || mount -t proc proc "$1/proc" || exit
		exec chroot "$@"' in-root "$@"
}

# The file PATH of the kernel's source below ROOT, into DIR.
kernel_source() {
	local root=$1 path=$2 dir=$3 source parts

	source=$(find "$root/usr/src" -name 'linux-source-*.tar.xz' | sort -V | tail -n 1)
	parts=${path//[^\/]/}
	[ -n "$source" ] && tar -xJf "$source" -C "$dir" --strip-components=$((1 + ${#parts})) \
		--occurrence=1 "$(basename "$source" .tar.xz)/$path"
}

# Builds the modules in DIR, which is below ROOT, with ROOT's compiler and headers.
build_modules() {
	local root=$1 version=$2 dir=$3

	[ -d "$root/usr/src/linux-headers-$version" ] &&
		in_root "$root" make -s -C "/usr/src/linux-headers-$version" M="${dir#"${root%/}"}" modules
}

# Builds it below ROOT into FILE.
build_mtty() {
	local root=$1 version=$2 file=$3 dir status=0

	lab_say "building the sample driver of mediated devices (half a minute, once)" >&2
	dir=$(mktemp -d "$root/var/tmp/mtty.XXXXXX") || return 1
	{ kernel_source "$root" samples/vfio-mdev/mtty.c "$dir" &&
	  sed -i '/^module_init/d; /^module_exit/d' "$dir/mtty.c" &&
	  cat "$LAB_DIR/lib/mtty-pci.c" >>"$dir/mtty.c" &&
	  echo 'obj-m := mtty.o' >"$dir/Makefile" &&
	  build_modules "$root" "$version" "$dir" &&
	  cp "$dir/mtty.ko" "$file.new.$$" && mv "$file.new.$$" "$file"; } >"$file.log" 2>&1 9>&- ||
		status=1
	rm -rf --one-file-system "$dir"
	return "$status"
}

# The module's file, made once for each kernel; nothing when it cannot be made here.
mtty_module() {
	local root=$1 version=$2 file

	file=$LAB_CACHE/mtty-$version-$(sha256sum <"$LAB_DIR/lib/mtty-pci.c" | cut -c 1-12).ko
	mkdir -p "$LAB_CACHE"
	[ -s "$file" ] || build_mtty "$root" "$version" "$file" || return 0
	echo "$file"
}
