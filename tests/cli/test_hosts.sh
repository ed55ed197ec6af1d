# SPDX-License-Identifier: GPL-2.0-or-later
# `check --json` of whole hosts: what tests/hosts/NAME.json says of NAME.tree.
# HD_UPDATE_GOLDEN=1 (make update-golden) writes them anew.
. "$SRCDIR/tests/support/clitap.sh" || exit 99

# status FILE: the exit status that goes with a report
status() {
	if grep -q '^  "ready": true' "$1"; then echo 0; else echo 1; fi
}

as_before() {
	local json=$1 got

	"$tool" check --json --sysroot "$root" > "$work/out" 2> "$work/err" < /dev/null
	got=$?
	cat "$work/err"
	[ ! -s "$work/err" ] || return 1
	[ -z "${HD_UPDATE_GOLDEN-}" ] || cp "$work/out" "$json"
	diff -u "$json" "$work/out" && [ "$got" = "$(status "$json")" ]
}

twice_the_same() {
	"$tool" check --json --sysroot "$root" > "$work/again" 2>&1
	cmp "$work/out" "$work/again"
}

for file in "$SRCDIR"/tests/hosts/*.json; do
	name=$(basename "$file" .json)
	tree "${file%.json}.tree"
	ok "$name" as_before "$file"
	ok "$name, once more" twice_the_same
done
tap_end
