# SPDX-License-Identifier: GPL-2.0-or-later
# Mounts, claims, raw writes and routes in a tight loop against detach and reattach: none is lost.
# config: iommu
# cpus: 2
# stack: debian12 debian13 backports
# usual: debian13
# limit: 180
# shellcheck shell=bash
. "$LAB_SRC/inner/race.sh"

race_all 4 40
