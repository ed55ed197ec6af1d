# SPDX-License-Identifier: GPL-2.0-or-later
# Autostart while libvirtd starts, binder libvirt: the daemon answers in bounded time, the guest is up.
# config: iommu
# stack: debian12 debian13 backports
# usual: backports
# limit: 400
# shellcheck shell=bash
. "$LAB_SRC/inner/autostart.sh"

autostart_with libvirt
