# SPDX-License-Identifier: GPL-2.0-or-later
# check --against finds nothing in what export writes, and what must not be offered in all else.
. "$SRCDIR/tests/support/clitap.sh" || exit 99
command -v jq > /dev/null || { echo '1..0 # SKIP there is no jq'; exit 0; }
formats='nova proxmox'
! grep -q '^#define HAVE_LIBYAML' "$BUILDDIR/config.h" || formats='nova proxmox kubevirt harvester'

# exports FORMAT: of $root, to $work/FORMAT
exports() { run 0 export "$1" --node node1 --sysroot "$root" && cp "$work/out" "$work/$1"; }

# against STATUS FILE: its report as JSON, in $work/out
against() {
	run "$1" check --against "$2" --node node1 --json --sysroot "$root"
}

# failed FILTER: a finding that is not a pass, for which the filter of jq holds
failed() { json "any(.findings[]; .verdict != \"pass\" and ($1))"; }

# finds ID TEXT LINES...: as nova.conf with [pci] before the lines, of which one finding has this id and evidence
finds() {
	local id=$1 text=$2
	shift 2
	{ echo '[pci]'; printf '%s\n' "$@"; } > "$work/nova.conf"
	against 1 "$work/nova.conf" && failed ".id == \"$id\" and (.evidence | contains(\"$text\"))"
}

# says STATUS ID TEXT FILE: the same of any file
says() {
	against "$1" "$4" && failed ".id == \"$2\" and (.evidence | contains(\"$3\"))"
}

spec() { echo "device_spec = {$1}"; }

# is_kept FORMAT: nothing is found in what is exported
is_kept() {
	exports "$1" && against 0 "$work/$1" && json '.ready and all(.findings[]; .verdict == "pass")'
}

# tells_all: if all is offered, each device that is not ready is named, and none that may go
tells_all() {
	printf '[pci]\ndevice_spec = {"address": "*:*"}\n' > "$work/all"
	"$tool" list --kind pci --json -o address,verdict --sysroot "$root" > "$work/list" 2> /dev/null || return
	"$tool" check --against "$work/all" --json --sysroot "$root" > "$work/out" 2> "$work/err"
	jq -e -n --slurpfile list "$work/list" --slurpfile got "$work/out" '
		[$list[0].devices[] | select(.verdict != "ready") | .address] as $bad |
		[$got[0].findings[] | select(.verdict == "fail" and (.id | IN("offered-free", "offered-unambiguous",
			"offered-vfs-apart"))) | .subject | split(": ") | .[-1]] as $found |
		($bad - $found) == []' > /dev/null && return
	cat "$work/out"
	return 1
}

# spoils FORMAT SED: what is exported has findings once it is changed, if anything is exported
spoils() {
	exports "$1" && sed "$2" "$work/$1" > "$work/spoilt" || return
	! cmp -s "$work/$1" "$work/spoilt" || return 0
	"$tool" check --against "$work/spoilt" --node node1 --json --sysroot "$root" > "$work/out" 2> "$work/err"
	failed true
}

for file in "$SRCDIR"/tests/hosts/*.tree "$SRCDIR"/tests/hosts/odd/*.tree; do
	name=$(basename "$file" .tree)
	tree "$file"
	for format in $formats; do
		ok "$name: what export $format writes" is_kept "$format"
	done
	ok "$name: all that is offered and must not be" tells_all
	ok "$name: nova: another id" spoils nova 's/^\(device_spec.*"product_id": "\)..../\1fffe/'
	ok "$name: proxmox: another group" spoils proxmox 's/iommugroup=/&9/'
	ok "$name: proxmox: no subsystem" spoils proxmox 's/,subsystem-id=[0-9a-f:]*//'
	ok "$name: proxmox: another address" spoils proxmox 's/path=0000:/path=00fe:/'
	case $formats in *kubevirt*)
		ok "$name: kubevirt: another id" spoils kubevirt 's/Selector: ".*/Selector: "FFFE:FFFE"/'
		ok "$name: harvester: another address" spoils harvester 's/address: "0000:/address: "00fe:/'
	esac
done

tree "$SRCDIR/tests/hosts/workstation.tree"
ok 'the root disk' finds offered-free 'storage-free: ' "$(spec '"address": "0000:02:00.0"')"
ok 'with file, line and object' failed ".subject == \"$work/nova.conf:2: device_spec: 0000:02:00.0\""
ok 'and the way out' failed '.remedy == "remove it from the configuration: it stays with the host"'
ok 'by a wildcard' finds offered-free 'storage-free: ' '# a comment' "$(spec '"address": "*:02:00.*"')"
ok 'by an expression' finds offered-free 'storage-free: ' "$(spec '"address": {"bus": "0[2-3]", "slot": "00"}')"
ok 'in its line' failed '.subject | test("nova.conf:2: device_spec: 0000:02:00.0$")'
ok 'what can be freed' finds offered-free 'mounted' "$(spec '"address": "0000:00:14.0"')"
ok 'how it is freed' failed '.commands == ["umount /srv/stick", "hostdevctl check 0000:00:14.0"]'
ok 'by vendor' finds offered-free 'network-free: ' "$(spec '"vendor_id": "8086", "address": "0000:00:1f.6"')"
ok 'by interface' finds offered-free '0000:00:1f.6 -> eno1 -> default route' "$(spec '"devname": "eno1"')"
ok 'by one that is not here' eval '{ echo "[pci]"; spec "\"devname\": \"eth9\""; } > "$work/eth9" &&
	says 0 offer-matches "no device of this host is interface eth9" "$work/eth9"'
ok 'part of a group' finds offered-group-whole 'IOMMU group 1 also has 0000:01:00.1, not offered' \
	"$(spec '"address": "0000:01:00.0"')"
# rest_on DRIVER: of the group, 0000:01:00.1 is there without being offered, and has this driver (none if it is empty)
rest_on() {
	local rest had status
	rest=$root/sys/devices/pci0000:00/0000:00:01.0/0000:01:00.1/driver
	had=$(readlink "$rest") && rm "$rest" || return
	[ -z "$1" ] || ln -s "../../../../bus/pci/drivers/$1" "$rest" || return
	{ echo '[pci]'; spec '"address": "0000:01:00.0"'; } > "$work/rest"
	against 0 "$work/rest" && json 'all(.findings[]; .id != "offered-group-whole" or .verdict == "pass")'
	status=$?
	ln -sfn "$had" "$rest" && return "$status"
}
ok 'the rest on VFIO' rest_on vfio-pci
ok 'the rest on pci-stub' rest_on pci-stub
ok 'the rest without a driver' rest_on ''
ok 'the whole of it' eval '{ echo "[pci]"; spec "\"address\": \"0000:01:00.*\""; } > "$work/whole" &&
	against 0 "$work/whole"'
ok 'a function with its virtual functions' finds offered-vfs-apart '0000:03:10.0, ' "$(spec '"address": "0000:03:00.0"')"
ok 'which Nova takes as well' failed '.subject | endswith(": 0000:03:10.0")'
ok 'a function in parts' finds offered-vfs-apart '0000:03:10.0, ' \
	"$(spec '"address": {"domain": "0000", "bus": "03", "slot": "00", "function": "0"}')"
ok 'with the virtual functions' failed '.subject | endswith(": 0000:03:10.0")'
ok 'nothing' finds offered-free 'storage-free: ' "$(spec '"address": "0000:02:00.0"')" \
	"$(spec '"vendor_id": "10de", "product_id": "2684"')"
ok 'at an empty address' failed '.id == "offer-matches" and .severity == "warning" and
	.evidence == "no device of this host is 10de:2684"'
ok 'another device there' finds offer-up-to-date '0000:01:00.0: it is 10de:1b80 here' \
	"$(spec '"vendor_id": "10de", "product_id": "2684", "address": "0000:01:00.0"')"
ok 'a device that cannot migrate' finds offer-migratable '0000:04:00.0 (vfio-pci)' \
	"$(spec '"address": "0000:04:00.0", "live_migratable": "yes"')"
ok 'as text' prints 1 'nova.conf: not ready (1 error, 0 warnings' check --against "$work/nova.conf" --sysroot "$root"
ok 'what passed' prints 1 'ok       offered-free' check --against "$work/nova.conf" --sysroot "$root" --verbose

sed -n '/^== proxmox/,$p' "$SRCDIR/tests/cli/export-workstation.txt" | sed '1d; /^#/d' > "$work/pci.cfg"
ok 'a mapping' against 0 "$work/pci.cfg"
for change in 's/iommugroup=1,/iommugroup=15,/|iommugroup is 1 here, not 15' 's/id=10de:1b80/id=10de:1b81/|id is 10de:1b80 here, not 10de:1b81' \
	's/,subsystem-id=[0-9a-f:]*//|subsystem-id is missing; it is ' 's/iommugroup=[0-9]*,//|iommugroup is missing; it is 1'
do
	sed "${change%%|*}" "$work/pci.cfg" > "$work/changed.cfg"
	ok "a mapping after ${change%%|*}" says 1 offer-up-to-date "${change#*|}" "$work/changed.cfg"
done
sed 's/path=0000:01:00/path=0000:0a:00/' "$work/pci.cfg" > "$work/changed.cfg"
ok 'a mapping of no card' says 1 offer-matches 'does not have the function 0000:0a:00.0' "$work/changed.cfg"
ok 'in its line' failed '.subject | test("changed.cfg:[0-9]+: mapping vga-10de-1b80$")'
sed 's/node=node1/node=node2/' "$work/pci.cfg" > "$work/other.cfg"
ok 'of another node' eval 'against 0 "$work/other.cfg" && json ".findings == [] and (.notes[0] | contains(\"of node node1, but of node2\"))"'
ok 'whose name is unknown' complains 2 'the name of this host is unknown; give it with --node NAME' \
	check --against "$work/pci.cfg" --sysroot "$root"
printf 'vgpu\n\tmdev 1\n\tmap id=8086:5917,node=node1,path=0000:02:00.0\n' > "$work/mdev.cfg"
ok 'only mediated devices of it' eval 'says 1 offer-up-to-date "id is " "$work/mdev.cfg" &&
	json "(.notes[0] | contains(\"only mediated devices\")) and all(.findings[]; .id != \"offered-free\")"'

if [ "$formats" != 'nova proxmox' ]; then
	id=$("$tool" list 0000:00:1f.6 --json -o id --sysroot "$root" | jq -r '.devices[0].id')
	exports kubevirt
	sed "s/\"10DE:1B80\"/\"$id\"/" "$work/kubevirt" > "$work/kubevirt.yaml"
	ok 'YAML' says 1 offered-free 'network-free: ' "$work/kubevirt.yaml"
	ok 'of which the line is known' failed '.subject | contains("kubevirt.yaml:6: pciHostDevices[0] hostdevctl/")'
	ok 'and the rest of the group' failed '.id == "offered-group-whole" and (.evidence | contains("0000:01:00.0"))'
	printf 'kind: &a KubeVirt\nspec: *a\n' > "$work/alias.yaml"
	ok 'but no alias' complains 3 'alias.yaml: line 2: an alias (*name) is not read here' \
		check --against "$work/alias.yaml" --sysroot "$root"
else
	echo 'kind: KubeVirt' > "$work/kubevirt.yaml"
	ok 'no YAML' complains 3 'hostdevctl was built without libyaml; give it JSON (kubectl get -o json)' \
		check --against "$work/kubevirt.yaml" --sysroot "$root"
fi

# The same selector for two cards, one of which the host needs.
card=$(readlink -f "$root/sys/bus/pci/devices/0000:00:1f.6")
rm "$card/modalias"
cat "$(readlink -f "$root/sys/bus/pci/devices/0000:04:00.0")/vendor" > "$card/vendor"
cat "$(readlink -f "$root/sys/bus/pci/devices/0000:04:00.0")/device" > "$card/device"
selector='{"kind": "KubeVirt", "spec": {"configuration": {"permittedHostDevices": {"pciHostDevices": [
	{"pciVendorSelector": "9710:9922", "resourceName": "example.org/serial"%s}]}}}}\n'
# shellcheck disable=SC2059
printf "$selector" '' > "$work/kubevirt.json"
ok 'an ambiguous selector' says 1 offered-unambiguous '9710:9922 also selects 0000:00:1f.6, which must not be given away: network-free' \
	"$work/kubevirt.json"
ok 'names what is ambiguous' failed '.subject | endswith("kubevirt.json: pciHostDevices[0] example.org/serial (9710:9922): 0000:00:1f.6")'
ok 'with the way out' failed '.remedy | startswith("KubeVirt cannot select by address: remove the selector, or free")'
# shellcheck disable=SC2059
printf "$selector" ', "externalResourceProvider": true' > "$work/external.json"
ok 'unless another plugin chooses' eval 'against 0 "$work/external.json" &&
	json ".notes[0] | contains(\"another device plugin chooses\")"'
ok 'Nova can have an address' finds offered-unambiguous 'also selects 0000:00:1f.6' \
	"$(spec '"vendor_id": "9710", "product_id": "9922"')"
ok 'and is told so' failed '.remedy | startswith("add \"address\" to the entry")'
ok 'from standard input' eval '"$tool" check --against - --sysroot "$root" < "$work/kubevirt.json" > "$work/out"
	[ $? = 1 ] && grep -q "standard input: pciHostDevices\[0\]" "$work/out"'
printf '{"kind": "PCIDeviceClaim", "metadata": {"name": "n"}, "spec": {"address": "0000:0a:00.0", "nodeName": "node1"}}' \
	> "$work/claim.json"
ok 'a claim of no function' says 1 offer-matches 'does not have the function 0000:0a:00.0' "$work/claim.json"

printf '%s' '{"kind": "KubeVirt", "spec": {"configuration": {"permittedHostDevices": {"usb": [{"resourceName": "a/b",
	"selectors": [{"vendor": "046d", "product": "c31c"}, {"vendor": "dead", "product": "beef"}]}]}}}}' > "$work/usb.json"
ok 'one that other hosts have' eval '"$tool" check --against "$work/usb.json" --json --sysroot "$root" > "$work/out"
	failed ".id == \"offer-matches\" and .severity == \"note\" and (.remedy | startswith(\"nothing to do\"))"'

# Two keyboards: each may go, but not both.
tree=$SRCDIR/tests/hosts/gpu-with-usb.tree
{
	cat "$tree"
	sed -n '/^@ .*\/usb1\/1-2$/,/^@ sys\/class\/input$/p; /^event3 ->/p; /^@ sys\/bus\/usb\/devices$/p; /^1-2\(:1.0\)\? ->/p' \
		"$tree" | sed 's/1-2/1-3/g; s/event3/event4/g; s/input4/input5/g; s/c31c/c31d/g; s/C31C/C31D/g
			s/^devnum = 3/devnum = 4/; s/189:2/189:3/; s/13:67/13:68/'
} > "$work/two.tree"
tree "$work/two.tree"
keyboards='{"kind": "KubeVirt", "spec": {"configuration": {"permittedHostDevices": {"usb": [
	{"resourceName": "a/b", "selectors": [{"vendor": "046d", "product": "c31c"}%s]}]}}}}'
# shellcheck disable=SC2059
printf "$keyboards" '' > "$work/one.json"
# shellcheck disable=SC2059
printf "$keyboards" ', {"vendor": "046d", "product": "c31d"}' > "$work/both.json"
ok 'one of two keyboards' against 0 "$work/one.json"
ok 'but not both' says 1 offered-together 'ready by itself, but not beside all others that are offered: usb-free: ' \
	"$work/both.json"

ok 'no such file' complains 3 'cannot open ' check --against "$work/none" --sysroot "$root"
echo 'hello, world' > "$work/hello"
ok 'no such format' complains 3 'hello: not a configuration of a scheduler that can be checked; known are: nova.conf' \
	check --against "$work/hello" --sysroot "$root"
printf '[pci]\ndevice_spec = {"vendor_id": "10de"\n' > "$work/cut"
ok 'a line that cannot be read' complains 3 'cut: line 2: device_spec: the value is not JSON: ' \
	check --against "$work/cut" --sysroot "$root"
ok 'which is JSON for programs' eval 'run 3 check --against "$work/cut" --json --sysroot "$root" && json ".ready == false"'
for nothing in '' '\n' ' \r\n\t'; do
	# shellcheck disable=SC2059
	printf "$nothing" > "$work/empty"
	ok "an empty file: '$nothing'" complains 3 'empty is empty: ' check --against "$work/empty" --sysroot "$root"
done
ok 'as standard input' eval '"$tool" check --against - --sysroot "$root" < /dev/null 2> "$work/err"
	[ $? = 3 ] && grep -q "standard input is empty: " "$work/err"'
echo '# nothing is offered' > "$work/comment"
ok 'a comment is not nothing' run 0 check --against "$work/comment" --sysroot "$root"
head -c 1048577 /dev/zero | tr '\0' '\n' > "$work/large"
ok 'a file that is too large' complains 3 'more than 1048576 bytes' check --against "$work/large" --sysroot "$root"
ok 'not with a device' complains 2 '--against and an operand cannot be combined' check --against "$work/cut" 01:00.0
ok 'not with a guest' complains 2 '--against and --xml cannot be combined' check --against "$work/cut" --xml x
ok 'nothing is allowed' complains 2 '--against and --allow cannot be combined' check --against "$work/cut" --allow a=b
ok 'a node without it' complains 2 '--node is for --against' check --node a --sysroot "$root"
tap_end
