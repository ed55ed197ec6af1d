# SPDX-License-Identifier: GPL-2.0-or-later
# snapshot.sh - on a host of the fleet: what setup could change, and every byte of it; without the package's own
# files and the facts of the role.
# shellcheck shell=bash
cd / || exit
places="etc boot root usr/lib/modprobe.d usr/lib/modules-load.d usr/lib/udev/rules.d usr/local var/lib/hostdevctl"
ours=/var/lib/dpkg/info/hostdevctl.list

# The guest's definition is libvirt's, and changes with what it is given; units are enabled by the package.
wanted() {
	grep -vE '^(root/(\.ansible|\.cache|hostdevctl\.deb)|etc/(ansible|libvirt/qemu/render\.xml|ld\.so\.cache))(/|$)' |
		grep -vE '^etc/systemd/system/[^/]*\.(wants|requires)(/hostdevctl-[a-z]*\.(service|timer))?$' |
		if [ -e "$ours" ]; then grep -vxF -f <(own_files); else cat; fi
}

# Not the folders that others have, too.
own_files() {
	sed 's|^/||' "$ours" | while IFS= read -r file; do
		[ -d "$file" ] && [ "${file##*/}" != qemu.d ] || echo "$file"
	done
}

# shellcheck disable=SC2086
find $places -xdev 2>/dev/null | wanted | sort >/run/lab-snapshot
tr '\n' '\0' </run/lab-snapshot | xargs -0 stat -c '%n: %A %u:%g %N'
while IFS= read -r file; do [ ! -f "$file" ] || [ -L "$file" ] || printf '%s\0' "$file"; done </run/lab-snapshot |
	xargs -0 sha256sum
