# SPDX-License-Identifier: GPL-2.0-or-later
# helpers.sh - programs for the inside, where a shell would be too slow.
# shellcheck shell=bash

# Static, for the root of any stack.  Without a compiler what needs them is skipped.
build_helpers() {
	local dir=$1 file

	for file in "$dir"/*.c; do
		"${CC:-cc}" -O2 -Wall -static -o "${file%.c}" "$file" ||
			lab_complain "cannot build ${file##*/}"
	done
}
