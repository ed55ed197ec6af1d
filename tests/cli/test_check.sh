# SPDX-License-Identifier: GPL-2.0-or-later
# check, plan and list on made-up hosts: text, JSON, exit status.
. "$SRCDIR/tests/support/clitap.sh" || exit 99

tree good 0000:01:00.0=0x010802,12,nvme 0000:02:00.0=0x030000,13,nouveau \
	0000:02:00.1=0x040300,13,snd_hda_intel 0000:03:00.0=0x020000,14,vfio-pci
cat > "$work/guest.xml" <<'XML'
<domain type='kvm'>
  <name>win11</name>
  <uuid>c7a5fdbd-edaf-9455-926a-d65c16db1809</uuid>
  <memory unit='KiB'>1048576</memory>
  <os><type machine='q35'>hvm</type></os>
  <devices>
    <hostdev mode='subsystem' type='pci' managed='no'>
      <source><address domain='0x0000' bus='0x02' slot='0x00' function='0x0'/></source>
    </hostdev>
  </devices>
</domain>
XML

ok 'a good host is ready' prints 0 'host: ready (0 errors' check --sysroot "$root"
ok 'passed checks are shown on demand' prints 0 'ok       iommu-enabled' \
	check --sysroot "$root" -v
ok 'a free device is ready' prints 0 '0000:01:00.0: ready' check --sysroot "$root" 01:00.0
one_title() {
	run 0 check --sysroot "$root" 01:00.0 pci_0000_01_00_0 && grep -q '^0000:01:00.0: ' "$work/out"
}
ok 'a device that is named twice is one' one_title
ok 'a missing device is refused' prints 1 'ERROR    device-present' \
	check --sysroot "$root" 0000:99:00.0
ok 'its verdict says so' prints 1 '0000:99:00.0: not ready' check --sysroot "$root" 99:00.0
ok 'a remedy is given' prints 1 'remedy: ' check --sysroot "$root" 99:00.0
ok 'a guest from a file' prints 0 'guest win11: ready' \
	check --sysroot "$root" --xml "$work/guest.xml"
from_stdin() {
	"$tool" check --sysroot "$root" --xml - < "$work/guest.xml" | grep -q 'guest win11: ready'
}
ok 'a guest from standard input' from_stdin
# QEMU's user is whom the guest names.
mkdir -p "$root/roms"
printf 'U\252' > "$root/roms/card.rom"
chmod 755 "$root" "$root/roms"
chmod 600 "$root/roms/card.rom"
printf 'root:x:0:0::/:/bin/sh\nlibvirt-qemu:x:64055:994::/:/bin/false\n' > "$root/etc/passwd"
sed "s|<source><address|<rom file='/roms/card.rom'/>&|" "$work/guest.xml" > "$work/rom.xml"
ok 'a ROM file that QEMU cannot read' prints 1 'cannot be read by libvirt-qemu' \
	check --sysroot "$root" --xml "$work/rom.xml"
sed -i "s|</devices>|&<seclabel type='static' model='dac'><label>+0:+0</label></seclabel>|" "$work/rom.xml"
ok 'unless the guest runs it as root' run 0 check --sysroot "$root" --xml "$work/rom.xml"

echo '<domain' > "$work/bad.xml"
ok 'a broken file is status 3 and is named' complains 3 "$work/bad.xml" \
	check --sysroot "$root" --xml "$work/bad.xml"
ok 'a broken file in JSON' prints 3 '"error"' check --json --sysroot "$root" --xml "$work/bad.xml"
ok 'it is one object that is not ready' json '.ready == false and .findings == []'

head -c 34000000 /dev/zero > "$work/huge.xml"
ok 'a huge file is status 3' complains 3 'File too large' \
	check --sysroot "$root" --xml "$work/huge.xml"

ok 'JSON of a ready device' run 0 check --json --sysroot "$root" 01:00.0
ok 'its form' json '.api_level == 1 and .ready and (.findings | length > 10) and
	(.findings | all(keys == ["allow_with","allowed_by","commands","evidence","id","remedy","scope","severity","subject","verdict"]))'
ok 'JSON of a refusal' run 1 check --json --sysroot "$root" 99:00.0
ok 'its finding' json '.ready == false and (.findings[] | select(.id == "device-present") |
	.verdict == "fail" and .severity == "error" and .subject == "0000:99:00.0" and
	(.evidence | length > 0) and (.remedy | length > 0))'

ok 'plan names the step and why' prints 0 'pci-driver 0000:01:00.0: nvme -> vfio-pci' \
	plan --sysroot "$root" 01:00.0
ok 'plan moves the companion' prints 0 '0000:02:00.1: snd_hda_intel -> vfio-pci' \
	plan --sysroot "$root" --xml "$work/guest.xml"
ok 'plan leaves alone what is there' prints 0 '0000:03:00.0 is not changed: it is already on vfio-pci' \
	plan --sysroot "$root" 03:00.0
ok 'plan of a refusal has no steps' prints 1 'not ready' plan --sysroot "$root" 99:00.0
ok 'plan as JSON' run 0 plan --json --sysroot "$root" 01:00.0
ok 'its steps' json '.steps[] | select(.target == "0000:01:00.0") | .from == "nvme" and
	(.to | startswith("vfio-pci")) and .state == "planned"'
sed 's/managed=.no./managed="yes"/' "$work/guest.xml" > "$work/managed.xml"
ok 'plan leaves managed devices to libvirt' prints 0 "0000:02:00.0 is left to libvirt" \
	plan --sysroot "$root" --xml "$work/managed.xml"

ok 'list' prints 0 '0000:02:00.1' list --sysroot "$root"
ok 'list names class and driver' prints 0 'snd_hda_intel' list --sysroot "$root"
ok 'list as JSON' run 0 list --json --sysroot "$root"
ok 'its form' json '.api_level == 1 and (.devices[] | select(.address == "0000:01:00.0") |
	.group == 12 and .driver == "nvme" and (.class | length > 0) and (.name | length > 0))'

# A guest without a PCI function: a stick, a serial line, a mediated device.
usb_device() {
	local dir=$root/sys/devices/pci0000:00/0000:00:14.0/usb1/$1

	mkdir -p "$dir" "$root/sys/bus/usb/devices"
	echo 46f4 > "$dir/idVendor"
	echo 0001 > "$dir/idProduct"
	echo 1 > "$dir/busnum"
	echo "$2" > "$dir/devnum"
	ln -s "../../../devices/pci0000:00/0000:00:14.0/usb1/$1" "$root/sys/bus/usb/devices/$1"
}
usb_device 1-2 3
cat > "$work/named.xml" <<'XML'
<domain type='kvm'>
  <name>small</name>
  <uuid>c7a5fdbd-edaf-9455-926a-d65c16db1810</uuid>
  <memory unit='KiB'>1048576</memory>
  <os><type machine='q35'>hvm</type></os>
  <devices>
    <hostdev mode='subsystem' type='usb'>
      <source><vendor id='0x46f4'/><product id='0x0001'/></source>
    </hostdev>
    <serial type='dev'><source path='/dev/ttyS7'/></serial>
    <hostdev mode='subsystem' type='mdev' model='vfio-pci'>
      <source><address uuid='6d747479-0000-4000-8000-000000000001'/></source>
    </hostdev>
  </devices>
</domain>
XML
ok 'a USB device is named as the guest does' prints 1 'usb-free            usb 46f4:0001' \
	check -v --sysroot "$root" --xml "$work/named.xml"
ok 'so is a serial line' prints 1 'ERROR    serial-present      serial /dev/ttyS7' \
	check --sysroot "$root" --xml "$work/named.xml"
ok 'and a mediated device' prints 1 'mdev 6d747479-0000-4000-8000-000000000001' \
	check --sysroot "$root" --xml "$work/named.xml"
usb_device 1-4 6
ok 'two sticks of a model are refused' prints 1 '1-4 (bus 1 device 6)' \
	check --sysroot "$root" --xml "$work/named.xml"
ok 'as JSON' run 1 check --json --sysroot "$root" --xml "$work/named.xml"
ok 'its finding has the scope' json '.findings[] | select(.id == "usb-unambiguous") |
	.scope == "usb" and .subject == "usb 46f4:0001" and .verdict == "fail"'

# colours VARIABLE=VALUE...: how many escape sequences are written to a terminal
colours() {
	env -u NO_COLOR TERM=xterm "$@" script -qec "'$tool' check --sysroot '$root' 99:00.0" /dev/null \
		< /dev/null | grep -c $'\033\[1;31m'
}
if command -v script > /dev/null; then
	ok 'colour on a terminal' test "$(colours)" -gt 0
	ok 'no colour with NO_COLOR' test "$(colours NO_COLOR=1)" = 0
	ok 'colour with an empty NO_COLOR' test "$(colours NO_COLOR=)" -gt 0
else
	skip 'colour on a terminal' 'there is no script(1)'
fi
no_colour() {
	run 1 check --sysroot "$root" 99:00.0 && ! grep -q $'\033' "$work/out"
}
ok 'no colour in a file' no_colour

for file in "$SRCDIR"/tests/hosts/*.tree; do
	[ -e "$file" ] || continue
	tree "$file"
	name=$(basename "$file" .tree)
	"$tool" check --json --sysroot "$root" > "$work/out" 2> "$work/err"
	status=$?
	judged() {
		[ "$status" -le 1 ] && [ ! -s "$work/err" ] && json '.findings | length > 0'
	}
	ok "$name is judged" judged
	ok "$name is listed" prints 0 0000: list --sysroot "$root"
done
tap_end
