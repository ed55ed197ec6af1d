# SPDX-License-Identifier: GPL-2.0-or-later
# detach, reattach, status and recover on a made-up host whose bus answers to writes.
. "$SRCDIR/tests/support/clitap.sh" || exit 99
bus_host

ok 'a dry run shows the step' fake prints 0 "$DISK: nvme -> vfio-pci" \
	detach -n --sysroot "$root" $DISK
ok 'a dry run changes nothing' driver $DISK nvme
ok 'a dry run leaves no state' test ! -e "$root/run/hostdevctl"
ok 'nothing is held' prints 0 'holds no device' status --sysroot "$root"
ok 'nothing to recover' prints 0 'nothing to recover' recover --sysroot "$root"

ok 'a refusal is status 1' fake prints 1 'device-present' \
	detach --sysroot "$root" 0000:99:00.0 $DISK
ok 'and touches no other device' driver $DISK nvme

ok 'detach' fake prints 0 "$DISK: nvme -> vfio-pci (requested): done" \
	detach --sysroot "$root" $DISK
ok 'it is on vfio-pci' driver $DISK vfio-pci
ok 'status names it' prints 0 "$DISK administrator" status --sysroot "$root"
ok 'status as JSON' prints 0 '"device": "0000:01:00.0"' status --json --sysroot "$root"
ok 'detach again leaves it alone' fake prints 0 'not changed: it is already on vfio-pci' \
	detach --sysroot "$root" $DISK
ok 'recover leaves it to the administrator' fake run 0 recover --sysroot "$root"
ok 'it still is on vfio-pci' driver $DISK vfio-pci
ok 'and keeps what it was before' prints 0 ' nvme ' status --sysroot "$root"
ok 'reattach, dry' fake prints 0 "$DISK: vfio-pci -> nvme" reattach -n --sysroot "$root" $DISK
ok 'changes nothing' driver $DISK vfio-pci
ok 'reattach' fake prints 0 ': done' reattach --sysroot "$root" $DISK
ok 'it is on nvme' driver $DISK nvme
ok 'nothing is held any more' prints 0 'holds no device' status --sysroot "$root"
ok 'reattach again leaves it alone' fake prints 0 'not changed: it is already on nvme' \
	reattach --sysroot "$root" $DISK
ok 'a device that is not there' fake complains 3 'does not exist' \
	reattach --sysroot "$root" 0000:99:00.0

ok 'a companion goes too' fake prints 0 "$SOUND: snd_hda_intel -> vfio-pci" \
	detach --sysroot "$root" $GPU
ok 'both are on vfio-pci' driver $SOUND vfio-pci
ok 'reattach gives both back' fake run 0 reattach --sysroot "$root" $GPU
ok 'the device' driver $GPU nouveau
ok 'and its companion' driver $SOUND snd_hda_intel

ok 'two at once' fake run 0 detach --sysroot "$root" $GPU $SOUND $GPU
ok 'each has a journal' test -e "$root/run/hostdevctl/$SOUND" -a -e "$root/run/hostdevctl/$GPU"
ok 'one of them is given back alone' fake run 0 reattach --sysroot "$root" $SOUND
ok 'it is back' driver $SOUND snd_hda_intel
ok 'and no longer has a journal' test ! -e "$root/run/hostdevctl/$SOUND"
ok 'the other is not' driver $GPU vfio-pci
ok 'then the other' fake run 0 reattach --sysroot "$root" $GPU
ok 'it is back, too' driver $GPU nouveau

ok 'detach, and somebody else gives the companion back' fake run 0 \
	detach --sysroot "$root" $GPU
rm -r "$root/sys/bus/pci/devices/$SOUND/vfio-dev"
ln -sfn ../../../../bus/pci/drivers/snd_hda_intel "$root/sys/bus/pci/devices/$SOUND/driver"
ok 'detach again takes it again' fake prints 0 ': done' detach --sysroot "$root" $GPU
ok 'it is on vfio-pci' driver $SOUND vfio-pci
ok 'and both go back' fake run 0 reattach --sysroot "$root" $GPU
ok 'the device' driver $GPU nouveau
ok 'the companion' driver $SOUND snd_hda_intel

ok 'without a journal the kernel chooses' fake run 0 reattach --sysroot "$root" $NIC
ok 'its own driver' driver $NIC e1000e

: > "$root/fake/refuses-vfio/$DISK"
ok 'a bind that fails is status 3' fake complains 3 "$DISK" detach --sysroot "$root" $DISK
ok 'and is put back' driver $DISK nvme
ok 'in JSON, too' fake run 3 detach --json --sysroot "$root" $DISK
ok 'it is one object with steps and an error' json '.ready == false and .steps[0].state == "failed"
	and (.error | length > 0)'
ok 'and leaves nothing' prints 0 'holds no device' status --sysroot "$root"

rm "$root/fake/refuses-vfio/$DISK"
: > "$root/fake/refuses-vfio/$GPU"
ok 'two, and the second fails' fake complains 3 "$GPU" detach --sysroot "$root" $GPU $DISK
ok 'the report says that the first went and came' grep -q "$DISK: .*taken-back" "$work/out"
ok 'the first is back' driver $DISK nvme
ok 'the second is as it was' driver $GPU nouveau
ok 'with its companion' driver $SOUND snd_hda_intel
ok 'no journal is left' prints 0 'holds no device' status --sysroot "$root"
mkdir "$root/fake/refuses-nvme"
: > "$root/fake/refuses-nvme/$DISK"
ok 'what cannot be given back is status 4' fake complains 4 'could not be given back' \
	detach --sysroot "$root" $GPU $DISK
ok 'and is reported' grep -q "$DISK: .*stranded" "$work/out"
ok 'it is known' prints 0 "$DISK" status --sysroot "$root"
rm "$root/fake/refuses-nvme/$DISK"
ok 'and can be given back later' fake run 0 reattach --sysroot "$root" $DISK
ok 'it is back' driver $DISK nvme
rm "$root/fake/refuses-vfio/$GPU"

mkdir -p "$root/etc"
printf '[hook]\nfrob = 1\n' > "$root/etc/hostdevctl.conf"
ok 'a broken configuration stops detach' fake complains 3 'unknown setting' \
	detach --sysroot "$root" $DISK
ok 'but not reattach' fake complains 0 'the defaults are used' \
	reattach --sysroot "$root" $DISK
bus_host
mkdir -p "$root/etc/libvirt/qemu"
disk_guest > "$root/etc/libvirt/qemu/win11.xml"
ok 'a guest instead of a device' complains 2 \
	"'win11' is a guest: 'hostdevctl detach-from win11 01:00.0' removes devices from it" \
	detach --sysroot "$root" -n win11 01:00.0
ok 'a word that is neither' complains 3 "'win12' is not a device" \
	detach --sysroot "$root" -n win12 01:00.0
tap_end
