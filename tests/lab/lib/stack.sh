# SPDX-License-Identifier: GPL-2.0-or-later
# stack.sh - where the root file system of a stack comes from.
#
# debian12 is the machine's own root.  debian13, and backports (Debian 13 with all that its backports
# have newer), are made once by mmdebstrap and kept in the cache under a name that hashes
# everything they were made from, so a change makes a new one.
# shellcheck shell=bash

# Higher after a change of how a root or a layer is made.
readonly TRIXIE_FORMAT=1
readonly TRIXIE_PACKAGES="
 linux-image-amd64 kmod busybox udev iproute2 pciutils usbutils procps strace
 qemu-system-x86 libvirt-daemon-system libvirt-clients
 e2fsprogs dosfstools lvm2 mdadm cryptsetup-bin dmsetup btrfs-progs bcache-tools psmisc lsof mdevctl
 openvswitch-switch grub-common grub2-common
 linux-headers-amd64 linux-source gcc make xz-utils
 pipewire wireplumber dbus-daemon alsa-utils
 systemd-sysv libpam-systemd dbus polkitd apparmor
 libxml2 libpci3 libkmod2 libmount1 libeconf0 libjansson4 libsmartcols1 libyaml-0-2 libvirt0
 libblkid1 libudev1 ca-certificates"

# What the lab with a desktop has beside: greetd, and a compositor of the kind that draws without a GPU.
readonly DESKTOP_PACKAGES="greetd sway swaybg"

# What people call STACK.
stack_title() {
	case $1 in
	debian*) echo "Debian ${1#debian}" ;;
	backports) echo "Debian 13 with backports" ;;
	*) return 1 ;;
	esac
}

# The root of STACK in the cache.
cached_root() {
	local key

	key=$(printf '%s' "$TRIXIE_FORMAT $TRIXIE_PACKAGES" | sha256sum | cut -c 1-12)
	echo "$LAB_CACHE/$1-$key"
}

# The sources of STACK, one a line.
sources_of() {
	local mirror=${LAB_MIRROR:-http://deb.debian.org/debian}

	echo "deb $mirror trixie main"
	[ "$1" != backports ] || echo "deb $mirror trixie-backports main"
}

# Makes the tree below a temporary name and renames it, so that a tree which exists is whole.
make_root() {
	local stack=$1 root=$2 log=$2.log temp=$2.new packages release=trixie sources=()

	packages=$(echo $TRIXIE_PACKAGES | tr ' ' ,)
	[ "$stack" != backports ] || release=trixie-backports
	mapfile -t sources < <(sources_of "$stack")
	rm -rf --one-file-system "$temp"
	# INITRD: the kernel's package would spend a minute on an initramfs that the lab does not use.
	INITRD=No setpriv --pdeathsig TERM timeout -k 10 1800 unshare -m --propagation private mmdebstrap --mode=root \
		--variant=minbase --components=main --include="$packages" \
		--aptopt='APT::Install-Recommends "false"' \
		--aptopt="APT::Default-Release \"$release\"" \
		--dpkgopt='path-exclude=/usr/share/doc/*' \
		--dpkgopt='path-exclude=/usr/share/man/*' \
		--dpkgopt='path-exclude=/usr/share/locale/*' \
		--dpkgopt='force-confold' --dpkgopt='force-unsafe-io' \
		trixie "$temp" "${sources[@]}" >"$log" 2>&1 9>&- ||
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
	root=$(cached_root "$stack")
	if [ ! -d "$root" ]; then
		mkdir -p "$LAB_CACHE"
		exec 8>"$root.lock"
		flock -w 2000 8 || { lab_complain "another run still makes $root"; return 1; }
		if [ ! -d "$root" ]; then
			lab_say "making the root of $(stack_title "$stack") (about two minutes, once)" >&2
			make_root "$stack" "$root" 8>&- || {
				lab_complain "mmdebstrap failed; the end of $root.log:"
				tail -n 15 "$root.log" >&2
				return 1
			}
		fi
		exec 8>&-
	fi
	echo "$root"
}

# Installs PACKAGES over ROOT; what that changes is LAYER, which appears whole.
make_layer() {
	local root=$1 layer=$2 temp=$2.new
	shift 2

	rm -rf --one-file-system "$temp"
	mkdir -p "$temp/layer" "$temp/work" "$temp/merged" || return 1
	# shellcheck disable=SC2016
	setpriv --pdeathsig TERM timeout -k 10 1800 unshare -m --propagation private /bin/bash -c '
		root=$1 temp=$2; shift 2
		mount -t overlay -o "lowerdir=$root,upperdir=$temp/layer,workdir=$temp/work" overlay \
			"$temp/merged" && mount -t proc proc "$temp/merged/proc" &&
		mount --bind /etc/resolv.conf "$temp/merged/etc/resolv.conf" || exit
		export DEBIAN_FRONTEND=noninteractive
		chroot "$temp/merged" apt-get -q update &&
		chroot "$temp/merged" apt-get -q -y --no-install-recommends -o Dpkg::Options::=--force-unsafe-io \
			-o Dpkg::Options::=--path-exclude="/usr/share/doc/*" \
			-o Dpkg::Options::=--path-exclude="/usr/share/man/*" install "$@" &&
		chroot "$temp/merged" apt-get clean' make-layer "$root" "$temp" "$@" \
		>"$layer.log" 2>&1 9>&- || return 1
	rm -rf "$temp/layer/var/lib/apt/lists"
	mv -T "$temp/layer" "$layer" && rm -rf --one-file-system "$temp"
}

# What is installed over the root of CONFIG: a desktop, and what the scenarios NAME need ("packages:").
layer_packages() {
	local config=$1 name file
	shift

	[ "$config" != desktop ] || echo "$DESKTOP_PACKAGES"
	for name in "$@"; do
		file=$LAB_DIR/scenarios/$name.sh
		[ ! -e "$file" ] || sed -n 's/^# packages: *//p' "$file"
	done | sort -u
}

# LAB_CPUS becomes more if one of the scenarios NAME needs them.
need_cpus() {
	local name n

	for name in "$@"; do
		n=$(sed -n 's/^# cpus: *//p' "$LAB_DIR/scenarios/$name.sh" 2>/dev/null)
		[ "${n:-0}" -le "$LAB_CPUS" ] || LAB_CPUS=$n
	done
}

# Prints the layer of ROOT with PACKAGES for CONFIG; makes it when it is missing.
stack_layer() {
	local root=$1 config=$2 packages=$3 layer

	layer=$root-$config-$(printf '%s' "$packages" | sha256sum | cut -c 1-12)
	exec 8>"$layer.lock"
	flock -w 2000 8 || { lab_complain "another run still makes $layer"; return 1; }
	if [ ! -d "$layer" ]; then
		lab_say "installing $packages over ${root##*/} (about a minute, once)" >&2
		# shellcheck disable=SC2086
		make_layer "$root" "$layer" $packages 8>&- || {
			lab_complain "they cannot be installed; the end of $layer.log:"
			tail -n 15 "$layer.log" >&2
			return 1
		}
	fi
	exec 8>&-
	echo "$layer"
}
