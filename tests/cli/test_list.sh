# SPDX-License-Identifier: GPL-2.0-or-later
# What list shows of hosts: golden texts, columns, kinds, trees, JSON.
. "$SRCDIR/tests/support/clitap.sh" || exit 99
export LC_ALL=C
tree "$SRCDIR/tests/hosts/workstation.tree"

# usage TEXT ARGUMENTS...: status 2, and nothing on standard output
usage() {
	complains 2 "$@" && ! [ -s "$work/out" ]
}

# shows FILE ARGUMENTS...: tests/cli/FILE is what list says (without names: pci.ids differs)
shows() {
	local file=$SRCDIR/tests/cli/$1
	shift
	run 0 list --sysroot "$root" "$@" || return
	[ -z "${HD_UPDATE_GOLDEN:-}" ] || cp "$work/out" "$file"
	diff -u "$file" "$work/out"
}

# lines N: of the last output
lines() {
	[ "$(wc -l < "$work/out")" = "$1" ] || { cat "$work/out"; return 1; }
}

usual=address,kind,group,driver
ok 'all kinds, sorted' shows list-usual.txt -o $usual
ok 'a tree of groups, hubs, functions' shows list-tree.txt --tree -o $usual
ok 'all that costs little' shows list-cheap.txt \
	-o address,id,numa,reset,vfs,link,parent,number,serial,stable
ok 'users, guests and verdicts' shows list-judged.txt -o 'address,guests,used by,verdict'
ok 'a plain list' prints 0 'ADDRESS ' list --sysroot "$root"
ok 'has a line for each' lines 29
ok 'one kind' run 0 list --sysroot "$root" --kind pci -o address
ok 'its functions' lines 17
ok 'two kinds' run 0 list --sysroot "$root" -k usb,mdev -o address
ok 'both' lines 10
ok 'a port is named by its card, which is not listed' prints 0 FT232R \
	list --sysroot "$root" --kind serial
ok 'one device by another name' prints 0 '0000:02:00.0' \
	list --sysroot "$root" -o address /dev/nvme0n1 0000:02:00.0
ok 'once' lines 2
ok 'columns beside the usual ones' prints 0 'DRIVER        NUMA' list --sysroot "$root" -o +numa
ok 'the long list' prints 0 "never: the host's root filesystem" list --sysroot "$root" --long

# on_terminal COLUMNS: the long list is not wider, and has all verdicts
on_terminal() {
	LC_ALL=C.UTF-8 script -qec "stty cols $1; '$tool' list --long --color=never --sysroot '$root'" /dev/null \
		< /dev/null | tr -d '\r' > "$work/out"
	[ "$(grep -v '^note:' "$work/out" | LC_ALL=C.UTF-8 wc -L)" -le "$1" ] &&
		[ "$(grep -cE ' (ready|needs|never:)' "$work/out")" = 28 ] && return
	cat "$work/out"
	return 1
}
if command -v script > /dev/null; then
	ok 'the long list on a small terminal' on_terminal 80
	ok 'has the checks in full' grep -q ' iommu-group-exclusive' "$work/out"
	ok 'on one of 120 columns' on_terminal 120
	ok 'has the users' grep -q 'DRIVER .*USED BY .*VERDICT' "$work/out"
else
	skip 'the long list on a small terminal' 'there is no script(1)'
fi
coloured() {
	run 0 list --long --sysroot "$root" "$@" && grep -c $'\033\\[' "$work/out"
}
ok 'no colour in a file' test "$(coloured | tail -1)" = 0
ok 'colour if it is asked for' test "$(coloured --color=always | tail -1)" = 28
ok 'of what is ready' grep -q $'\033\\[32mready' "$work/out"
ok 'not in JSON' sh -c "! '$tool' list --long --json --color always --sysroot '$root' | grep \$'\033'"
ok 'no other word' usage "must be auto, always or never" list --color=yes
tree good $DISK=0x010802,12,nvme
ok 'columns that are empty everywhere are left out' run 0 list --sysroot "$root" --long
ok 'of a long list' sh -c "! grep -qE 'GUESTS|VFS' '$work/out'"
ok 'but not if they are asked for' prints 0 GUESTS list --sysroot "$root" -o +guests
tree "$SRCDIR/tests/hosts/workstation.tree"

ok 'JSON' run 0 list --json --sysroot "$root"
ok 'its form' json '.api_level == 1 and (.devices | length == 28) and (.devices[9] |
	.address == "0000:01:00.0" and .kind == "pci" and .group == 1 and .driver == "nouveau" and
	(has("verdict") | not)) and (.devices[16] | .kind == "usb" and .group == null)'
ok 'JSON of all' run 0 list --json --long --sysroot "$root"
ok 'has all columns' json '(.devices[14] | .guests == [{ name: "router", running: true }] and
	.used_by == [] and .verdict == "needs" and .never == null and
	.needs == ["vf-parent-up", "iommu-group-exclusive"] and
	.vfs == null and .physical_function == "0000:03:00.0" and .reset == ["flr"] and
	.path == "/sys/devices/pci0000:00/0000:00:1c.0/0000:03:10.4") and
	.devices[12].vfs == { used: 2, total: 7 } and (.devices[11] | .verdict == "never" and
	.never == "the host\u0027s root filesystem" and .needs == []) and
	.devices[9].link == { speed: 2.5, width: 16, max_speed: 8, max_width: 16 }'
ok 'and each guest once' json '.guests | sort == ["desk", "game", "router"]'
ok 'JSON of a tree' run 0 list --json --tree --sysroot "$root" -o address,group
ok 'has children' json '([.devices[] | .address] | .[0] == "group 0" and .[-1] == "/dev/ttyS0") and
	(.devices[1].children | length == 3) and ([.. | objects | select(.address) ] | length == 39) and
	.devices[1].group == 1 and
	(.devices[3].children[0].children[0].children[0].children[1].address == "usb:1-1.10")'
ok 'the same bytes again' cmp <("$tool" list --long --json --sysroot "$root") \
	<("$tool" list --long --json --sysroot "$root")

ok 'an unknown column' usage "unknown column 'frob'" list --sysroot "$root" -o address,frob
ok 'an empty column' usage "unknown column ''" list --sysroot "$root" -o address,
ok 'an unknown kind' usage "unknown kind 'sata'" list --sysroot "$root" --kind pci,sata
ok 'a kind and a device' usage 'cannot be combined' list --sysroot "$root" -k pci 01:00.0
ok 'a device that is not there' complains 3 'does not have this device' \
	list --sysroot "$root" 0f:00.0
ok 'no device at all' complains 3 'nope' list --sysroot "$root" nope
ok 'the columns are in the help' prints 0 '  used_by ' list --help
ok 'a column twice is one' run 0 list --json --sysroot "$root" -o address,ADDRESS 01:00.0
ok 'in JSON' sh -c "[ \$(grep -c '\"address\"' '$work/out') = 1 ]"
ok 'and beside the usual ones' prints 0 'DRIVER  NUMA' \
	list --sysroot "$root" -o +driver,numa,group 01:00.0
ok 'a tree of numbers' run 0 list --sysroot "$root" -t -o group 01:00.0
ok 'starts at the left' grep -qx '`-1' "$work/out"
ok 'and has them in JSON' run 0 list --sysroot "$root" -t -o group --json 01:00.0
ok 'as numbers' json '.devices[0].group == 1 and .devices[0].children[0].group == 1'
empty=$(mktemp -d "$work/empty-XXXXXX")
ok 'an empty host' prints 0 '"devices": []' list --json --sysroot "$empty"
ok 'has an empty tree' run 0 list --tree --sysroot "$empty"
ok 'and is one' complains 0 "is $empty the root of a host's tree" list --sysroot "$empty"
ok 'a kind that is not there' complains 0 'no device of kind mdev' \
	list --kind mdev --sysroot "$empty"
mkdir -p "$empty/sys/bus/pci"
: > "$empty/sys/bus/pci/devices"
ok 'a host that cannot be read' complains 3 'cannot read sys/bus/pci/devices: Not a directory' \
	list --sysroot "$empty"
ok 'a tree that is not there' complains 3 'cannot open the host tree' list --sysroot "$empty/no"

ok 'a word for many devices' run 0 list --sysroot "$root" -o address gpu
ok 'means those' sh -c "printf 'ADDRESS\n0000:00:02.0\n0000:01:00.0\n' | cmp - '$work/out'"
ok 'two words and a device' run 0 list --sysroot "$root" -o address nvme vf 02:00.0
ok 'mean all of them, each once' lines 4
for word in pci=16 usb=8 serial=3 mdev=1 gpu=2 nvme=1 storage=2 network=4 audio=1 usb-controller=1 \
	sriov=1 vf=2 usual=19; do
	ok "the word ${word%=*}" run 0 list --sysroot "$root" -o address "${word%=*}"
	ok "its devices" lines $((${word#*=} + 1))
done
quiet() {
	run 0 "$@" && [ ! -s "$work/err" ]
}
awk -v N=40 -f "$SRCDIR/tests/support/bigtree.awk" > "$work/big.tree"
ok 'how many a list could leave out' complains 0 '18 of these 40 devices are bridges' \
	list --host "$work/big.tree"
ok 'only if somebody looks at all' quiet list --host "$work/big.tree" pci
ok 'and not if they are few' quiet list --sysroot "$root"
ok 'the words are in the help' prints 0 '  usb-controller ' list --help
ok 'a word that is nearly right' complains 3 "did you mean 'nvme'?" list --sysroot "$root" nvem
ok 'what can go to a guest' run 0 list --sysroot "$root" --free -o address
ok 'is ready' lines 12
ok 'with verdicts' run 0 list --sysroot "$root" --free --long
ok 'and nothing else' sh -c "! grep -E 'needs|never' '$work/out'"
ok 'one word of it' run 0 list --sysroot "$root" --free -o address gpu
ok 'is one' lines 2
ok 'none of them' complains 0 'no device can go to a guest now' list --sysroot "$root" --free nvme
ok 'not of another host' usage 'cannot be combined' list --free -c "test://x"

# One thing that cannot be read hides no other.
odd=$root
tree good $DISK=0x010802,12,nvme $NIC=0x020000,14,e1000e
rm -r "$root/sys/kernel/iommu_groups/12/devices"
ln -s ../../../../etc "$root/sys/bus/pci/devices/0000:09:00.0"
ok 'a group that cannot be read' prints 0 'needs iommu-group-viable' \
	list --sysroot "$root" -o address,verdict
ok 'spoils no other' grep -q "^$NIC *ready" "$work/out"
ok 'a function that cannot be read' grep -q '^0000:09:00.0 *needs device-present' "$work/out"
ok 'its name is not made up' sh -c "'$tool' list --sysroot '$root' -o address,class,name |
	grep -q '^0000:09:00.0 *unknown *unknown$'"
ok 'is reported' complains 0 '0000:09:00.0 cannot be read' list -o path --sysroot "$root"
ok 'a map has them all' prints 0 "$NIC" map --long --sysroot "$root"
root=$odd

# Another host, by libvirt's node devices.
remote=test://$SRCDIR/tests/cli/nodedevs.xml
if has_libvirt; then
	ok 'a connection' run 0 list -c "$remote" -o +numa,link,vfs,verdict
	[ -z "${HD_UPDATE_GOLDEN:-}" ] || cp "$work/out" "$SRCDIR/tests/cli/list-remote.txt"
	ok 'its devices' diff -u "$SRCDIR/tests/cli/list-remote.txt" "$work/out"
	ok 'in JSON' run 0 list --json -c "$remote" --tree
	ok 'with what is not known' json '(.notes | length == 1) and
		.devices[0].children[1].children[0].kind == "mdev"'
	ok 'one of them' run 0 list -c "$remote" -o address usb:1-2
	ok 'alone' lines 3
	ok 'all about it' prints 0 'parent      usb:usb1' show -c "$remote" usb:1-2
	ok 'without checks' sh -c "! grep -q '^Checks' '$work/out'"
	ok 'and that they are missing' grep -q '^note: not reported by libvirt: .*verdict$' "$work/out"
	ok 'a device it does not know' complains 3 'not a device of this libvirt' \
		list -c "$remote" 0f:00.0
	ok 'a connection that fails' complains 3 'cannot connect to libvirt' \
		list -c "test://$work/nothing"
	ok 'columns that it does not tell' usage 'does not report: reset,verdict' \
		list -c "$remote" -o reset,verdict
	ok 'a connection and a tree' usage 'cannot be combined' \
		list -c "$remote" --sysroot "$root"
else
	skip 'a connection' 'built without libvirt'
fi
# What the tour shows of the workstation is a part of what list prints.
squeezed() {
	tr -s ' -' '  ' | sed 's/^ //'
}
is_in_tour() {
	LC_ALL=C "$tool" list --tree -o address,driver,guests,verdict \
		--host "$SRCDIR/tests/hosts/workstation.tree" | squeezed > "$work/tree"
	sed '1,/# hostdevctl list --tree/d; /^$/,$d' "$SRCDIR/docs/tour.md" | squeezed > "$work/tour"
	[ -s "$work/tour" ] && ! grep -vxFf "$work/tree" "$work/tour"
}
ok 'the tour is up to date' is_in_tour
tap_end
