# SPDX-License-Identifier: GPL-2.0-or-later
# Who holds what: guests, the administrator, processes, journals that are torn or broken.
. "$SRCDIR/tests/support/clitap.sh" || exit 99
bus_host
disk_guest > "$work/guest.xml"
journals=$root/run/hostdevctl

# hook OPERATION [SUBOPERATION]
hook() {
	"$BUILDDIR/hostdevctl-hook" --sysroot "$root" win11 "$1" "${2-begin}" - < "$work/guest.xml"
}

# holder PID NODE: QEMU has the node open
holder() {
	mkdir -p "$root/proc/$1/fd"
	echo qemu-system-x86 > "$root/proc/$1/comm"
	ln -sfn "$2" "$root/proc/$1/fd/3"
}

ok 'nothing is held at first' run 0 status --idle --sysroot "$root"
ok 'nothing to recover, in JSON' run 0 recover --json --sysroot "$root"
ok 'has its form' json '. == { api_level: 1, given_back: 0, in_use: 0, steps: [], notes: [] }'
ok 'a guest takes the disk' fake hook prepare
ok 'status names the guest' prints 0 "$DISK guest win11" status --sysroot "$root"
ok 'and that it is held' prints 0 ' held' status --sysroot "$root"
ok 'so the host is not idle' complains 1 'devices are held: end their guests' \
	status --idle --sysroot "$root"
ok 'in JSON' run 0 status --json --sysroot "$root"
ok 'its form' json '.api_level == 1 and (.held | length == 2) and (.held[0] |
	.device == "0000:01:00.0" and .held_for == "guest" and .guest == "win11" and .driver == "vfio-pci" and
	.before == "nvme" and .state == "held" and (.since | length > 18)) and (.held[1] | .device == "0000:03:00.0" and
	.held_for == "other" and .guest == null and .driver == "vfio-pci" and .since == null and
	.before == null and .state == "unused" and .detail == "on VFIO, not in use")'
ok 'reattach leaves a guest its device' fake complains 1 "was taken for guest 'win11'" \
	reattach --sysroot "$root" $DISK
ok 'it keeps it' driver $DISK vfio-pci
ok 'recover waits for a start that is under way' fake prints 0 'still in use: 1' \
	recover --sysroot "$root"
ok 'in JSON' fake run 0 recover --json --sysroot "$root"
ok 'with the reason' json '.given_back == 0 and .in_use == 1 and (.notes | length == 1) and
	(.notes[0] | test("win11")) and (has("error") | not)'
ok 'the guest keeps it' driver $DISK vfio-pci
holder 812 /dev/vfio/12
ok 'status names the process' prints 0 'in use by qemu-system-x86 (pid 812)' \
	status --sysroot "$root"
ok 'check of another guest, or none, refuses what QEMU has' prints 1 'ERROR    iommu-group-exclusive' \
	check --sysroot "$root" $DISK
mkdir -p "$root/run/libvirt/qemu"
{ echo "<domstatus state='running' pid='812'>"; cat "$work/guest.xml"; echo '</domstatus>'; } \
	> "$root/run/libvirt/qemu/win11.xml"
ok 'check of the guest that runs is fine' prints 0 'in use by this guest' \
	check -v --sysroot "$root" --xml "$work/guest.xml"
rm "$root/run/libvirt/qemu/win11.xml"
ok 'recover leaves what is in use, at boot as well' fake prints 0 'still in use: 1' \
	recover --boot --sysroot "$root"
ok 'QEMU keeps it' driver $DISK vfio-pci
rm -r "$root/proc/812"
ok 'before the daemon runs it is a leftover' fake run 0 recover --boot --json --sysroot "$root"
ok 'its steps are taken back' json '.given_back == 1 and .in_use == 0 and
	(.steps[] | select(.knob == "pci-driver") | .target == "0000:01:00.0" and .state == "taken-back" and
	.from == "nvme") and (.notes | any(test("was given back")))'
ok 'and is given back' driver $DISK nvme
ok 'nothing is held' prints 0 'holds no device' status --sysroot "$root"

holder 813 /dev/vfio/14
ok 'what we did not take does not count' run 0 status --idle --sysroot "$root"
ok 'it is distinguished' prints 0 \
	"$NIC not ours" status --sysroot "$root"
ok 'with who has it' grep -q 'in use by qemu-system-x86 (pid 813)' "$work/out"
ok 'reattach leaves what a process has open' fake complains 1 'in use by qemu-system-x86 (pid 813)' \
	reattach --sysroot "$root" $NIC
ok 'it still has it' driver $NIC vfio-pci
rm -r "$root/proc/813"

ok 'the administrator takes a device' fake run 0 detach --sysroot "$root" $DISK
sed -i '$d' "$journals/$DISK"
ok 'a detach that was cut off is unfinished' prints 0 'unfinished' status --sysroot "$root"
ok 'recover ends it' fake prints 0 'given back: 1' recover --sysroot "$root"
ok 'the device is back' driver $DISK nvme

ok 'once more' fake run 0 detach --sysroot "$root" $DISK
sed -i '1s/./#/' "$journals/$DISK"
ok 'a broken journal is shown' prints 0 'damaged journal' status --sysroot "$root"
ok 'recover does not guess' fake run 4 recover --sysroot "$root"
ok 'in JSON neither' fake run 4 recover --json --sysroot "$root"
ok 'and says so' json '.error != null and .given_back == 0'
ok 'reattach does without' fake prints 0 'check whether it had companions' \
	reattach --sysroot "$root" $DISK
ok 'the kernel chose' driver $DISK nvme
ok 'detach does not write over it' fake complains 3 'is damaged' detach --sysroot "$root" $DISK

# newer KEY: the journal of KEY as a later version may write it
newer() {
	printf '00000000 hostdevctl-journal 99 what nobody knows yet\n' > "$journals/$1"
	chmod 0600 "$journals/$1"
}

ok 'once more, and by a newer version' fake run 0 detach --sysroot "$root" $NIC
ok 'the device is on VFIO' driver $NIC vfio-pci
newer $NIC
newer_says='a newer version of hostdevctl wrote it); this version leaves it alone'
ok 'status says so' prints 0 'newer journal' status --sysroot "$root"
ok 'that is not idle' run 1 status --idle --sysroot "$root"
ok 'reattach touches nothing' fake complains 1 "$newer_says" reattach --sysroot "$root" $NIC
ok 'detach neither' fake complains 3 "$newer_says" detach --sysroot "$root" $NIC
ok 'nor recover' fake run 4 recover --boot --sysroot "$root"
ok 'the device stays' driver $NIC vfio-pci
ok 'and the journal' grep -q nobody "$journals/$NIC"
rm "$journals/$NIC" "$journals/$DISK"
newer $uuid
ok 'a guest of which a newer version holds something does not start' fake eval \
	'! hook prepare 2> "$work/err" && grep -qF "$newer_says" "$work/err"'
ok 'its release touches nothing' fake eval \
	'! hook release end 2> "$work/err" && grep -qF "$newer_says" "$work/err"'
ok 'what its start may have taken is not given back' fake complains 1 "$newer_says" \
	reattach --sysroot "$root" $DISK
ok 'its journal stays' grep -q nobody "$journals/$uuid"
rm "$journals/$uuid"
if command -v flock > /dev/null; then
	mkdir -p "$root/etc"
	printf '[hook]\nlock_deadline = 1\n' > "$root/etc/hostdevctl.conf"
	ok 'a group that another one changes is waited for, with an end' flock "$journals/group-12.lock" \
		bash -c '. "$SRCDIR/tests/support/clitap.sh" && complains 3 "is being changed" \
			detach --sysroot "$0" 01:00.0' "$root"
	ok 'nothing is held' run 0 status --idle --sysroot "$root"
	ok 'but who changes a group may be about to' flock "$journals/group-12.lock" \
		bash -c '. "$SRCDIR/tests/support/clitap.sh" && complains 1 "devices are held" \
			status --idle --sysroot "$0"' "$root"
	ok 'a guest takes it' fake hook prepare
	flock "$journals/group-12.lock" sh -c ': > "$0"; sleep 3' "$work/locked" &
	for _ in $(seq 100); do [ -e "$work/locked" ] || sleep 0.1; done
	ok 'the next daemon waits for a hook that still changes it' fake prints 0 'given back: 1' \
		recover --boot --sysroot "$root"
	wait
else
	skip 'a group that another one changes is waited for, with an end' 'there is no flock(1)'
fi

sed -i "s/managed='no'/managed='yes'/" "$work/guest.xml"
ok 'a guest whose device libvirt binds' fake hook prepare
ok 'the host is not idle' run 1 status --idle --sysroot "$root"
ok 'before libvirt has it' run 0 status --sysroot "$root"
ok 'it is not held' eval '! grep -qF "$DISK" "$work/out"'
ok 'nor a claim against others: libvirt has its own' run 0 check --sysroot "$root" $DISK
ln -sfn /sys/bus/pci/drivers/vfio-pci "$root/sys/bus/pci/devices/$DISK/driver"
echo vfio-pci > "$root/sys/bus/pci/devices/$DISK/driver_override"
ok 'then it is' prints 0 "$DISK guest win11" status --sysroot "$root"
ok 'what libvirt left there is given back' fake prints 0 'given back: 1' \
	recover --boot --sysroot "$root"
ok 'to its driver' driver $DISK nvme

# as_user ARGUMENTS...: the tool, by somebody who is not root
as_user() { setpriv --reuid=65534 --regid=65534 --clear-groups "$tool" "$@"; }

if [ "$(id -u)" = 0 ] && as_user --version > "$work/out" 2>&1; then
	chmod 0711 "$root"
	ok 'somebody takes a device' fake run 0 detach --sysroot "$root" $DISK
	ok 'an ordinary user asks' eval 'as_user status --json --sysroot "$root" > "$work/out"'
	keep_json status --json
	ok 'and learns what can be read' json '(.held | length == 2) and (.held[0] |
		.device == "0000:01:00.0" and .driver == "vfio-pci" and .held_for == null and
		.state == "unknown") and (.notes[0] | test("run it as root"))'
	ok 'in text' eval 'as_user status --sysroot "$root" | grep "^$DISK unknown .*on VFIO"'
	ok 'never that the host is idle' eval '! as_user status --idle --sysroot "$root" > "$work/out" 2>&1 &&
		grep -q "needs root" "$work/out"'
	ok 'it comes back' fake run 0 reattach --sysroot "$root" $DISK
else
	skip 'an ordinary user asks' 'needs root and setpriv'
fi
chmod 0777 "$journals"
ok 'a state directory that others can write is not believed' complains 3 'is not exclusively ours' \
	status --sysroot "$root"
tap_end
