# SPDX-License-Identifier: GPL-2.0-or-later
# nvidia.sh - the desktop on a driver that is as hard to part from as NVIDIA's (see lib/nvidia).
# shellcheck shell=bash

NVIDIA_CONF=/etc/modprobe.d/lab-nvidia.conf
# The kernel's lists of modules as they were.
NVIDIA_LISTS=/var/lib/hostdevctl-lab/modules

# As the driver's package does: installed, and the kernel's own driver is kept from the card.
nvidia_install() {
	[ -d "$LAB_SRC/nvidia-modules" ] || skip "a driver that behaves like NVIDIA's could not be built here"
	mkdir -p "$NVIDIA_LISTS"
	cp "/lib/modules/$(uname -r)"/modules.* "$NVIDIA_LISTS"
	cp -r "$LAB_SRC/nvidia-modules/." "/lib/modules/$(uname -r)/"
	printf '%s\n' 'blacklist bochs' 'softdep nvidia post: nvidia_drm' >"$NVIDIA_CONF"
	[ -e /dev/nvidia0 ] || mknod -m 666 /dev/nvidia0 c 195 0
}

# The card is on it, the user logged in on that.
nvidia_up() {
	nvidia_install
	systemctl stop greetd.service
	loginctl terminate-seat seat0
	wait_for 30 modprobe -r bochs || fail "bochs cannot be unloaded: $(lsmod | grep bochs)"
	modprobe nvidia && modprobe nvidia_drm || fail "nvidia does not load: $(dmesg | tail -n 3)"
	wait_for 20 test -e /dev/dri/card0 || wait_for 20 test -e "$(pci_dir "$GPU")/drm" ||
		fail "nvidia_drm has no screen"
	rm -f /run/greetd*.run
	DESKTOP_DRIVER=nvidia
	desktop_up
}

nvidia_down() {
	rm -f "$NVIDIA_CONF"
	systemctl stop greetd.service
	loginctl terminate-seat seat0
	wait_for 30 modprobe -r nvidia_drm nvidia_modeset nvidia
	rm -rf "/lib/modules/$(uname -r)/updates"
	cp "$NVIDIA_LISTS"/modules.* "/lib/modules/$(uname -r)/"
	modprobe bochs
}
