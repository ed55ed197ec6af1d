# SPDX-License-Identifier: GPL-2.0-or-later
# What hostdevctl explain says of ids, messages and logs.
. "$SRCDIR/tests/support/clitap.sh" || exit 99
GPU=0000:02:00.0
tree good $GPU=0x030000,13,nouveau 0000:02:00.1=0x040300,13,snd_hda_intel \
	0000:03:00.0=0x010802,14,vfio-pci

# says TEXT ARGUMENTS...: status 0, and TEXT on standard output
says() {
	local text=$1
	shift
	prints 0 "$text" explain --sysroot "$root" "$@"
}

viable="vfio $GPU: group 13 is not viable"
ok 'a check by its id' says 'storage-free (error, device)' storage-free
ok 'a check has its remedy' says 'remedy:' storage-free
# shellcheck disable=SC2016
ok 'its commands are marked' says '`hostdevctl list --output address,serial,nodes,name scsi`' scsi-identity
# shellcheck disable=SC2016
ok 'in JSON, too' says '`hostdevctl list --output address,serial,nodes,name scsi`' --json scsi-identity
ok 'a message by its id' says 'qemu-group-not-viable (QEMU)' qemu-group-not-viable
ok 'a message shows its pattern' says 'message: group GROUP is not viable' qemu-group-not-viable
for id in $("$tool" explain --json | sed -n 's/^ *"id": "\(.*\)",$/\1/p'); do
	[[ $'\n'$("$tool" explain --sysroot "$root" "$id") == *$'\n'"$id ("* ]] || echo "$id"
done > "$work/bad"
ok 'each listed id has a page' sh -c "! [ -s '$work/bad' ] || { cat '$work/bad'; false; }"
ok 'a message as one operand' says 'qemu-group-not-viable (QEMU)' "$viable"
# shellcheck disable=SC2086
ok 'a message as words' says 'qemu-group-not-viable (QEMU)' $viable
ok 'the device is looked at' says "WARNING  iommu-group-viable  $GPU" "$viable"
ok 'the group alone leads to a device' says "WARNING  iommu-group-viable  $GPU" \
	'group 13 is not viable'
ok 'its device is in the commands' says "hostdevctl check $GPU names it" 'group 13 is not viable'
ok 'the group of the device is in the text' says 'IOMMU group 13 is still' \
	"vfio $GPU: Please ensure all devices within the iommu_group are bound to their vfio bus driver"
ok 'a group that is not there' says 'GROUP' \
	'vfio 0000:09:00.0: Please ensure all devices within the iommu_group are bound to their vfio bus driver'
printf '%s\nPlease ensure all devices within the iommu_group are bound to their vfio bus driver.\n' \
	"$viable" > "$work/two"
ok 'two lines of one trouble' says 'qemu-group-not-viable' --file "$work/two"
ok 'are told once' sh -c "[ \"\$(grep -c ^qemu '$work/out')\" = 1 ]"
ok 'a check that passes now is shown' says 'no longer exists' "vfio $GPU: no such host device"
ok 'JSON says that it is over' prints 0 '"gone": true' explain --sysroot "$root" --json \
	"vfio $GPU: no such host device"
ok 'checks that do not cover the message' says 'but do not show everything' \
	"amdgpu $GPU: can't assign; no space"
ok 'it is not over' sh -c "! grep -q 'no longer exists' '$work/out'"
ok 'JSON does not say that it is over' prints 0 '"gone": false' explain --sysroot "$root" --json \
	"amdgpu $GPU: can't assign; no space"
ok 'without a device nothing is over' says 'look at: holders-free' \
	'failed to open /dev/vfio/77: Device or resource busy'
ok 'it is not said' sh -c "! grep -q 'no longer exists' '$work/out'"
ok 'a device that is not there is told' says 'ERROR    device-present  0000:09:00.0' \
	'vfio 0000:09:00.0: no such host device'
ok 'an address without its domain' says '02:00.0' \
	'DMAR: [DMA Read NO_PASID] Request device [02:00.0] fault addr 0x0 [fault reason 0x06]'
ok 'it is looked at, too' sh -c "! grep -q 'look at:' '$work/out'"
ok 'checks that need a device are named' says 'look at: display-free, holders-free' \
	'modprobe: FATAL: Module amdgpu is in use.'
ok 'less specific rows are named' says 'also:    qemu-vfio-node' \
	"vfio $GPU: failed to open /dev/vfio/13: Permission denied"
ok 'our own refusal leads to its check' says 'hostdevctl explain device-alive' \
	"hostdevctl: guest 'g' not started: $GPU: it is dead [device-alive]; remedy: x"
ok 'a USB device that is not there' says 'now:' 'Did not find USB device 46d:c52b'

ok 'a text that begins with -' says 'qemu-group-not-viable (QEMU)' \
	"-device vfio-pci,host=$GPU,id=hostdev0: $viable"
ok 'a text that begins with --' says 'qemu-group-not-viable (QEMU)' "--x: $viable"
ok 'an unknown option is still one' complains 2 'unknown option' explain -device "$viable"
ok 'an option with a value that has blanks' complains 3 'cannot open' explain \
	"--file=$work/no file"

ok 'what is wrong comes first' sh -c "'$tool' explain --sysroot '$root' '$viable' | head -2 |
	grep -q iommu-group-viable"
ok 'what the text does not ask for, too' says 'WARNING  last-gpu' "$viable"
ok 'a message of one cause is certain' says 'means:   another device of IOMMU group 13' "$viable"
opened="vfio $GPU: failed to open /dev/vfio/13: Too many open files"
ok 'one of several causes is usual' says 'means:   usually: QEMU could not open' "$opened"
ok 'what is wrong here stands before it' sh -c "grep -B1 'here now, see above' '$work/out' |
	grep -q '^wrong:   .*iommu-group-viable'"
ok 'JSON says so, too' says '"certain"' --json "$opened"
ok 'it is not certain' json '.explanations[0].certain == false'
ok 'JSON of what is certain' says '"certain"' --json "$viable"
ok 'it is' json '.explanations[0].certain'
ok 'what the text names is looked up' says "address $GPU: driver nouveau, IOMMU group 13" "$viable"
ok 'also what is not here' says 'address 0000:09:00.0: not on this host' \
	'vfio 0000:09:00.0: no such host device'
ok 'a group that is not here' says 'group 99: not on this host' \
	"vfio $GPU: group 99 is not viable"
ok 'a driver and a guest' prints 5 'driver amdgpu: not loaded' explain --sysroot "$root" \
	"error: Failed to start domain 'nobody': amdgpu $GPU: it failed"
ok 'the guest' grep -q "guest nobody: not a guest of this host" "$work/out"
ok 'a node' says 'path /dev/vfio/77: does not exist' \
	"vfio $GPU: failed to open /dev/vfio/77: Permission denied"
ok 'no other path' prints 5 'address' explain --sysroot "$root" \
	"amdgpu $GPU: cannot read /etc/passwd: it failed"
ok 'is looked up' sh -c "! grep -q 'path /etc' '$work/out'"
ok 'the device of a strange line' prints 5 'iommu-group-viable' explain \
	--sysroot "$root" "frobnicate $GPU: it failed"
ok 'JSON has it' prints 5 '"wrong"' explain --sysroot "$root" --json "amdgpu $GPU: it failed"
ok 'JSON has the names' json '(.wrong | length) > 0 and .named[0] == {"kind": "address",
	"value": "'$GPU'", "here": true, "state": "driver nouveau, IOMMU group 13"}'
ok 'nothing is wrong beside a good sign' says 'kernel-iommu-group-added' \
	"pci $GPU: Adding to iommu group 13"
ok 'no device is named' sh -c "! grep -q '^named\|^wrong' '$work/out'"

echo "$viable" > "$work/log"
ok 'a file' says 'qemu-group-not-viable' --file "$work/log"
ok 'standard input' sh -c "'$tool' explain --sysroot '$root' - < '$work/log' | grep -q not-viable"
ok 'a file that is not there' complains 3 'cannot open' explain --file "$work/nothing"
ok 'JSON' says '"explanations"' --json "$viable"
ok 'JSON has fields and findings' json '.explanations[0] | .fields.group == "13" and .now[0].id'
ok 'JSON of a check' says '"check"' --json storage-free
ok 'JSON of an unknown text' prints 1 '"nearest"' explain --json 'frobnicate the gizmo'

all_clear="pci $GPU: Adding to iommu group 13"
fatal="odd $GPU: odd: Fatal error during its start"
# beside TEXT LINE...: status 5, and TEXT on standard output
beside() {
	local text=$1
	shift
	printf '%s\n' "$@" > "$work/beside"
	prints 5 "$text" explain --sysroot "$root" --file "$work/beside"
}
ok 'a good sign alone' says 'kernel-iommu-group-added' "$all_clear"
strange="frobnicate of guest 'nobody' failed"
ok 'an unknown error beside a good sign' beside "message: $strange" "$all_clear" "$strange"
ok 'has a general answer, and the good sign none' sh -c "! grep -q group-added '$work/out'"
ok 'a known error beside an unknown one' beside "  $strange" "$viable" "$strange"
ok 'which is named as such' grep -q '^not understood, but' "$work/out"
ok 'an error that only names a guest' prints 5 'general-typed-any-guest' explain --sysroot "$root" "$strange"
ok 'an unknown error alone' prints 5 'general-composed' explain 'frobnicate failed'
ok 'JSON has unknown errors' prints 5 '"not_understood"' explain --sysroot "$root" --json \
	--file "$work/beside"
ok 'JSON lists them' json '.not_understood[0].line == "'"$strange"'" and .not_shown == 0'
ok 'JSON says what they name' json '.not_understood[0].fields.guest == "nobody"'

unlisted="amdgpu $GPU: amdgpu: it somehow failed"
ok 'an error of a family' prints 5 'means:   in general: ' explain --sysroot "$root" "$unlisted"
ok 'its device is looked at' grep -q "reset-works\|device-alive" "$work/out"
ok 'nothing of it is over' sh -c "! grep -q 'no longer exists' '$work/out'"
ok 'a good sign beside it' beside 'in general: ' "$all_clear" "$unlisted"
ok 'the good sign is left out' sh -c "! grep -q group-added '$work/out'"
ok 'and quotes the reason in it' prints 5 "says it itself: 'the knob 39 is not equal to 48: failed'" \
	explain --sysroot "$root" 'qemu-kvm: frob: the knob 39 is not equal to 48: failed'
ok 'or shows it' prints 5 'reason:  the odd part of it failed' \
	explain --sysroot "$root" "xhci_hcd $GPU: the odd part of it failed"
later=$(printf '%s\n%s' "Requested operation is not valid: network 'x' is not active" 'error: strange')
ok 'a later line that nobody knows' prints 5 'a later line that looks like an error is not understood' \
	explain --sysroot "$root" "$later"
ok 'JSON has general answers' prints 5 '"general": true' explain --sysroot "$root" --json \
	"error: Failed to start domain 'g': $unlisted -22"
ok 'JSON has the same fields' json '.explanations[0] | .fields.address == "'$GPU'" and
	.fields.guest == "g" and .fields.driver == "amdgpu" and .fields.errno == "EINVAL" and
	.reason == "'"$unlisted -22"'"'
ok 'a family by its id' says 'in general: ' general-amdgpu-start

aer='pcieport 0000:00:01.0: AER: Corrected error received: 0000:01:00.0'
ok 'harmless on a condition is not an all-clear' prints 5 'this is not an all-clear: look at the condition' \
	explain --sysroot "$root" "$aer"
ok 'JSON does not call it harmless' prints 5 '"harmless": false' explain --sysroot "$root" --json "$aer"

left='GPU left initialized by EFI, resetting'
ok 'what is harmless is one' prints 0 'nothing to do' explain --sysroot "$root" "$left"
ok 'but not beside a complaint' prints 5 'harmless on a condition: ' \
	explain --sysroot "$root" "it never works: $left"
ok 'whose answer comes first' prints 5 general-typed-guest-freeze \
	explain --sysroot "$root" "my vm freezes and the log has: $left"

rom='vfio-pci 0000:07:00.0: the PCI ROM has 7 images'
ok 'who asks about a line gets an answer' prints 5 'no word of it says that something failed' \
	explain --sysroot "$root" "$rom"
ok 'JSON says that it is asked' prints 5 '"asked": true' explain --sysroot "$root" --json "$rom"
ok 'also on standard input' sh -c "echo '$rom' | '$tool' explain --sysroot '$root' - | grep -q 'in general: '"
ok 'however that is named' sh -c \
	"echo '$rom' | '$tool' explain --sysroot '$root' --file - | grep -q 'in general: '"
echo "$rom" > "$work/rom"
ok 'in a file it is not trouble' prints 1 'no known message' explain --sysroot "$root" --file "$work/rom"
for n in 1 2 3 4 5 6; do echo "$n$rom"; done >> "$work/rom"
ok 'nor in a log' sh -c "'$tool' explain --sysroot '$root' - < '$work/rom' | grep -q 'no known message'"
ok 'a sentence that somebody types' prints 5 'general-typed-guest-not-seen' explain guest does not see the card
ok 'is a complaint' sh -c "! grep -q 'no word of it' '$work/out'"
ok 'has a page' says 'in general: ' general-typed-guest-not-seen
ok 'a good sign stays one' prints 0 'kernel-iommu-group-added' explain --sysroot "$root" "$all_clear"

ok 'an unknown text is status 1' prints 1 'no known message' explain 'hello world'
ok 'and says where more is found' grep -q '^  hostdevctl explain --guest GUEST' "$work/out"
ok 'an unknown text has the nearest checks' prints 1 'nearest: storage-free' \
	explain 'my storage disk is busy'
ok 'an empty text' prints 1 'no known message' explain ''
ok 'an unknown id' complains 2 'did you mean storage-free?' explain storage-fre

mkdir -p "$root/var/log/libvirt/qemu"
{
	echo '2026-11-21 10:00:00.000+0000: starting up libvirt version: 11.3.0'
	echo "qemu-system-x86_64: $viable"
	echo '2026-11-21 10:00:01.000+0000: shutting down, reason=failed'
} > "$root/var/log/libvirt/qemu/g.log"
ok "a guest's last failed start" says 'qemu-group-not-viable' --guest g
ok 'when it was' complains 0 "guest 'g', started 2026-11-21 10:00:00.000+0000: failed" \
	explain --sysroot "$root" --guest g
sed -i 's/failed/destroyed/' "$root/var/log/libvirt/qemu/g.log"
ok 'a guest that did not fail' complains 1 'no failed start' explain --sysroot "$root" --guest g
refused() { echo '2026-11-22 11:00:00.000+0000: shutting down, reason=failed'; }
refused > "$root/var/log/libvirt/qemu/new.log"
ok 'a guest whose start the hook refused' complains 1 "guest 'new' (2026-11-22 11:00:00.000+0000) ended before QEMU \
ran: 'hostdevctl check new' says" explain --sysroot "$root" --guest new
sed -i 's/destroyed/failed/' "$root/var/log/libvirt/qemu/g.log"
refused >> "$root/var/log/libvirt/qemu/g.log"
ok 'one that failed before' says 'qemu-group-not-viable' --guest g
ok 'is told about the newer start' grep -q "check g' says" "$work/err"
ok 'a guest without a log' complains 3 'has no log in /var/log' explain --sysroot "$root" --guest nope
ok 'a guest that leads out' complains 2 'is not a valid name' explain --sysroot "$root" --guest ../g
ok 'no kernel log' complains 3 'cannot open /dev/kmsg' explain --sysroot "$root" --journal
printf 'pci 0000:02:00.0: Adding to iommu group 13\n[ 1.0] pci %s: can'"'"'t assign; no space\n' \
	$GPU > "$root/dev/kmsg"
ok "the kernel's log" says 'kernel-bar-no-space (kernel)' --journal
ok 'harmless lines of a log are left out' sh -c "! grep -q iommu-group-added '$work/out'"
head -c 3000000 /dev/urandom > "$work/noise"
log=$root/var/log/libvirt/qemu
mkdir "$log/dir.log"
mkfifo "$log/fifo.log"
ln -s g.log "$log/link.log"
for name in dir fifo link; do
	ok "a log that is a $name" complains 3 "/var/log/libvirt/qemu/$name.log: " \
		explain --sysroot "$root" --guest $name
done
# A start that failed, below more than is read of a log.
{
	head -c 400000 /dev/zero | tr '\0' 'x'
	printf '\n2026-11-21 10:00:00.000+0000: starting up libvirt version: 11.3.0\n%s\n' "$viable"
	printf '2026-11-21 10:00:01.000+0000: shutting down, reason=failed\n'
} > "$log/long.log"
ok 'a long log' says 'qemu-group-not-viable' --guest long
: > "$log/empty.log"
ok 'an empty log' complains 1 'no failed start' explain --sysroot "$root" --guest empty
{
	head -c 2000000 /dev/zero | tr '\0' 'y'
	printf '\n%s' "$viable"
} > "$work/line"
ok 'a huge line' says 'qemu-group-not-viable' --file "$work/line"
yes "unused words of a log" | head -c 400000 > "$work/many"
echo "$viable" >> "$work/many"
# shellcheck disable=SC2046
ok 'very many words' says 'qemu-group-not-viable' $(cat "$work/many")
{ yes "pci $GPU: Adding to iommu group 13" | head -c 5000000; printf '\n%s\n' "$viable"; } \
	> "$work/large"
ok 'a large log' says 'qemu-group-not-viable' --file "$work/large"
{ printf 'a\0b\0\377\n'; echo "$viable"; } > "$work/bytes"
ok 'bytes between lines' says 'qemu-group-not-viable' --file "$work/bytes"
: > "$work/nothing"
ok 'an empty file' prints 1 'no known message' explain --sysroot "$root" --file "$work/nothing"
ok 'a folder' complains 3 'cannot read' explain --sysroot "$root" --file "$work"
printf 'vfio 0000:02:00.0: group 13 is not viable \033[31m\n' > "$work/colour"
ok 'nothing of it reaches the terminal' sh -c \
	"! '$tool' explain --sysroot '$root' --file '$work/colour' | grep -q '[[:cntrl:]]'"
ok 'noise' sh -c "'$tool' explain --sysroot '$root' --file '$work/noise' > '$work/out'
	rc=\$?; [ \$rc = 1 ] || [ \$rc = 5 ]"
tap_end
