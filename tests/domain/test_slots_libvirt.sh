# SPDX-License-Identifier: GPL-2.0-or-later
# Guests with random cards, as test_slots_random writes them: libvirt itself takes them.
. "$SRCDIR/tests/support/tap.sh" || exit 99
N=40
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT

# A driver in the client's own process needs no daemon and touches nothing outside of $work.
qemu="qemu:///embed?root=$work/root"

# defines URI N: all N guests, validated by the schema, too
defines() {
	local n=$2 i
	for ((i = 0; i < n; i++)); do
		echo "define --validate $work/$i.xml;"
	done > "$work/commands"
	virsh -c "$1" "$(tr -d '\n' < "$work/commands")" > "$work/out" 2>&1
	[ "$(grep -c '^Domain .* defined' "$work/out")" = "$n" ] && return
	grep -A1 '^error' "$work/out"
	return 1
}

# One address for two devices: would this libvirt tell at all?
notices() {
	sed 's/\(<rng .*\)/\1\n\1/' "$work/$1.xml" > "$work/twice.xml"
	grep -q '<rng.*<address' "$work/twice.xml" || return 1
	virsh -c "$qemu" define "$work/twice.xml" > "$work/out" 2>&1 && return 1
	grep -qE 'double use|already in use' "$work/out"
}

ok 'the guests are written' "$BUILDDIR/tests/domain/test_slots_random" "$work" $N
if ! command -v virsh > /dev/null; then
	skip "libvirt's test driver takes them" 'there is no virsh'
	tap_end
	exit 0
fi
ok "libvirt's test driver takes them" defines test:///default $N
if ! virsh -c "$qemu" version > "$work/out" 2>&1; then
	skip "libvirt's QEMU driver takes them" 'there is no QEMU, or no driver for it'
	tap_end
	exit 0
fi
ok "libvirt's QEMU driver takes them, and finds room for the rest" defines "$qemu" $N
ok 'it would have noticed an address used twice' notices 0
tap_end
