# SPDX-License-Identifier: GPL-2.0-or-later
# `check --json` of whole hosts: what tests/hosts/NAME.json says of NAME.tree.
# Of a host with a guest, NAME.xml, NAME-guest.json is what they say of both.
# HD_UPDATE_GOLDEN=1 (make update-golden) regenerates them.
. "$SRCDIR/tests/support/clitap.sh" || exit 99

# status FILE: the exit status that goes with a report
status() {
	if grep -q '^  "ready": true' "$1"; then echo 0; else echo 1; fi
}

as_before() {
	local json=$1 got

	"$tool" check --json "${guest[@]}" --sysroot "$root" > "$work/out" 2> "$work/err" < /dev/null
	got=$?
	cat "$work/err"
	[ ! -s "$work/err" ] || return 1
	[ -z "${HD_UPDATE_GOLDEN-}" ] || cp "$work/out" "$json"
	diff -u "$json" "$work/out" && [ "$got" = "$(status "$json")" ]
}

twice_the_same() {
	"$tool" check --json "${guest[@]}" --sysroot "$root" > "$work/again" 2>&1
	cmp "$work/out" "$work/again"
}

for file in "$SRCDIR"/tests/hosts/*.json; do
	name=$(basename "$file" .json)
	guest=()
	[ "${name%-guest}" = "$name" ] || guest=(--xml "${file%-guest.json}.xml")
	tree "$SRCDIR/tests/hosts/${name%-guest}.tree"
	ok "$name" as_before "$file"
	ok "$name, once more" twice_the_same
done
tap_end
