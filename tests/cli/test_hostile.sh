# SPDX-License-Identifier: GPL-2.0-or-later
# Whatever the names of a host and its guests hold: what is printed commands no terminal,
# turns no line around, and is UTF-8; JSON is JSON, XML is XML.
. "$SRCDIR/tests/support/clitap.sh" || exit 99
export LC_ALL=C.UTF-8
exec < /dev/null
hook=$BUILDDIR/hostdevctl-hook
# Controls but newline and tab, and what separates lines, turns them around, takes no column.
never='[^\P{Cc}\n\t]|[\x{61c}\x{200b}-\x{200f}\x{2028}-\x{202e}\x{2060}-\x{206f}\x{feff}]'
name=$(printf 'b\302\2332Jc\342\200\256d\342\200\250e\342\201\246f')
raw=$(printf 'g\2332Jh\377i\303\033[2Jk\tl')

# printable: is all that clean() has seen since the last time?  And is JSON what has to be?
printable() {
	local said=$work/said json=$work/all.json

	touch "$json"
	if command -v jq > /dev/null && ! jq . "$json" > /dev/null; then
		grep -- --json "$said" | tail -n 30
	elif ! iconv -f UTF-8 -t UTF-8 "$said" > "$work/iconv" 2>&1; then
		echo "not UTF-8 behind:"
		tail -n 2 "$work/iconv" | tail -c 200
	elif grep -nP "$never" "$said" > "$work/found"; then
		head -n 5 "$work/found" | cat -v
		echo "of: $(head -n "$(head -n 1 "$work/found" | cut -d : -f 1)" "$said" | grep '^% ' | tail -n 1)"
	else
		: > "$said"
		: > "$json"
		return 0
	fi
	: > "$said"
	: > "$json"
	return 1
}

# What is JSON: jq reads it all at once, in printable.
is_json() { cat "$work/out" >> "$work/all.json"; }

# A fragment has several roots.
is_xml() {
	command -v xmllint > /dev/null || return 0
	{ echo '<x>'; grep -v '^<?xml' "$work/out"; echo '</x>'; } > "$work/xml"
	xmllint --noout "$work/xml"
}

# clean COMMAND...: no crash; both outputs are kept for printable
clean() {
	local got

	"$@" > "$work/out" 2> "$work/err"
	got=$?
	printf '%% %s\n' "${*//[^a-zA-Z0-9 .:\/-]/?}" >> "$work/said"
	cat "$work/out" "$work/err" >> "$work/said"
	[ $got -le 5 ] || { echo "exit status $got"; return 1; }
}

# ok_clean NAME COMMAND...: like ok, and all that was said is printable
ok_clean() {
	ok "$1" and_printable "${@:2}"
}

and_printable() {
	"$@"
	local got=$?

	printable && return $got
}

# as FORM COMMAND...: and the output, if any, is of that form
as() {
	local form=$1
	shift
	clean "$@" || return
	[ ! -s "$work/out" ] || "is_$form"
}

# on_host ARGUMENTS...: a command on the host, for people and, where it can, for programs
on_host() {
	clean "$tool" "$@" --sysroot "$root" || { echo "of: hostdevctl $*"; return 1; }
	case $1 in
	list|show|check|plan|status|explain)
		as json "$tool" "$@" --json --sysroot "$root" ||
			{ echo "of: hostdevctl $* --json"; return 1; } ;;
	esac
}

# as_xml ARGUMENTS...
as_xml() {
	as xml "$tool" "$@" --sysroot "$root" || { echo "of: hostdevctl $*"; return 1; }
}

# as_page ARGUMENTS...: HTML whose only script is ours, or nothing
as_page() {
	local n
	n=$("$tool" "$@" --sysroot "$root" | tee "$work/page" | grep -oi '<script' | wc -l)
	[ ! -s "$work/page" ] || { [ "$n" = 1 ] && ! grep -qi '<[a-z]*[^>]* on[a-z]*=' "$work/page"; } ||
		{ echo "of: hostdevctl $*"; return 1; }
}

columns=$("$tool" list --help | sed -n '1,/^Columns:/d; s/^  \([a-z_]*\) .*/\1/p' | paste -sd,)

# Of the devices the first ones, and what may hang on them.
all_commands() {
	local device bad=0
	local devices=("$root"/sys/bus/pci/devices/*)

	on_host list --output "$columns" || bad=1
	on_host list --tree || bad=1
	on_host map || bad=1
	as_xml map --svg --all || bad=1
	as_page map --html || bad=1
	on_host check || bad=1
	on_host status || bad=1
	on_host setup || bad=1
	on_host doctor || bad=1
	on_host capture || bad=1
	on_host explain --journal || bad=1
	for device in "${devices[@]:0:4}" usb:1-1 /dev/ttyUSB0 eth0; do
		device=${device##*/}
		on_host show "$device" || bad=1
		on_host plan "$device" || bad=1
		as_xml xml "$device" || bad=1
	done
	clean "$tool" complete -- show --sysroot "$root" '' || bad=1
	return $bad
}

# HOSTILE_SEEDS="2 3 4": hostile elsewhere.
for file in "$SRCDIR"/tests/hosts/*.tree; do
	for seed in ${HOSTILE_SEEDS:-1}; do
		tree hostile "$seed" "$file"
		ok_clean "$(basename "$file" .tree), seed $seed" all_commands
		rm -rf "$root"
	done
done

# What a guest's own XML may say, and what the command line may: root's, but seldom its own words.
tree good $DISK=0x010802,12,nvme
mkdir -p "$root/etc/libvirt/qemu" "$root/run/libvirt/qemu"
cat > "$work/guest.xml" <<XML
<domain type='kvm'>
  <name>$name</name><title>$name</title>
  <uuid>6a2e4a50-2f5d-4c11-9b0c-0d2f3c1a7e55</uuid>
  <memoryBacking><hugepages><page size='1' unit='$name' nodeset='$name'/></hugepages></memoryBacking>
  <numatune><memory mode='strict' nodeset='$name'/></numatune>
  <os><type arch='x86_64' machine='$name'>hvm</type></os>
  <metadata>
    <hd:hostdevctl xmlns:hd='urn:hostdevctl:guest:1'><hd:allow check='$name' device='$name'/>
    </hd:hostdevctl>
  </metadata>
  <devices>
    <hostdev mode='subsystem' type='pci' managed='no'>
      <source><address domain='0x0000' bus='0x01' slot='0x00' function='0x0'/></source>
      <rom file='/$name'/>
    </hostdev>
    <serial type='dev'><source path='/dev/$name'/></serial>
    <interface type='network'><source network='$name'/></interface>
  </devices>
</domain>
XML
sed "s/ nodeset='[^']*'//; s/ unit='[^']*'//; /hd:/d; /metadata/d" "$work/guest.xml" > "$work/plain.xml"
{ printf '<domstatus state="running" pid="1">'; cat "$work/plain.xml"; echo '</domstatus>'; } \
	> "$work/status.xml"
for file in guest plain; do
	ok_clean "$file, from a file" on_host check --xml "$work/$file.xml"
	ok_clean "$file, its plan" on_host plan --xml "$work/$file.xml"
	for operation in prepare/begin start/begin release/end reconnect/begin; do
		ok_clean "$file: the hook, $operation" clean "$hook" --sysroot "$root" "$name$raw" \
			"${operation%/*}" "${operation#*/}" - < "$work/$file.xml"
	done
done
ok_clean 'the hook, without XML' clean "$hook" --sysroot "$root" "$name$raw" prepare begin -
cp "$work/plain.xml" "$root/etc/libvirt/qemu/$raw.xml"
cp "$work/status.xml" "$root/run/libvirt/qemu/$raw.xml"
ok_clean 'a guest that runs' all_commands
ok_clean 'a guest by its name' on_host check "$name"
for word in "$name" "$raw"; do
	for command in show check plan xml detach reattach attach detach-from setup explain; do
		ok_clean "'$command' of a bad word" clean "$tool" "$command" "$word" "$word" --sysroot "$root"
		ok_clean "'$command' with a bad option" clean "$tool" "$command" "--$word" --sysroot "$root"
	done
	ok_clean 'a bad command' clean "$tool" "$word"
	ok_clean 'options of bad words' clean "$tool" check --allow "$word=$word" --xml "$word"
	ok_clean 'a bad root' clean "$tool" list --sysroot "/$word"
	ok_clean 'a bad host file' clean "$tool" list --host "/$word"
	ok_clean 'a bad column' clean "$tool" list --output "$word"
	ok_clean 'a bad kind' clean "$tool" list --kinds "$word"
	ok_clean 'a bad text' on_host explain "vfio-pci $DISK: $word: Unable to attach group"
done
tap_end
