# SPDX-License-Identifier: GPL-2.0-or-later
# Devices that a running guest gets and loses: what is written down, given back, and shown.
. "$SRCDIR/tests/support/clitap.sh" || exit 99
has_libvirt || { echo '1..0 # SKIP built without libvirt'; exit 0; }
[ -e "$BUILDDIR/.libs/libfakelibvirt.so" ] || { echo '1..0 # SKIP there is no libfakelibvirt.so'; exit 0; }
bus_host
journals=$root/run/hostdevctl
mkdir -p "$work/module" "$root/run/libvirt/qemu" "$root/proc/812/fd"
cp "$BUILDDIR/.libs/libfakelibvirt.so" "$work/module/hostdevctl-libvirt.so"
echo qemu-system-x86 > "$root/proc/812/comm"
export HD_FAKE_STATUS=$root/run/libvirt/qemu/win11.xml HD_FAKE_OPEN=$root/proc/812/fd/3

# with COMMAND...: on a bus that answers, with a libvirt that does
with() {
	local first
	first=$(ldd "$tool" | awk '/libasan/ { print $3 ":" }')
	LD_PRELOAD=$first$kernel LD_LIBRARY_PATH=$work/module:$BUILDDIR/.libs "$@"
}
# hostdev BUS FUNCTION MANAGED
hostdev() {
	echo "<hostdev mode='subsystem' type='pci' managed='$3'><source><address domain='0x0000'" \
		"bus='0x$1' slot='0x00' function='0x$2'/></source></hostdev>"
}
# runs DEVICES: the guest runs with them; xml DEVICES: its XML
ports=
for i in 1 2 3; do
	ports="$ports<controller type='pci' index='$i' model='pcie-root-port'><address type='pci'"
	ports="$ports domain='0x0000' bus='0x00' slot='0x0$i' function='0x0'/></controller>"
done
xml() {
	disk_guest | sed '/<hostdev/,/<\/hostdev/d' | sed "s|<devices>|&$ports$1|"
}
runs() {
	{ echo "<domstatus state='running' pid='812'>"; xml "$1"; echo '</domstatus>'; } \
		> "$HD_FAKE_STATUS"
	ln -sfn "${2-/dev/null}" "$HD_FAKE_OPEN"
}
# ends: it does not run any more, and libvirt calls the hook with what it had
ends() {
	sed '/domstatus/d' "$HD_FAKE_STATUS" > "$work/guest.xml"
	rm -f "$HD_FAKE_STATUS" "$HD_FAKE_OPEN"
	with "$BUILDDIR/hostdevctl-hook" --sysroot "$root" win11 release end "${1--}" \
		< "$work/guest.xml"
}
starts() {
	xml "$1" > "$work/guest.xml"
	with "$BUILDDIR/hostdevctl-hook" --sysroot "$root" win11 prepare begin - < "$work/guest.xml"
}
attach() {
	with run 0 attach --templates "$SRCDIR/xml-templates" --sysroot "$root" -c fake: win11 "$@"
}
detach() {
	with prints 0 "$1" detach-from --sysroot "$root" -c fake: win11 "${@:2}"
}
nothing_held() {
	run 0 status --idle --sysroot "$root"
}

runs ''
ok 'a running guest gets a disk' attach 01:00.0
ok 'it is on VFIO' driver $DISK vfio-pci
ok 'status says for whom' prints 0 "$DISK guest win11" status --sysroot "$root"
ok 'that is not idle' run 1 status --idle --sysroot "$root"
ok 'another guest does not get it' prints 1 'ERROR    iommu-group-exclusive' \
	check --sysroot "$root" $DISK
ok 'nor does reattach' with complains 1 "was taken for guest 'win11'" reattach --sysroot "$root" $DISK
ok 'recover leaves it, as it may just have been attached' with prints 0 'still in use: 1' \
	recover --sysroot "$root"
ok 'the guest ends' ends
ok 'it is given back' driver $DISK nvme
ok 'nothing is held' nothing_held

runs ''
ok "libvirt binds the next one itself" attach 01:00.0 --managed yes
ln -sfn /sys/bus/pci/drivers/vfio-pci "$root/sys/bus/pci/devices/$DISK/driver"
echo vfio-pci > "$root/sys/bus/pci/devices/$DISK/driver_override"
ok 'and does not give it back' ends
ok 'so we do' driver $DISK nvme
ok 'nothing is held' nothing_held

runs ''
ok 'a guest whose end is not seen' attach 01:00.0
rm -f "$HD_FAKE_STATUS" "$HD_FAKE_OPEN"
ok 'the next start gives it back first' starts "$(hostdev 02 0 no)$(hostdev 02 1 no)"
ok 'the disk' driver $DISK nvme
ok 'and takes the card' driver $GPU vfio-pci
runs "$(hostdev 02 0 no)$(hostdev 02 1 no)" /dev/vfio/13
ok 'and it gets the disk once more' attach 01:00.0
ok 'the guest ends' ends
ok 'both are given back: the disk' driver $DISK nvme
ok 'the card' driver $GPU nouveau
ok 'and its audio' driver $SOUND snd_hda_intel
ok 'nothing is held' nothing_held

runs ''
ok 'after a crash of libvirt' attach 01:00.0
rm -f "$HD_FAKE_STATUS" "$HD_FAKE_OPEN"
ok 'recover gives it back' with prints 0 'given back: 1' recover --boot --sysroot "$root"
ok 'to its driver' driver $DISK nvme

card="$(hostdev 02 0 no)$(hostdev 02 1 no)"
runs ''
ok 'a disk that is plugged in' attach 01:00.0
ok 'and out again' detach '0000:01:00.0 was given back (nvme)' 01:00.0
ok 'is back at once' driver $DISK nvme
ok 'nothing is held' nothing_held

if command -v flock > /dev/null; then
	runs ''
	ok 'a disk that is plugged in again' attach 01:00.0
	printf '#!/bin/sh\nflock -n "%s" touch "%s"\n' "$journals/group-12.lock" "$work/free" \
		> "$work/meanwhile"
	chmod +x "$work/meanwhile"
	export HD_FAKE_MEANWHILE=$work/meanwhile
	ok 'and out' detach '0000:01:00.0 was given back (nvme)' 01:00.0
	ok 'its group was not locked meanwhile: a hook may need it' test -e "$work/free"
	runs ''
	printf '#!/bin/sh\nflock -n "%s" touch "%s"\n' "$journals/choice.lock" "$work/choice" \
		> "$work/meanwhile"
	ok 'any disk is plugged in' attach --any nvme --live
	ok 'the choice was not locked while libvirt was at work' test -e "$work/choice"
	ok 'nobody else gets it' with complains 1 'none of 1 devices of nvme is free' \
		attach --sysroot "$root" -c fake: other --any nvme --live
	ok 'and out' detach '0000:01:00.0 was given back (nvme)' 01:00.0
	unset HD_FAKE_MEANWHILE
else
	skip 'locks while libvirt is at work' 'there is no flock'
fi

ok 'a guest starts with a disk, and a card whose audio goes with it' \
	starts "$(hostdev 01 0 no)$(hostdev 02 0 no)"
ok 'the audio is on VFIO' driver $SOUND vfio-pci
runs "$(hostdev 01 0 no)$(hostdev 02 0 no)"
ok 'it loses the card' detach '0000:02:00.1 was given back (snd_hda_intel)' 02:00.0
ok 'which is back' driver $GPU nouveau
ok 'with its companion' driver $SOUND snd_hda_intel
ok 'the disk is not' driver $DISK vfio-pci
ok 'the card is no longer its own' prints 0 'given back' status --sysroot "$root"
ok 'the rest goes back at its end' ends
ok 'the disk' driver $DISK nvme
ok 'nothing is held' nothing_held

ok 'a guest starts with both functions of a card' starts "$card"
runs "$card" /dev/vfio/13
ok 'the first of a group has to wait' detach \
	'0000:02:00.1 stays on vfio-pci until the guest has lost 0000:02:00.0, too' 02:00.1
ok 'for the last' driver $SOUND vfio-pci
runs "$(hostdev 02 0 no)"
ok 'status does not say that one was removed' prints 0 "$SOUND" status --sysroot "$root"
ok 'while the guest has another of its group' sh -c "! grep -q removed '$work/out'"
runs "$card" /dev/vfio/13
ok 'which takes it with it' detach '0000:02:00.1 was given back' 02:00.0
ok 'the card' driver $GPU nouveau
ok 'and its audio' driver $SOUND snd_hda_intel
ok 'nothing is held' nothing_held

ok 'a guest starts with a card' starts "$(hostdev 02 0 no)"
runs ''
ok 'others take it out: it stays' driver $GPU vfio-pci
ok 'status says so' prints 0 "removed from the running guest: 'hostdevctl detach-from --live win11 $GPU'" \
	status --sysroot "$root"
ok 'what it never had is not its own' with complains 1 "has no 0000:01:00.0" \
	detach-from --sysroot "$root" -c fake: win11 01:00.0
ok 'what would be done' detach '0000:02:00.0, which the running guest does not have any more, would be given back' \
	--dry-run 02:00.0
ok 'what is not there is told beside it' detach "has no 0000:01:00.0 while it runs" \
	--dry-run --live --if-present 02:00.0 01:00.0
ok 'nothing is' driver $GPU vfio-pci
ok 'detach-from gives it back' detach '0000:02:00.0 was given back (nouveau)' --live 02:00.0
ok 'at once' driver $GPU nouveau
ok 'with its companion' driver $SOUND snd_hda_intel
ok 'and only once' with complains 1 'has no 0000:02:00.0' \
	detach-from --sysroot "$root" -c fake: win11 02:00.0
ok 'the guest ends' ends
ok 'nothing is held' nothing_held

# closes_later: QEMU has the disk's group open for a moment after libvirt has removed the device
closes_later() {
	while grep -q '<hostdev' "$HD_FAKE_STATUS"; do sleep 0.1; done
	sleep 0.5
	rm "$root/proc/812/fd/5"
}
runs ''
ok 'a disk that is plugged in' attach 01:00.0
ln -sfn /dev/vfio/12 "$root/proc/812/fd/5"
closes_later &
ok 'is waited for until it is closed' detach '0000:01:00.0 was given back (nvme)' 01:00.0
wait $!
ok 'and is back' driver $DISK nvme

ok 'what was detached before' fake run 0 detach --sysroot "$root" $DISK
runs ''
ok 'can be plugged in' attach 01:00.0
ok 'and is left where it was' detach 'it was there before the guest got it' 01:00.0
ok 'for the administrator' driver $DISK vfio-pci
ok 'to give back' fake run 0 reattach --sysroot "$root" $DISK

# started [DEVICE...]: libvirt's log says with what; virsh attaches the others
started() {
	local device
	mkdir -p "$root/var/log/libvirt/qemu"
	{
		echo '2026-11-21 10:00:00.000+0000: starting up libvirt version: 11.3.0'
		printf '%s \\\n' LC_ALL=C /usr/bin/qemu-system-x86_64
		for device; do
			printf -- "-device '{\"driver\":\"vfio-pci\",\"host\":\"%s\"}' \\\\\n" "$device"
		done
		echo '-msg timestamp=on'
	} > "$root/var/log/libvirt/qemu/win11.log"
}
# vfio ADDRESS: somebody has bound it
vfio() {
	ln -sfn /sys/bus/pci/drivers/vfio-pci "$root/sys/bus/pci/devices/$1/driver"
	echo vfio-pci > "$root/sys/bus/pci/devices/$1/driver_override"
}
started $NIC
vfio $DISK
runs "$(hostdev 01 0 no)$(hostdev 03 0 no)"
ok 'status shows what virsh attached' prints 0 "$DISK guest win11" status --sysroot "$root"
ok 'that no hook saw it' grep -q "$DISK.*no hook saw it: only 'hostdevctl reattach' gives it back" "$work/out"
ok 'what it was started with is as before' grep -q "$NIC not ours .*on VFIO, not in use" "$work/out"
ok 'in JSON' run 0 status --json --sysroot "$root"
ok 'of the same form' json '.held[0] | .device == "0000:01:00.0" and .held_for == "guest" and .guest == "win11" and
	.driver == "vfio-pci" and .since == null and .before == null and .state == "attached" and
	(.detail | test("no hook saw"))'
ok 'which we do not hold' nothing_held
ok 'another guest does not get it' prints 1 "win11" check --sysroot "$root" $DISK
usb="<hostdev mode='subsystem' type='usb'><source><vendor id='0x046d'/><product id='0xc52b'/><address \
bus='1' device='5'/></source></hostdev>"
cp "$HD_FAKE_STATUS" "$work/status"
runs "$usb"
ok 'a USB device, too' prints 0 'usb:1.5 ' status --sysroot "$root"
ok 'which nobody has to give back' grep -q '^usb:1.5  *guest win11 .*attached while the guest ran$' "$work/out"
cp "$work/status" "$HD_FAKE_STATUS"
# doctor says (or not) TEXT; what else it says of this host does not matter here
doctor_says() {
	"$tool" doctor --sysroot "$root" > "$work/out" 2>&1
	grep -qF -- "$1" "$work/out" || { cat "$work/out"; return 1; }
}
doctor_omits() {
	! doctor_says "$1" > /dev/null || { cat "$work/out"; return 1; }
}
ok 'doctor says so' doctor_says "guest 'win11' was given $DISK while it ran"
ok 'and nothing of its checks' doctor_omits ERROR
mkdir -p "$root/sys/kernel/iommu_groups/12"
printf '0x0000000000100000 0x0000000000ffffff direct\n' \
	> "$root/sys/kernel/iommu_groups/12/reserved_regions"
ok 'a check that would refuse it' doctor_says 'no-direct-region'
ok 'as an error' grep -q 'ERROR  *no-direct-region' "$work/out"
rm "$root/sys/kernel/iommu_groups/12/reserved_regions"
mv "$HD_FAKE_STATUS" "$work/status"
ok 'the guest is gone: nobody has the disk' doctor_says "$DISK is on vfio-pci"
ok 'nor who was bound before, by ids' doctor_omits "$NIC is on"
mkdir -p "$root/etc/udev/rules.d"
{
	echo "# KERNEL==\"$DISK\", ATTR{driver_override}=\"vfio-pci\""
	echo "KERNELS==\"$DISK\", NAME=\"lan0\""
	echo "KERNEL==\"1$DISK\", ATTR{driver_override}=\"vfio-pci\""
} > "$root/etc/udev/rules.d/x.rules"
ok 'also if a rule names it, and binds nothing' doctor_says "$DISK is on vfio-pci"
printf 'KERNEL=="%s", \\\n  ATTR{driver_override}="vfio-pci"\n' $DISK > "$root/etc/udev/rules.d/x.rules"
ok 'unless something binds it at boot' doctor_omits "$DISK is on vfio-pci"
rm "$root/etc/udev/rules.d/x.rules"
mkdir -p "$root/etc/libvirt/qemu"
sed '/domstatus/d' "$work/status" > "$root/etc/libvirt/qemu/win11.xml"
ok 'or a guest is defined with it' doctor_omits "$DISK is on vfio-pci"
rm -r "$root/etc/libvirt/qemu"
mv "$work/status" "$HD_FAKE_STATUS"
started $DISK $NIC
ok 'it was started with both' run 0 status --sysroot "$root"
ok 'so nothing is said' sh -c "! grep -q 'no hook' '$work/out'"
rm "$root/var/log/libvirt/qemu/win11.log"
ok 'nor if that is unknown' sh -c "'$tool' status --sysroot '$root' | grep -q '$DISK not ours'"

# stops [REASON]: as libvirt's log has it, too
stops() {
	echo "2026-11-21 11:00:00.000+0000: shutting down, reason=${1-shutdown}" \
		>> "$root/var/log/libvirt/qemu/win11.log"
	ends
}
# node GROUP WHEN: its node in /dev/vfio, made then
node() {
	mkdir -p "$root/dev/vfio"
	: > "$root/dev/vfio/$1"
	TZ=UTC touch -d "$2" "$root/dev/vfio/$1"
}
rm "$journals"/group-*
mkdir -p "$root/sys/class/vfio/12"
started $NIC
ok 'a disk that is attached with managed=no' runs "$(hostdev 01 0 no)$(hostdev 03 0 no)"
node 12 '2026-11-21 10:30'
ok 'stays on VFIO when the guest ends' stops
ok 'the disk' driver $DISK vfio-pci
started $NIC
runs "$(hostdev 01 0 yes)$(hostdev 03 0 yes)"
ok 'managed=yes, and the start failed' stops failed
ok 'it stays' driver $DISK vfio-pci
started $NIC
runs "$(hostdev 01 0 yes)$(hostdev 03 0 yes)"
node 12 '2026-11-21 09:30'
ok 'its group was on VFIO before the guest started' stops
ok 'it stays' driver $DISK vfio-pci
started $NIC
runs "$(hostdev 01 0 yes)$(hostdev 03 0 yes)"
sed -i '1s/^2026/2098/' "$root/var/log/libvirt/qemu/win11.log"
node 12 '2099-11-21 10:30'
ok 'it was, and an event of udev set the time of its node since' stops
ok 'it stays' driver $DISK vfio-pci
started $NIC
runs "$(hostdev 01 0 yes)$(hostdev 03 0 yes)"
node 12 '2026-11-21 10:30'
mkdir -p "$root/etc/driverctl.d"
: > "$root/etc/driverctl.d/$DISK"
ok 'driverctl binds it at boot, whatever the log says' stops
ok 'it stays' driver $DISK vfio-pci
rm -r "$root/etc/driverctl.d"
started $DISK $NIC
runs "$(hostdev 01 0 yes)$(hostdev 03 0 yes)"
ok 'the guest was started with it' stops
ok 'it stays' driver $DISK vfio-pci
started $NIC
runs "$(hostdev 01 0 yes)$(hostdev 03 0 yes)"
ln -sfn /dev/vfio/12 "$root/proc/812/fd/4"
ok 'somebody has it open' stops
ok 'it stays' driver $DISK vfio-pci
rm "$root/proc/812/fd/4"
started $NIC
runs "$(hostdev 01 0 yes)$(hostdev 03 0 yes)"
sed -e 's/win11/other/; s/6a2e4a50/7a2e4a50/' "$HD_FAKE_STATUS" > "${HD_FAKE_STATUS%/*}/other.xml"
ok 'another guest has it' stops
ok 'it stays' driver $DISK vfio-pci
rm "${HD_FAKE_STATUS%/*}/other.xml"
started $NIC
runs "$(hostdev 01 0 yes)$(hostdev 03 0 yes)"
ok 'nothing speaks against it: libvirt should have given it back' stops
ok 'it is on its own driver' driver $DISK nvme
ok 'what the guest started with is not touched' driver $NIC vfio-pci
ok 'nothing is held' nothing_held
tap_end
