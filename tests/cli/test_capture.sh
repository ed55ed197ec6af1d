# SPDX-License-Identifier: GPL-2.0-or-later
# A host as text: captured, redacted, judged again, and never written outside its directory.
. "$SRCDIR/tests/support/clitap.sh" || exit 99
mkdir "$work/tmp"
export TMPDIR=$work/tmp

# gone: the extracted host is removed at every exit
gone() { [ -z "$(ls -A "$work/tmp")" ] || { ls -lR "$work/tmp"; return 1; }; }

# again NAME: what was captured is captured again as it is
again() {
	"$tool" capture --host "$SRCDIR/tests/hosts/$1.tree" > "$work/$1.tree" || return
	"$tool" capture --host "$work/$1.tree" > "$work/again.tree" || return
	cmp "$work/$1.tree" "$work/again.tree" && gone
}

# same NAME: its checks find what they find in the original
same() {
	local addr
	for addr in '' $("$tool" list --host "$work/$1.tree" | awk 'NR > 1 { print $1 }' | head -3); do
		"$tool" check -v --host "$SRCDIR/tests/hosts/$1.tree" $addr > "$work/want"
		"$tool" check -v --host "$work/$1.tree" $addr > "$work/got"
		cmp -s "$work/want" "$work/got" || { diff "$work/want" "$work/got"; return 1; }
	done
	gone
}

# same_host NAME: the host itself is judged the same
same_host() {
	"$tool" check --json --host "$SRCDIR/tests/hosts/$1.tree" > "$work/want"
	"$tool" check --json --host "$work/$1.tree" > "$work/got"
	cmp -s "$work/want" "$work/got" || { diff "$work/want" "$work/got"; return 1; }
}
for tree_file in "$SRCDIR"/tests/hosts/*.tree; do
	name=$(basename "$tree_file" .tree)
	ok "$name is captured the same again" again "$name"
	ok "$name is judged the same" same_host "$name"
done
# What identifies a host that runs an image: without it `setup` would plan files that nothing reads.
tree "$SRCDIR/tests/hosts/intel-desktop.tree"
mkdir -p "$root/run" "$root/usr/bin"
touch "$root/run/ostree-booted" "$root/usr/bin/rpm-ostree"
ok 'an image is captured' sh -c "'$tool' capture --sysroot '$root' > '$work/image.tree'"
ok 'as one' grep -q '^ostree-booted = ' "$work/image.tree"
ok 'with its tool' grep -q '^rpm-ostree = ' "$work/image.tree"
# What says where a share is mounted, on a host that is a guest itself.
mkdir -p "$root/sys/devices/pci0000:00/0000:00:09.0/virtio7" "$root/sys/fs/virtiofs/7" \
	"$root/sys/module/9pnet_virtio"
echo lab > "$root/sys/devices/pci0000:00/0000:00:09.0/virtio7/mount_tag"
echo own > "$root/sys/fs/virtiofs/7/tag"
ln -s ../../../devices/pci0000:00/0000:00:0a.0/virtio8 "$root/sys/fs/virtiofs/7/device"
echo 3 > "$root/sys/module/9pnet_virtio/refcnt"
ok 'a host with shares is captured' sh -c "'$tool' capture --sysroot '$root' > '$work/shares.tree'"
ok 'with the tag of 9p' grep -qx 'mount_tag = lab' "$work/shares.tree"
ok 'with the tag of virtiofs' grep -qx 'tag = own' "$work/shares.tree"
ok 'with its device' grep -q '^device -> .*0000:00:0a.0/virtio8$' "$work/shares.tree"
ok "with the references to 9p's driver" grep -qx -A1 '@ sys/module/9pnet_virtio' "$work/shares.tree"
# Hosts without processes and guests: their devices, too.
for name in amd-no-iommu intel-desktop lab-debian12 lab-debian13; do
	ok "$name has the same findings" same $name
done

live() {
	"$tool" capture > "$work/live.tree" || return
	"$tool" list --json > "$work/want"
	"$tool" list --json --host "$work/live.tree" > "$work/got"
	cmp "$work/want" "$work/got" || return
	"$tool" check --json > "$work/want"
	"$tool" check --json --host "$work/live.tree" > "$work/got"
	diff "$work/want" "$work/got" && gone
}
ok 'this host, from its capture' live

cat > "$work/secret.tree" <<'TREE'
@ sys/devices/pci0000:00/0000:00:02.0/net/enx0a1b2c3d4e5f
address = 0a:1b:2c:3d:4e:5f
type = 1
@ sys/devices/pci0000:00/0000:00:02.0/4b20d080-1b54-4048-85b3-a6a62d165c01
name = x
@ sys/devices/pci0000:00/0000:00:03.0/usb1/1-1
serial = A50285BI
product = not A50285BIX
@ sys/devices/pci0000:00/0000:00:04.0/nvme/nvme0
serial = S4EVNX0N123456      
@ sys/class/net
enx0a1b2c3d4e5f -> ../../devices/pci0000:00/0000:00:02.0/net/enx0a1b2c3d4e5f
@ sys/bus/mdev/devices
4b20d080-1b54-4048-85b3-a6a62d165c01 -> ../../../devices/pci0000:00/0000:00:02.0/4b20d080-1b54-4048-85b3-a6a62d165c01
@ dev/serial/by-id
usb-FTDI_FT232R_A50285BI-if00-port0 -> ../../ttyUSB0
@ proc/sys/kernel
hostname = Tango7.example.org
@ etc/modprobe.d
a.conf = # of tango7, not of tango70
b.conf = # tango7.example.org
@ proc
cmdline = root=UUID=4B20D080-1b54-4048-85b3-a6a62d165c01 rd.luks.uuid=luks-11111111-2222-3333-4444-555555555555
@ proc/net
if_inet6 = fe80000000000000081b2cfffe3d4e5f 02 40 20 80 enx0a1b2c3d4e5f
@ etc/libvirt/hooks
qemu ! #!/bin/sh\nPASSWORD=secret curl x\nvirsh list
@ proc/self
mountinfo = 1 2 8:1 / /home/joe/data rw - ext4 /dev/sda1 rw\n2 2 8:2 / /home/jo rw - ext4 /dev/sda2 rw
TREE
redact() {
	run 0 capture --redact --host "$work/secret.tree" || return
	cp "$work/out" "$work/redacted.tree"
	! grep -niE '0a:?1b:?2c:?3d|081b2cfffe|4b20d080|A50285BI-|S4EVNX|11111111-2222|joe' \
		"$work/redacted.tree"
}
ok 'nothing that identifies is left' redact
line() { grep -qxF -- "$1" "$work/redacted.tree" || { cat "$work/redacted.tree"; return 1; }; }
ok 'a MAC address' line 'address = 02:00:00:00:00:01'
ok 'a link by that name' line \
	'enx020000000001 -> ../../devices/pci0000:00/0000:00:02.0/net/enx020000000001'
ok 'its IPv6 address' line \
	'if_inet6 = fe80000000000000000000fffe000001 02 40 20 80 enx020000000001'
ok 'a directory by a UUID' line \
	'@ sys/devices/pci0000:00/0000:00:02.0/00000000-0000-4000-8000-000000000001'
ok 'the same UUID in capitals' grep -q \
	'root=UUID=00000000-0000-4000-8000-000000000001 rd' "$work/redacted.tree"
ok 'a serial number in a name' grep -q '^usb-FTDI_FT232R_SERIAL000[0-9]-if00' \
	"$work/redacted.tree"
ok 'no part of another word' line 'product = not A50285BIX'
ok 'of a hook what is looked for alone' line 'qemu ! virsh list'
ok "the host's name" line 'a.conf = # of host, not of tango70'
ok "the host's whole name" line 'b.conf = # host.invalid'
ok 'users' grep -q '/home/user1/data .*/home/user2 ' "$work/redacted.tree"
common() {
	printf '@ etc\nos-release = ID=debian\n@ etc/modprobe.d\na.conf = # debian vfio\n' > "$work/c.tree"
	printf '@ proc/sys/kernel\nhostname = %s\n' "$1" >> "$work/c.tree"
	prints 0 'a.conf = # debian vfio' capture --redact --host "$work/c.tree"
}
ok 'a host that is called as its distribution' common debian
ok 'redacted again it is the same' sh -c \
	"'$tool' capture --redact --host '$work/redacted.tree' | cmp - '$work/redacted.tree'"

# hostile TEXT WHY: refused, and nothing is made outside or left behind
hostile() {
	printf "$1" > "$work/bad.tree"
	complains 3 "$2" check --host "$work/bad.tree" && gone && ! [ -e "$work/evil" ]
}
ok 'dots' hostile '@ a\n../../evil = x\n' 'tree line 2'
ok 'a directory of dots' hostile "@ ../../evil\n" 'tree line 1'
ok 'an absolute name' hostile "$work/evil = x\n" 'tree line 1'
ok 'no tree at all' hostile 'hello\n' 'tree line 1: neither'
inside() {
	printf '@ a\nl -> %s\n@ a/l\nevil = x\n@ a\nm -> ../../../../..%s\n@ a/m\nevil = x\n' \
		"$work" "$work" > "$work/bad.tree"
	"$tool" check --host "$work/bad.tree" > /dev/null 2>&1
	! [ -e "$work/evil" ] && gone
}
ok 'links do not lead out' inside
outside() {
	mkdir -p "$work/x" && echo SECRET > "$work/x/modalias"
	printf '@ proc\ncmdline -> %s/x/modalias\n@ sys/bus/pci\ndevices -> %s/x\n' "$work" "$work" \
		> "$work/bad.tree"
	"$tool" capture --host "$work/bad.tree" > "$work/out" 2>&1
	! grep -q SECRET "$work/out" && gone
}
ok 'nothing is read through links' outside
large() {
	head -c 17000000 /dev/zero | tr '\0' '#' > "$work/bad.tree"
	complains 3 'more than' check --host "$work/bad.tree" && gone
}
ok 'a tree that is too large' large
lines() {
	yes '#' | head -400001 > "$work/bad.tree"
	complains 3 'too many' check --host "$work/bad.tree" && gone
}
ok 'a tree of too many lines' lines

# cut LINES: of what capture wrote, the end is missing
cut() {
	head -n "$1" "$work/live.tree" > "$work/bad.tree"
	complains 3 'the tree is truncated' check --host "$work/bad.tree" && gone
}
ok 'a capture of which the last line is missing' cut -1
ok 'a capture of which most is missing' cut 10
ok 'a capture of which all but the first line is missing' cut 1
: > "$work/bad.tree"
ok 'an empty file' complains 3 'is empty' list --host "$work/bad.tree"
mailed() { sed 's/$/ /' "$work/live.tree" | head -n -1 && printf '# end of the capture\r\n\n'; }
mailed > "$work/mailed.tree"
ok 'blanks behind its end' run 0 list --host "$work/mailed.tree"
head -c 5000 /dev/urandom > "$work/bad.tree"
ok 'bytes' complains 3 "$work/bad.tree: tree line" check --host "$work/bad.tree"

tree_file=$SRCDIR/tests/hosts/intel-desktop.tree
ok 'from standard input' sh -c "'$tool' list --host - < '$tree_file' | grep -q 01:00.0"
ok 'a file that is not there' complains 3 'cannot open' list --host "$work/nothing"
ok '--host and --sysroot' complains 2 'cannot be combined' list --host x --sysroot /
for command in 'attach g' 'detach-from g' recover; do
	ok "no --host for $command" complains 2 'commands that examine' $command --host "$tree_file"
	ok "no --host= for $command" complains 2 'commands that examine' $command --host="$tree_file"
done
ok 'a capture is not changed' complains 2 'add --dry-run' detach --host "$tree_file" 01:00.0
ok 'no place for it' env TMPDIR="$work/nothing" sh -c "! '$tool' list --host '$tree_file' 2> /dev/null"
killed() {
	local pid tries=0
	mkfifo "$work/never"
	"$tool" check --host "$tree_file" --xml "$work/never" 2> /dev/null &
	pid=$!
	while [ -z "$(ls -A "$work/tmp")" ] && [ $((tries += 1)) -lt 1200 ]; do sleep 0.1; done
	sleep 0.3
	kill -9 $pid
	wait $pid 2> /dev/null
	tries=0
	while ! gone > /dev/null && [ $((tries += 1)) -lt 1200 ]; do sleep 0.1; done
	gone
}
ok 'a kill leaves nothing behind' killed
# A host of which a part cannot be read: the rest is captured and listed, and it is said.
tree good $DISK=0x010802,12,nvme
rm -r "$root/sys/class/net"
: > "$root/sys/class/net"
ok 'what cannot be read is reported' complains 0 'is incomplete: 1 files or directories cannot be read' \
	capture --sysroot "$root"
ok 'by its name' grep -qF '/sys/class/net: Not a directory' "$work/err"
ok 'and the rest is there' grep -qF "$DISK" "$work/out"
# Root reads what no bit allows, but for files of sysfs that only take what is written to them.
tree good $DISK=0x010802,12,nvme
page=$root/sys/kernel/mm/hugepages/hugepages-1048576kB
mkdir -p "$page" && echo 0 > "$page/demote"
unprivileged() { [ "$(id -u)" != 0 ] || set -- setpriv --bounding-set=-all --inh-caps=-all "$@"; "$@"; }
unread() { chmod "$1" "$page/demote" && unprivileged "$tool" capture --sysroot "$root" 2>&1 > /dev/null | grep incomplete; }
ok 'a file that nobody can read lacks nothing' eval '! unread 0200'
ok 'one that others can read does' unread 0040
ok 'a guest of a captured host' complains 2 'With --host, name a guest with --xml FILE' \
	check --host "$SRCDIR/tests/hosts/lab-debian13.tree" win11
tap_end
