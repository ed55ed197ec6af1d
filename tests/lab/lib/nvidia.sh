# SPDX-License-Identifier: GPL-2.0-or-later
# nvidia.sh - a chain of modules that behaves like NVIDIA's driver, built for a stack's kernel.
#
# The screens are the kernel's own driver of QEMU's card, whose source Debian has in linux-source;
# lib/nvidia has the rest.
# shellcheck shell=bash

# Builds the chain below ROOT into FOLDER.
build_nvidia() {
	local root=$1 version=$2 folder=$3 dir status=0

	lab_say "building a driver that behaves like NVIDIA's (half a minute, once)" >&2
	dir=$(mktemp -d "$root/var/tmp/nvidia.XXXXXX") || return 1
	mkdir -p "$folder.new"
	{ kernel_source "$root" drivers/gpu/drm/tiny/bochs.c "$dir" &&
	  cp "$LAB_DIR"/lib/nvidia/* "$dir" &&
	  sed -e '/^drm_module_pci_driver/d; /^MODULE_DEVICE_TABLE/d; /bochs_modeset/d; /enable.disable kernel modesetting/d' \
		"$dir/bochs.c" >"$dir/screens.c" &&
	  cat "$dir/nvidia_drm.c" >>"$dir/screens.c" && mv "$dir/screens.c" "$dir/nvidia_drm.c" &&
	  echo 'obj-m := nvidia.o nvidia_modeset.o nvidia_drm.o' >"$dir/Makefile" &&
	  build_modules "$root" "$version" "$dir" &&
	  cp "$dir"/*.ko "$folder.new" && mv -T "$folder.new" "$folder"; } >"$folder.log" 2>&1 9>&- ||
		status=1
	rm -rf --one-file-system "$dir" "$folder.new"
	return "$status"
}

# The kernel's lists of modules with the chain in them: to make them is slow under emulation.
list_modules() {
	local root=$1 version=$2 folder=$3 dir

	dir=$(mktemp -d "$folder.XXXXXX") || return 1
	mkdir -p "$dir/lib/modules/$version/updates" &&
	cp "$folder"/*.ko "$dir/lib/modules/$version/updates" &&
	cp "$root/lib/modules/$version"/modules.{order,builtin,builtin.modinfo} "$dir/lib/modules/$version" &&
	ln -s "$(cd "$root" && pwd)/lib/modules/$version/kernel" "$dir/lib/modules/$version/kernel" &&
	depmod -b "$dir" "$version" && rm "$dir/lib/modules/$version/kernel" &&
	cp -r "$dir/lib/modules/$version" "$folder/tree"
	rm -rf --one-file-system "$dir"
	[ -s "$folder/tree/modules.dep.bin" ]
}

# The folder with the chain, made once for each kernel; nothing when it cannot be made here.
nvidia_modules() {
	local root=$1 version=$2 folder

	folder=$LAB_CACHE/nvidia-$version-$(cat "$LAB_DIR"/lib/nvidia/* | sha256sum | cut -c 1-12)
	mkdir -p "$LAB_CACHE"
	[ -s "$folder/nvidia_drm.ko" ] || build_nvidia "$root" "$version" "$folder" || return 0
	[ -s "$folder/tree/modules.dep.bin" ] || list_modules "$root" "$version" "$folder" || return 0
	echo "$folder"
}

# A copy for the inside; none, if it cannot be made here.
copy_nvidia() {
	local folder

	folder=$(nvidia_modules "$1" "$2")
	[ -z "$folder" ] || cp -r "$folder/tree" "$3"
}
