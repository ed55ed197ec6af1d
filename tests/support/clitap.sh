# SPDX-License-Identifier: GPL-2.0-or-later
# clitap.sh - for the tests of hostdevctl: runs it and looks at status and output.
. "$SRCDIR/tests/support/tap.sh" || exit 99
tool=$BUILDDIR/hostdevctl
work=$(mktemp -d) || exit 99
trees=
trap 'rm -rf "$work" $trees' EXIT

# libeconf 0.5 loses eight bytes of its own in econf_readDirs().
echo 'leak:econf_readDirs' > "$work/lsan"
export LSAN_OPTIONS=print_suppressions=0:suppressions=$work/lsan

# tree ARGUMENTS-OF-MAKETREE...: sets $root
tree() {
	root=$("$BUILDDIR/tests/maketree" "$@") || exit 99
	trees="$trees $root"
}

# keep_json COMMAND ARGUMENTS...: what it wrote as JSON, for the end of the test
keep_json() {
	local word command=$1
	[ -s "$work/out" ] || return 0
	for word in "$@"; do
		case $word in
		--) return ;;
		--json | -j)
			mkdir -p "$work/json"
			cp "$work/out" "$(mktemp "$work/json/$command.XXXXXX")"
			return ;;
		esac
	done
}

# A python that has jsonschema: Debian's, or the one that is found first.
find_python() {
	local python
	for python in /usr/bin/python3 python3; do
		"$python" -c 'import jsonschema' 2> /dev/null && { echo "$python"; return; }
	done
	return 1
}

# JSON of all commands that a test ran is what docs/hostdevctl.schema.json says.
tap_end() {
	local python
	if [ ! -d "$work/json" ]; then
		:
	elif python=$(find_python); then
		ok 'all JSON follows the schema' "$python" "$SRCDIR/tests/support/validate.py" \
			"$SRCDIR/docs/hostdevctl.schema.json" "$work"/json/*
	else
		skip 'all JSON follows the schema' 'there is no python3-jsonschema'
	fi
	echo "1..$tap_n"
}

# run WANTED ARGUMENTS...: exit status as wanted; leaves $work/out and $work/err
run() {
	local wanted=$1 got
	shift
	"$tool" "$@" > "$work/out" 2> "$work/err" < /dev/null
	got=$?
	keep_json "$@"
	[ "$got" = "$wanted" ] && return
	echo "hostdevctl $*: exit status $got, not $wanted"
	cat "$work/out" "$work/err"
	return 1
}

# prints WANTED TEXT ARGUMENTS...: the exit status, and TEXT on standard output
prints() {
	local wanted=$1 text=$2
	shift 2
	run "$wanted" "$@" || return
	grep -qF -- "$text" "$work/out" && return
	echo "not on standard output: $text"
	cat "$work/out" "$work/err"
	return 1
}

# complains WANTED TEXT ARGUMENTS...: the exit status, and TEXT on standard error
complains() {
	local wanted=$1 text=$2
	shift 2
	run "$wanted" "$@" || return
	grep -qF -- "$text" "$work/err" && return
	echo "not on standard error: $text"
	cat "$work/out" "$work/err"
	return 1
}

# driver ADDRESS WANTED: the function's driver in $root ("-": none)
driver() {
	local link=$root/sys/bus/pci/devices/$1/driver got=-
	[ -L "$link" ] && got=$(basename "$(readlink "$link")")
	[ "$got" = "$2" ] || { echo "$1 is on $got, not $2"; return 1; }
}

# json FILTER: the last output is one JSON value, and the filter holds for it
json() {
	command -v jq > /dev/null || return 0
	jq -e -s "length == 1 and (.[0] | $1)" "$work/out" > /dev/null || { cat "$work/out"; return 1; }
}

# libvirt's part is a module that a build may lack.
has_libvirt() {
	grep -q '^#define HAVE_LIBVIRT' "$BUILDDIR/config.h"
}

DISK=0000:01:00.0 GPU=0000:02:00.0 SOUND=0000:02:00.1 NIC=0000:03:00.0
kernel=$BUILDDIR/.libs/libpreloadkernel.so

# bus_host: a good host whose PCI bus answers to writes under fake(); ends the test if it cannot
bus_host() {
	[ -e "$kernel" ] || { echo '1..0 # SKIP there is no libpreloadkernel.so'; exit 0; }
	tree good $DISK=0x010802,12,nvme $GPU=0x030000,13,nouveau \
		$SOUND=0x040300,13,snd_hda_intel $NIC=0x020000,14,vfio-pci
	mkdir -p "$root/fake/natural" "$root/fake/refuses-vfio"
	echo nvme > "$root/fake/natural/$DISK"
	echo nouveau > "$root/fake/natural/$GPU"
	echo snd_hda_intel > "$root/fake/natural/$SOUND"
	echo e1000e > "$root/fake/natural/$NIC"
	: > "$root/sys/bus/pci/drivers_probe"
	for driver in e1000e nouveau nvme snd_hda_intel vfio-pci; do
		mkdir -p "$root/sys/bus/pci/drivers/$driver"
		: > "$root/sys/bus/pci/drivers/$driver/unbind"
	done
}

# disk_guest: the definition of win11, to which the disk goes
uuid=6a2e4a50-2f5d-4c11-9b0c-0d2f3c1a7e55
disk_guest() {
	cat <<-XML
	<domain type='kvm'>
	  <name>win11</name>
	  <uuid>$uuid</uuid>
	  <memory unit='KiB'>65536</memory>
	  <os><type arch='x86_64' machine='q35'>hvm</type></os>
	  <devices>
	    <hostdev mode='subsystem' type='pci' managed='no'>
	      <source><address domain='0x0000' bus='0x01' slot='0x00' function='0x0'/></source>
	    </hostdev>
	  </devices>
	</domain>
	XML
}

# fake COMMAND...: on a bus that answers; a sanitizer's library wants to be the first
fake() {
	local first
	first=$(ldd "$tool" | awk '/libasan/ { print $3 ":" }')
	LD_PRELOAD=$first$kernel LD_LIBRARY_PATH=$BUILDDIR/.libs "$@"
}
