# SPDX-License-Identifier: GPL-2.0-or-later
# roots.sh - where packages are built and tested: roots of Debian releases, made once.
#
# A root is kept in the lab's cache under a name that hashes everything it was made from: a change makes
# a new one.  What runs in it writes to an overlay in memory, in namespaces without a network, and leaves
# nothing behind.  Needs root.
# shellcheck shell=bash

roots_cache=${LAB_CACHE:-/var/cache/hostdevctl-lab}
# Beside the build dependencies, for the checks of what was built.
roots_tools='build-essential kmod libvirt-daemon-system lintian autopkgtest cockpit-ws cockpit-system dbus-daemon sosreport'
# Of a release with its backports: the page runs in a Cockpit that is newer than the release's.
roots_page_tools='kmod libvirt-daemon-system cockpit-ws cockpit-system dbus-daemon libxml2 libpci3 libkmod2
 libmount1 libeconf0 libjansson4 libsmartcols1 libyaml-0-2'
# Higher after a change of how a root is made.
roots_format=1
roots_top=$(cd "${BASH_SOURCE[0]%/*}/.." && pwd)

# tools_of SUITE
tools_of() {
	case $1 in
	*-backports) echo "$roots_page_tools" ;;
	*) echo "$roots_tools" ;;
	esac
}

# root_of SUITE: its path, made or not
root_of() {
	local key

	key=$({ echo "$roots_format $(tools_of "$1")"
		sed -n '/^Build-Depends:/,/^Standards/{/^Standards/!p}' "$roots_top/packaging/debian/control"
	} | sha256sum | cut -c 1-12)
	echo "$roots_cache/build-$1-$key"
}

# What makes the root of SUITE another than its release's, as options of mmdebstrap, one a line.
suite_options() {
	if [[ $1 = *-backports ]]; then
		echo "--aptopt=APT::Default-Release \"$1\""
		return
	fi
	echo '--customize-hook=mkdir -p "$1/build/source/debian"'
	echo "--customize-hook=cp '$roots_top/packaging/debian/control' \"\$1/build/source/debian/\""
	echo '--customize-hook=chroot "$1" apt-get -q -y build-dep --no-install-recommends /build/source'
	echo '--customize-hook=rm -r "$1/build/source"'
}

# Makes the tree below a temporary name and renames it, so that a tree which exists is whole.
make_root() {
	local suite=$1 root=$2 temp=$2.new release=${1%-backports} tools options sources
	local mirror=${LAB_MIRROR:-http://deb.debian.org/debian}

	tools=$(tools_of "$suite" | xargs)
	mapfile -t options < <(suite_options "$suite")
	sources=("deb $mirror $release main")
	[ "$release" = "$suite" ] || sources+=("deb $mirror $suite main")
	rm -rf --one-file-system "$temp"
	setpriv --pdeathsig TERM timeout -k 10 1800 unshare -m --propagation private \
		mmdebstrap --mode=root --variant=minbase --components=main \
		--include="${tools// /,}" --aptopt='APT::Install-Recommends "false"' \
		--dpkgopt='force-unsafe-io' --dpkgopt='path-exclude=/usr/share/locale/*' \
		"${options[@]}" "$release" "$temp" "${sources[@]}" < /dev/null 9>&- || return 1
	mv -T "$temp" "$root"
}

# have_root SUITE: makes its root if it is missing; prints its path
have_root() {
	local root log status=0

	root=$(root_of "$1")
	log=$root.log
	mkdir -p "$roots_cache"
	(
		flock -w 2000 9 || { echo "another run still makes $root" >&2; exit 1; }
		[ -d "$root" ] && exit
		echo "making a root of $1 for its packages (two minutes, once)" >&2
		make_root "$1" "$root" > "$log" 2>&1
	) 9> "$root.lock" || status=1
	[ $status = 0 ] || { echo "no root of $1; the end of $log:" >&2; tail -n 15 "$log" >&2; }
	echo "$root"
	return $status
}

# in_root SUITE FOLDER COMMAND...: runs it in the root, with FOLDER as /build, where it begins; all is
# killed after half an hour, or $ROOTS_SECONDS: status 137
in_root() {
	local root temp status=0

	root=$(have_root "$1") || return
	temp=$(mktemp -d) || return
	# shellcheck disable=SC2016
	setpriv --pdeathsig TERM timeout -s KILL "${ROOTS_SECONDS:-1800}" \
		unshare -m -n -p -f --kill-child --propagation private bash -c '
		temp=$1 root=$2 folder=$3
		shift 3
		mount -t tmpfs -o mode=0755 tmpfs "$temp" && mkdir "$temp"/{upper,work,root} &&
		mount -t overlay -o "lowerdir=$root,upperdir=$temp/upper,workdir=$temp/work" \
			overlay "$temp/root" &&
		mkdir -p "$temp/root/build" && mount --bind "$folder" "$temp/root/build" &&
		mount -t proc proc "$temp/root/proc" || exit 125
		ip link set lo up 2> /dev/null
		exec env -i -C / ${DEB_BUILD_OPTIONS+DEB_BUILD_OPTIONS="$DEB_BUILD_OPTIONS"} ${TZ+TZ="$TZ"} \
			PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
			chroot "$temp/root" sh -c "cd /build && exec \"\$@\"" - "$@"' \
		- "$temp" "$root" "$(readlink -f "$2")" "${@:3}" < /dev/null || status=$?
	rmdir "$temp"
	return $status
}
