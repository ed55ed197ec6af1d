# SPDX-License-Identifier: GPL-2.0-or-later
# Schedulers can read what export prints, and it offers nothing that it must not.
. "$SRCDIR/tests/support/clitap.sh" || exit 99
formats='nova kubevirt harvester proxmox'
columns=+id,kind,subsystem,physical_function,vfs,used_by,verdict,parent
python=
/usr/bin/python3 -c 'import jsonschema, yaml' 2> /dev/null && python=/usr/bin/python3

# exports FORMAT: of $root, to $work/FORMAT
exports() {
	run 0 export "$1" --node node1 --sysroot "$root" && cp "$work/out" "$work/$1"
}

# whole_host NAME: all formats of $root, which all_are_read reads at the end
whole_host() {
	"$tool" list --json -o $columns --sysroot "$root" > "$work/list" 2> /dev/null
	for format in $formats; do
		ok "$1: $format" exports "$format"
	done
	mkdir -p "$work/hosts/$1"
	(cd "$work" && cp list $formats "hosts/$1")
}

is_read() { grep -qxF "read: $1" "$work/read" || { cat "$work/read"; return 1; }; }

# all_are_read: each as its scheduler reads it, in one run of python for all hosts
all_are_read() {
	local host
	[ ! "$python" ] || "$python" "$SRCDIR/tests/support/schedulers.py" "$work"/hosts/* > "$work/read" 2>&1
	for host in "$work"/hosts/*; do
		host=${host##*/}
		if [ "$python" ]; then
			ok "$host: all can be read, and offer what may be" is_read "$host"
		else
			skip "$host: all can be read" 'there is no python3-yaml or python3-jsonschema'
		fi
	done
}

# as_before NAME: NAME.txt has all formats
as_before() {
	for format in $formats; do
		echo "== $format"
		cat "$work/$format"
	done > "$work/all"
	[ -z "${HD_UPDATE_GOLDEN-}" ] || cp "$work/all" "$SRCDIR/tests/cli/$1.txt"
	diff -u "$SRCDIR/tests/cli/$1.txt" "$work/all"
}

# says FORMAT TEXT
says() {
	exports "$1" && grep -qF -- "$2" "$work/$1" && return
	echo "not exported: $2"
	cat "$work/$1"
	return 1
}

# lacks FORMAT TEXT
lacks() { exports "$1" && ! grep -vh '^#' "$work/$1" | grep -F -- "$2"; }

for file in "$SRCDIR"/tests/hosts/*.tree "$SRCDIR"/tests/hosts/odd/*.tree; do
	name=$(basename "$file" .tree)
	tree "$file"
	whole_host "$name"
	[ ! -e "$SRCDIR/tests/cli/export-$name.txt" ] || ok "$name as before" as_before "export-$name"
done

tree "$SRCDIR/tests/hosts/workstation.tree"
ok 'a name for the node' complains 2 'the name of this host is unknown; give it with --node NAME' \
	export proxmox --sysroot "$root"
mkdir -p "$root/proc/sys/kernel"
echo pve1.example.org > "$root/proc/sys/kernel/hostname"
ok 'which the host may know' prints 0 'node=pve1,' export proxmox --sysroot "$root"
ok 'with its domain for others' prints 0 'nodeName: "pve1.example.org"' export harvester --sysroot "$root"
ok 'which is no syntax' complains 2 "'a,path=b' is not a name of a node of Proxmox VE" \
	export proxmox --node a,path=b --sysroot "$root"
ok 'nor a line' complains 2 'is not a name of a node' export harvester --node 'a
b' --sysroot "$root"
ok 'no such format' complains 2 "'nove' is not a format that can be exported; did you mean 'nova'?" export nove

ok 'of a captured host, too' eval 'run 0 capture --sysroot "$root" && cp "$work/out" "$work/captured" &&
	exports nova && run 0 export nova --host "$work/captured" &&
	[ "$(grep -v "^#" "$work/out")" = "$(grep -v "^#" "$work/nova")" ]'
ok 'which does not have its guests' grep -qF 'note: a captured host does not have its guests' "$work/err"

# Its VFIO driver can save its state.
function=$(readlink -f "$root/sys/bus/pci/devices/0000:04:00.0")
mkdir -p "$root/sys/bus/pci/drivers/mlx5_vfio_pci" "$function/vfio-dev/vfio0"
ln -sfn "$root/sys/bus/pci/drivers/mlx5_vfio_pci" "$function/driver"
whole_host 'a variant driver'
ok 'a device that can migrate' says nova '"address": "0000:04:00.0", "live_migratable": "yes"}'
ok 'is asked for as one' says nova '"name": "serial-9710-9922-migratable", "live_migratable": "yes"}'
ok 'others are not' says nova '"address": "0000:01:00.0"}'
ok 'a mapping of it' eval 'exports proxmox && grep -A2 -x "serial-9710-9922-migratable" "$work/proxmox" |
	grep -qx "	live-migration-capable 1"'

# A driver names its types as it likes.
mdev=$(ls -d "$root"/sys/devices/pci*/*/*-*-*-*-*/mdev_type)
printf 'GRID "T4": {\\x}\n- # \177\302\205\303\251' > "$mdev/name"
ok 'a type by its name' says kubevirt 'mdevNameSelector: "GRID \"T4\": {\\x}?- # ??'
ok 'that is a name of a resource, too' says kubevirt 'resourceName: hostdevctl/mdev-grid-t4-x'
[ ! "$python" ] || ok 'is one string' "$python" -c 'import sys, yaml
got = yaml.safe_load(open(sys.argv[1]))["spec"]["configuration"]["permittedHostDevices"]["mediatedDevices"]
assert len(got) == 1 and got[0]["mdevNameSelector"] == "GRID \"T4\": {\\x}?- # ??\u00e9", got' "$work/kubevirt"

# Two keyboards: each may go, but not both.
tree=$SRCDIR/tests/hosts/gpu-with-usb.tree
{
	cat "$tree"
	sed -n '/^@ .*\/usb1\/1-2$/,/^@ sys\/class\/input$/p; /^event3 ->/p; /^@ sys\/bus\/usb\/devices$/p; /^1-2\(:1.0\)\? ->/p' \
		"$tree" | sed 's/1-2/1-3/g; s/event3/event4/g; s/input4/input5/g; s/c31c/c31d/g; s/C31C/C31D/g
			s/^devnum = 3/devnum = 4/; s/189:2/189:3/; s/13:67/13:68/'
} > "$work/two.tree"
tree "$work/two.tree"
whole_host 'two keyboards'
ok 'both are ready' eval '[ "$("$tool" list usb --free --sysroot "$root" | grep -c "046d:c31\|usb:1-[23]")" = 2 ]'
ok 'neither is offered' eval 'lacks kubevirt c31c && lacks kubevirt c31d'
ok 'and it is said why' says kubevirt 'usb:1-2, usb:1-3: ready, but with all others it needs usb-free'
all_are_read
tap_end
