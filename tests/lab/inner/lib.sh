# SPDX-License-Identifier: GPL-2.0-or-later
# lib.sh - everything that a scenario may use; sourced by each of them.
# shellcheck shell=bash
. "$LAB_SRC/inner/host.sh"
. "$LAB_SRC/inner/monitor.sh"
if boots "${LAB_CONFIG-}"; then
	. "$LAB_SRC/inner/host-booted.sh"
	. "$LAB_SRC/inner/booted-assert.sh"
	. "$LAB_SRC/inner/booted-guest.sh"
	. "$LAB_SRC/inner/desktop.sh"
	. "$LAB_SRC/inner/nvidia.sh"
	. "$LAB_SRC/inner/handover.sh"
	. "$LAB_SRC/inner/usual.sh"
	. "$LAB_SRC/inner/visit.sh"
fi
. "$LAB_SRC/inner/assert.sh"
. "$LAB_SRC/inner/guest.sh"
. "$LAB_SRC/inner/replug.sh"
. "$LAB_SRC/inner/use.sh"

: "${LAB_FACTOR:=1}"
