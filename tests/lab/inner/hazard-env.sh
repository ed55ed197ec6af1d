# SPDX-License-Identifier: GPL-2.0-or-later
# hazard-env.sh - what every shell of a hazard's phase starts with.
# shellcheck shell=bash
. "$LAB_SRC/inner/lib.sh"
. "$LAB_SRC/inner/hazard.sh"
. "$LAB_SRC/inner/guard.sh"
hazards_load
