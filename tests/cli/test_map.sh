# SPDX-License-Identifier: GPL-2.0-or-later
# The picture of a host: golden text, SVG, options.
. "$SRCDIR/tests/support/clitap.sh" || exit 99
export LC_ALL=C
tree "$SRCDIR/tests/hosts/workstation.tree"

# The names of devices differ with pci.ids: they are cut off.
shows_golden() {
	run 0 map --sysroot "$root" "$@" || return
	cut -c 1-60 "$work/out" | sed 's/ *$//' > "$work/cut"
	[ -z "${HD_UPDATE_GOLDEN:-}" ] || cp "$work/cut" "$SRCDIR/tests/cli/map.txt"
	diff -u "$SRCDIR/tests/cli/map.txt" "$work/cut"
}
ok 'a tree for each root complex' shows_golden
ok 'guests' prints 0 '[router (running)]' map --sysroot "$root"
ok 'with verdicts' prints 0 'needs ' map --long --sysroot "$root"
ok 'a disk of the host' sh -c "grep '0000:02:00.0 .* never ' '$work/out'"
ok 'no escapes where there is no terminal' sh -c "! grep '$(printf '\033')' '$work/out'"
is_svg() {
	run 0 map --svg --sysroot "$root" "$@" || return
	! command -v xmllint > /dev/null || xmllint --noout "$work/out" || return
	[ "$(grep -c data-address "$work/out")" = 28 ]
}
ok 'SVG has all devices' is_svg
cp "$work/out" "$work/first"
ok 'its legend promises nothing' grep -qF 'alone in its group' "$work/out"
ok 'two runs are equal' is_svg
ok 'to the byte' cmp "$work/first" "$work/out"
ok 'SVG with verdicts' is_svg --long
ok 'whose legend says so' grep -qF 'ready to go' "$work/out"
ok 'of a guest' grep -qF 'router (running)' "$work/out"
ok 'no host' complains 3 'cannot open the host tree' map --sysroot "$work/nothing"
ok 'it takes no device' complains 2 'too many operands' map 01:00.0
coloured() {
	command -v script > /dev/null || return 0
	TERM=xterm script -qec "stty cols 100; '$tool' map --sysroot '$root'" /dev/null > "$work/out" < /dev/null
	grep -qF "$(printf '\033[32mvfio-pci')" "$work/out" || { cat "$work/out"; return 1; }
	! sed 's/\x1b\[[0-9;]*m//g; s/\r//' "$work/out" | grep '.\{101\}'
}
ok 'colours and no long lines in a terminal' coloured
mkdir -p "$work/empty/sys/bus/pci/devices"
ok 'a host without devices' prints 0 'host: 0 PCI' map --sysroot "$work/empty"
ok 'is drawn, too' prints 0 '</svg>' map --svg --sysroot "$work/empty"
if has_libvirt; then
	ok 'another host, and what is not known of it' \
		complains 0 'serial ports, guests and checks are not shown' \
		map -c "test://$SRCDIR/tests/cli/nodedevs.xml"
else
	skip 'another host' 'built without libvirt'
fi
tap_end
