# SPDX-License-Identifier: GPL-2.0-or-later
# The picture of a host: golden text, SVG, options.
. "$SRCDIR/tests/support/clitap.sh" || exit 99
export LC_ALL=C
tree "$SRCDIR/tests/hosts/workstation.tree"

# The names of devices, in a column of 50, differ with pci.ids: they are cut out.
shows_golden() {
	run 0 map --sysroot "$root" "$@" || return
	awk 'match($0, /^[|`][|` -]* /) && substr($0, 51) ~ /^[^ ]/ && !/ parts? of the machine/ {
		print substr($0, 1, RLENGTH) substr($0, 51, 60)
		next
	} { print }' "$work/out" | sed 's/ *$//' > "$work/cut"
	[ -z "${HD_UPDATE_GOLDEN:-}" ] || cp "$work/cut" "$SRCDIR/tests/cli/map.txt"
	diff -u "$SRCDIR/tests/cli/map.txt" "$work/cut"
}
ok 'a tree for each root complex' shows_golden
ok 'guests' prints 0 '[router (running)]' map --sysroot "$root"
ok 'parts of the machine in one line' grep -qF '9 parts of the machine: 6 bridges, 3 hubs' "$work/out"
ok 'VFs in one line' grep -qF '2 VFs [router (running)]' "$work/out"
ok 'with verdicts' prints 0 'needs ' map --long --sysroot "$root"
ok 'VFs and how many are in use' grep -qF '2 VFs, 1 in use [router (running)]' "$work/out"
ok 'a disk of the host' sh -c "grep '0000:02:00.0 .* never ' '$work/out'"
ok 'no escapes where there is no terminal' sh -c "! grep '$(printf '\033')' '$work/out'"
ok 'all one by one' prints 0 '0000:00:1c.0' map --all --sysroot "$root"
ok 'VFs, too' grep -qF '0000:03:10.4' "$work/out"

# is_svg DEVICES OPTIONS...
is_svg() {
	local wanted=$1
	shift
	run 0 map --svg --sysroot "$root" "$@" || return
	! command -v xmllint > /dev/null || xmllint --noout "$work/out" || return
	[ "$(grep -c data-address "$work/out")" = "$wanted" ]
}
# Names and widths differ with pci.ids: the structure does not.
structure() {
	sed -n 's/^ *<g class="\([a-z]*\)".*/\1/p; s/^ *<rect class="\([^"]*\)".*/  \1/p' "$work/out" > "$work/cut"
	[ -z "${HD_UPDATE_GOLDEN:-}" ] || cp "$work/cut" "$SRCDIR/tests/cli/map-svg.txt"
	diff -u "$SRCDIR/tests/cli/map-svg.txt" "$work/cut"
}
ok 'SVG has all that is not folded' is_svg 17
ok 'groups, verdicts, cells of VFs, badges' structure
cp "$work/out" "$work/first"
ok 'its legend says what it is judged by' grep -qF 'free: can go to a guest now' "$work/out"
ok 'two runs are equal' is_svg 17
ok 'to the byte' cmp "$work/first" "$work/out"
ok 'SVG with all' is_svg 28 --all
ok 'of a guest' grep -qF 'router (running)' "$work/out"
ok 'HTML has all devices' prints 0 'hostdevctl show 0000:03:10.4' map --html --sysroot "$root"
has_hash() {
	local hash
	hash=$(awk -v tag="$1" '
		index($0, "<" tag ">") { on = 1; sub(".*<" tag ">", "") }
		index($0, "</" tag ">") { exit }
		on { print }' "$work/out" | sha256sum | cut -d ' ' -f 1 | tr a-f A-F | basenc -d --base16 | base64)
	grep -qF "$2 'sha256-$hash'" "$work/out"
}
ok 'its policy names its style sheet' has_hash style style-src
ok 'and its script' has_hash script script-src
ok 'and nothing else' grep -qF "default-src 'none'; base-uri 'none'; form-action 'none'; style-src" "$work/out"
# What is hidden while one searches is named by classes or elements that the legend does not have.
spares_legend() {
	local legend one
	legend=$(sed 's/</\n</g' "$work/out" | sed -n '/^<ul class="legend"/,/^<\/ul>/p')
	grep -q '<span class="group free"' <<< "$legend" || return
	for one in $(sed -n "s/^const [a-z]* = every('\([^']*\)').*/\1/p" "$work/out" | tr -d ,); do
		case $one in
		.*) grep -qE "class=\"([^\"]* )?${one#.}[ \"]" ;;
		*) grep -q "<${one}[ >]" ;;
		esac <<< "$legend" && { echo "$one is in the legend"; return 1; }
	done
	[ -n "$one" ]
}
ok 'a search hides nothing of the legend' spares_legend
ok 'no network' sh -c "! grep -E '://|@import|url\(|fetch\(|XMLHttp' '$work/out'"
ok 'no markup by a script' sh -c "! grep -E 'innerHTML|outerHTML|insertAdjacent|document.write|eval\(' '$work/out'"
if command -v python3 > /dev/null; then
	ok 'all text can be read, light and dark' python3 "$SRCDIR/tests/support/contrast.py" \
		"$work/first" "$work/out"
else
	skip 'all text can be read' 'there is no python3'
fi
# The pictures of the tour are what map draws now.  HD_UPDATE_GOLDEN draws them again.
is_picture() {
	"$tool" map --svg --host "$2" > "$work/picture.svg" || return
	[ -z "${HD_UPDATE_GOLDEN:-}" ] || cp "$work/picture.svg" "$SRCDIR/docs/$1"
	cmp "$work/picture.svg" "$SRCDIR/docs/$1"
}
awk -v N=300 -f "$SRCDIR/tests/support/bigtree.awk" > "$work/300.tree"
ok 'the workstation of the tour' is_picture map-workstation.svg "$SRCDIR/tests/hosts/workstation.tree"
ok 'its server' is_picture map-server.svg "$work/300.tree"
ok 'either SVG or HTML' complains 2 'cannot be combined' map --svg --html --sysroot "$root"
ok 'no host' complains 3 'cannot open the host tree' map --sysroot "$work/nothing"
ok 'it takes no device' complains 2 'too many operands' map 01:00.0
coloured() {
	command -v script > /dev/null || return 0
	TERM=xterm script -qec "stty cols 100; '$tool' map --all --sysroot '$root'" /dev/null > "$work/out" < /dev/null
	grep -qF "$(printf '\033[32mvfio-pci')" "$work/out" || { cat "$work/out"; return 1; }
	! sed 's/\x1b\[[0-9;]*m//g; s/\r//' "$work/out" | grep '.\{101\}'
}
ok 'colours and no long lines in a terminal' coloured
mkdir -p "$work/empty/sys/bus/pci/devices" "$work/empty/proc/sys/kernel"
echo > "$work/empty/proc/cmdline"
echo 6.1.0 > "$work/empty/proc/sys/kernel/osrelease"
ok 'a host without devices' prints 0 'host: 0 PCI' map --sysroot "$work/empty"
ok 'is drawn, too' prints 0 '</svg>' map --svg --sysroot "$work/empty"

# 4,000 functions on a page: mostly VFs, which are cells.
awk -v N=4000 -f "$SRCDIR/tests/support/bigtree.awk" > "$work/big.tree"
tree "$work/big.tree"
# The note of a list is longer than 60 columns, and the same text in the lines of a terminal.
noted() {
	command -v script > /dev/null || return 0
	"$tool" list --sysroot "$root" > /dev/null 2> "$work/note"
	script -qec "stty cols 60; '$tool' list --sysroot '$root' > /dev/null" /dev/null < /dev/null |
		tr -d '\r' > "$work/out"
	cat "$work/note" "$work/out"
	[ "$(wc -l < "$work/note")" = 1 ] && grep -q '.\{61\}' "$work/note" && ! grep '.\{61\}' "$work/out" &&
		[ "$(sed 's/^  *//' "$work/out" | paste -sd ' ')" = "$(cat "$work/note")" ]
}
ok 'notes fit the terminal' noted
ok '4,000 functions' prints 0 'host: 4000 PCI' map --sysroot "$root"
ok 'in less than 250 lines' [ "$(wc -l < "$work/out")" -lt 250 ]
ok 'a link that is slower than it could be' grep -qF '(link x2 of x4)' "$work/out"
drawn() {
	local area
	run 0 map --svg --sysroot "$root" || return
	area=$(sed -n 's/.*viewBox="0 0 \([0-9]*\) \([0-9]*\)".*/\1 \2/p' "$work/out")
	echo "# $area pixels"
	[ $(grep -c 'class="cell' "$work/out") -gt 3500 ] && [ "${area% *}" -lt 2900 ] && [ "${area#* }" -lt 1900 ]
}
ok 'drawn on a page' drawn
ok 'cards of one model are one box' grep -qF '7 × ' "$work/out"
cp "$work/out" "$work/drawn"
ok 'of which the groups are said' grep -q 'each in a group of its own: [0-9]*, [0-9]*, ' "$work/drawn"
one_by_one() {
	run 0 map --svg --all --sysroot "$root" && ! grep -q 'each in a group of its own' "$work/out"
}
ok 'but not with --all' one_by_one
if has_libvirt; then
	ok 'another host, and what is not known of it' \
		complains 0 'serial ports, guests and checks are not shown' \
		map -c "test://$SRCDIR/tests/cli/nodedevs.xml"
else
	skip 'another host' 'built without libvirt'
fi
tap_end
