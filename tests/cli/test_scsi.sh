# SPDX-License-Identifier: GPL-2.0-or-later
# SCSI devices by all commands: tests/cli/scsi.txt has what they say of a captured host.
. "$SRCDIR/tests/support/clitap.sh" || exit 99
export LC_ALL=C
tree "$SRCDIR/tests/hosts/scsi-server.tree"

# says STATUS COMMAND...: is appended to what is compared
says() {
	local want=$1
	shift
	run "$want" "$1" --sysroot "$root" "${@:2}" || return
	{ echo "== ${*//"$SRCDIR"/}"; cat "$work/out"; } >> "$work/all"
}

ok 'a list of them' says 0 list -o address,class,name,driver scsi
ok 'their users, guests and verdicts' says 0 list -o 'address,guests,used by,verdict' scsi
ok 'tapes and changers' says 0 list -o address tape
ok 'disks' says 0 list -o address disk
ok 'drives and enclosures' says 0 list -o address optical enclosure
ok 'what a guest is defined with' says 0 show /dev/sdc
ok 'what is in the fstab' says 0 show 2:0:2:0
ok 'a tape that is open' says 0 show /dev/nst0
ok 'a mounted disk' says 1 check /dev/sdb1
ok 'the disk of the system' says 1 check /dev/sda
ok 'the element of one' says 0 xml --templates "$SRCDIR/xml-templates" /dev/sdc
ok 'the disk of the system has none' complains 1 "the host's root filesystem" \
	xml --sysroot "$root" --templates "$SRCDIR/xml-templates" /dev/sda
ok 'all of it is as before' sh -c "[ -z '${HD_UPDATE_GOLDEN:-}' ] || cp '$work/all' '$SRCDIR/tests/cli/scsi.txt'
	diff -u '$SRCDIR/tests/cli/scsi.txt' '$work/all'"
# A guest that pins one, with WWID for what the kernel has.
pinned() {
	run 0 xml --sysroot "$root" --templates "$SRCDIR/xml-templates" --pin /dev/sdc || return
	{
		echo '<domain type="kvm"><name>g</name><memory>65536</memory><os><type>hvm</type></os>'
		sed -n "s/wwid='[^']*'/wwid='$1'/; /<metadata>/,/<.metadata>/p" "$work/out"
		echo '<devices>'
		sed -n '/<hostdev/,/<.hostdev>/p' "$work/out"
		echo '</devices></domain>'
	} > "$work/g.xml"
	grep -q "<hd:scsi address='2:0:1:0' wwid='$1'/>" "$work/g.xml" || { cat "$work/g.xml"; return 1; }
}
wwid=$("$tool" list --sysroot "$root" -o serial /dev/sdc | tail -1)
ok 'one can be pinned' pinned "$wwid"
ok 'and is the one that is meant' prints 0 'scsi-identity' check -v --sysroot "$root" --xml "$work/g.xml"
ok 'another has the address' pinned naa.5000c500ffffffff
ok 'which is refused' prints 1 'but the guest pins "naa.5000c500ffffffff"' \
	check --sysroot "$root" --xml "$work/g.xml"
ok 'and says how to find it' grep -q 'hostdevctl list --output address,serial,nodes,name scsi' "$work/out"
# The disk that is pinned is /dev/sdb now, and something else or nothing is where it was.
sdb=$("$tool" list --sysroot "$root" -o serial /dev/sdb | tail -1)
ok 'the wwid of another disk is pinned' pinned "$sdb"
ok 'which says where that is' prints 1 "the guest pins \"$sdb\", which is now at 2:0:0:0 (/dev/sdb, /dev/sg2)" \
	check --sysroot "$root" --xml "$work/g.xml"
ok 'and how to follow it' grep -q 'virsh edit g' "$work/out"
gone=$root/sys/class/scsi_device/2:0:1:0
ok 'nothing is there' mv "$gone" "$work/gone"
ok 'which says it, too' prints 1 'what the guest pins there is now at 2:0:0:0' \
	check --sysroot "$root" --xml "$work/g.xml"
ok 'and it is back' mv "$work/gone" "$gone"
# Two that differ only behind what a table shows, and one that XML cannot have.
unit=$(cd -P "$root/sys/class/scsi_device/2:0:1:0/../.." && pwd)
long=naa.$(printf '%0100d' 0)
reads() { printf '%b\n' "$1" > "$unit/wwid"; }
ok 'a long one' reads "${long}1"
ok 'can be pinned' pinned "${long}1"
ok 'and is the one' prints 0 'scsi-identity' check -v --sysroot "$root" --xml "$work/g.xml"
ok 'another that begins alike' reads "${long}2"
ok 'is refused' prints 1 "wwid reads \"${long}2\", but the guest pins \"${long}1\"" \
	check --sysroot "$root" --xml "$work/g.xml"
ok 'one that is not text' reads 'naa.\001\002'
ok 'cannot be pinned' complains 2 'has no wwid that --pin could pin' \
	xml --sysroot "$root" --templates "$SRCDIR/xml-templates" --pin /dev/sdc
ok 'is what it was' reads "$wwid"
ok 'nodes in JSON' run 0 list --json --sysroot "$root" -o nodes /dev/sdc 3b:00.0
ok 'are a list, or unknown' json '[.devices[].nodes] == [["/dev/sdc", "/dev/sg3"], null]'
ok 'a unit that is not there' complains 3 "'hostdevctl list scsi' shows what it has" \
	show --sysroot "$root" scsi:2:0:9:0
ok 'a word that is nearly right' complains 3 "did you mean 'optical'?" list --sysroot "$root" opticl
ok 'has no driver to change' complains 2 'the whole PCI function above it is 0000:3b:00.0' \
	detach -n --sysroot "$root" /dev/sdc
ok 'is captured' sh -c "'$tool' capture --sysroot '$root' > '$work/again.tree'"
ok 'and judged again' run 1 check --host "$work/again.tree" /dev/sdb
ok 'in the same way' grep -q 'sdb -> sdb1 -> /srv: mounted' "$work/out"
tap_end
