# SPDX-License-Identifier: GPL-2.0-or-later
# Wrong use, help, lists and the standard output of hostdevctl.
. "$SRCDIR/tests/support/clitap.sh" || exit 99
tree good 0000:01:00.0=0x010802,12,nvme

# usage TEXT ARGUMENTS...: status 2, the reason, one line that says where help is
usage() {
	local text=$1
	shift
	complains 2 "$text" "$@" || return
	! [ -s "$work/out" ] && [ "$(wc -l < "$work/err")" = 2 ] &&
		tail -1 "$work/err" | grep -q "^Try 'hostdevctl.* --help'\.$" && return
	cat "$work/out" "$work/err"
	return 1
}

ok 'no command is wrong use' usage 'missing COMMAND'
ok 'an unknown command is wrong use' usage "unknown command 'frobnicate'" frobnicate
ok 'an unknown option is wrong use' usage "unknown option '--frob'" --frob
ok 'an unknown option of a command is wrong use' usage "'--frob'" check --frob
ok 'a command that is nearly right' usage "unknown command 'lst'; did you mean 'list'?" lst
ok 'one that is like none' sh -c "! '$tool' frobnicate 2>&1 | grep 'did you mean'"
ok 'an option that is nearly right' usage "'--lnog'; did you mean '--long'?" list --lnog
ok 'with a value' usage "did you mean '--output'?" list --ouptut=address
ok 'an option of the program' usage "did you mean '--version'?" --versoin
ok 'a column' usage "did you mean 'address'?" list --sysroot "$root" -o adress
ok 'a check' usage "unknown check; did you mean 'storage-free'?" check --sysroot "$root" \
	--allow storage-fre=x 01:00.0
ok 'a check that is like none' sh -c "! '$tool' check --sysroot '$root' --allow nosuch=x 01:00.0 2>&1 |
	grep 'did you mean'"
ok 'a missing value is wrong use' usage 'option --xml needs a FILE' check --xml
ok 'too few operands' usage 'missing DEVICE' detach
ok 'too many operands' usage 'too many operands' status x
ok 'not the name of a device' usage "'no pe' does not name a device" \
	check --sysroot "$root" 01:00.0 'no pe'
ok 'a missing device is status 3' complains 3 "'nope' is not a device" \
	check --sysroot "$root" 01:00.0 nope
ok 'a guest of a captured host' usage 'with --xml FILE' check --sysroot "$root" win11
ok '--xml and a device' usage 'cannot be combined' check --xml x.xml 01:00.0
ok 'an unknown binder' usage 'must be libvirt or sysfs' \
	detach --sysroot "$root" --binder frob 01:00.0
ok 'libvirt does not bind on a captured host' usage '--binder libvirt' \
	detach --sysroot "$root" --binder libvirt 01:00.0
ok 'plan asks for something to plan' usage 'missing GUEST or DEVICE' plan --sysroot "$root"
ok 'a host that is not there is status 3' complains 3 'cannot open the host tree' \
	check --sysroot "$work/nothing"
ok 'a file that is not there is status 3' complains 3 "cannot open $work/nothing" \
	check --sysroot "$root" --xml "$work/nothing"

ok 'help' prints 0 'Usage: hostdevctl COMMAND' --help
ok 'help of a command, the other way round' prints 0 'Usage: hostdevctl list ' help list
ok 'of one that is not there' usage "unknown command 'lits'; did you mean 'list'?" help lits
ok 'version' prints 0 'hostdevctl ' --version
for command in $("$tool" --list-commands); do
	ok "help of $command" prints 0 "Usage: hostdevctl $command" "$command" --help
	ok "options of $command" prints 0 --help --list-options "$command"
done
ok 'internal commands are not listed' sh -c "! '$tool' --list-commands | grep nodedev"
ok 'options of nothing' usage 'needs a COMMAND' --list-options nope

# cannot_write REDIRECTION: no cut report may be taken for a whole one
cannot_write() {
	eval "'$tool' list --sysroot '$root' $1" 2> "$work/err"
	[ $? = 3 ] || { cat "$work/err"; return 1; }
}
ok 'closed standard output is status 3' cannot_write '>&-'
if [ -w /dev/full ]; then
	ok 'a full disk is status 3' cannot_write '> /dev/full'
	ok 'a full disk is status 3 for JSON' cannot_write '--json > /dev/full'
else
	skip 'a full disk is status 3' 'there is no /dev/full'
fi
ok 'the reason is given once' test "$(grep -c . "$work/err")" = 1
closed_pipe() {
	local status=0
	"$tool" list --sysroot "$root" "$@" >&8 2> "$work/err" || status=$?
	[ "$status" = 3 ] || { echo "status $status"; return 1; }
}
# 8 is the end to write to of a pipe that nobody reads any more.
mkfifo "$work/fifo"
exec 7<> "$work/fifo" 8> "$work/fifo" 7>&-
ok 'a reader that goes away is status 3' closed_pipe
tree "$SRCDIR/tests/hosts/lab-debian13.tree"
ok 'and of more than a buffer' closed_pipe --long --json
ok 'without a word' test ! -s "$work/err"
exec 8>&-
if ldd "$tool" | grep -q libasan; then
	skip 'libvirt is not loaded by commands that do not ask it' 'it is, for AddressSanitizer'
else
	ok 'libvirt is not loaded by commands that do not ask it' \
		sh -c "! ldd '$tool' | grep libvirt"
fi
if has_libvirt; then
	missing() {
		LD_LIBRARY_PATH=$work/nothing complains 3 'reinstall hostdevctl' \
			list -c "test:///default" -o address
	}
	mkdir "$work/nothing"
	: > "$work/nothing/hostdevctl-libvirt.so"
	ok 'a module that cannot be loaded is reported' missing
	ok 'by its name' grep -q 'cannot load libvirt: .*hostdevctl-libvirt.so' "$work/err"
else
	skip 'a module that cannot be loaded' 'built without libvirt'
fi
# Names of this host; what is like an address is another device.
tree "$SRCDIR/tests/hosts/workstation.tree"
# What the kernel has besides: an interface and a disk are of hardware.
mkdir "$root/sys/class/net/enp3s0/device" "$root/sys/class/block/nvme0n1/device"
ok 'an interface that is nearly right' complains 3 "did you mean 'enp3s0'?" show --sysroot "$root" enp3s1
ok 'a node' complains 3 "did you mean '/dev/nvme0n1'?" show --sysroot "$root" /dev/nvme1n1
ok 'what check is asked for' complains 2 "did you mean 'enp3s0'?" check --sysroot "$root" enp3s1
ok 'an address is not corrected' sh -c "! '$tool' show --sysroot '$root' 0000:01:00.7 2>&1 | grep 'did you mean'"
ok 'a guest' complains 3 "has no log in /var/log/libvirt/qemu" explain --sysroot "$root" --guest gmae
ok 'that is nearly right' grep -q "did you mean 'game'?" "$work/err"
tap_end
