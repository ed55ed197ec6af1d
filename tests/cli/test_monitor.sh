# SPDX-License-Identifier: GPL-2.0-or-later
# Changes are said as they happen, one line each, and the end of the reader ends it.
. "$SRCDIR/tests/support/clitap.sh" || exit 99
bus_host
disk_guest > "$work/guest.xml"
events=$work/events

# start OPTIONS...: in the background as $pid
start() {
	"$tool" monitor --sysroot "$root" "$@" > "$events" 2> "$work/err" < /dev/null &
	pid=$!
}

# stop: $status is how it ended
stop() {
	kill "$pid"
	wait "$pid"
	status=$?
}

# said PATTERN: a line that fits comes, at some time
said() {
	local _
	for _ in $(seq 600); do
		grep -q -e "$1" "$events" && return
		sleep 0.1
	done
	echo "not said: $1"
	cat "$events"
	return 1
}

# says PATTERN COMMAND...: what was said before is forgotten
says() {
	local pattern=$1
	shift
	: > "$events"
	"$@" && said "$pattern"
}

define() { cp "$work/guest.xml" "$root/$1.new" && mv "$root/$1.new" "$root/$1"; }
held='^{"event":"held"}$'

# ends_with_reader: nothing happens, and yet it notices
ends_with_reader() {
	local line
	local pid
	mkfifo "$work/pipe"
	"$tool" monitor --sysroot "$root" > "$work/pipe" &
	pid=$!
	exec 3< "$work/pipe"
	read -r line <&3
	exec 3<&-
	wait "$pid" && [ "$line" = 'waiting for changes; end it with Ctrl-C' ]
}

rm -rf "$root/run/libvirt" "$root/etc/libvirt" "$root/run/hostdevctl"
start --json
ok 'it starts where there is nothing yet, and watches all' said \
	'^{"event":"ready","api_level":1,"unwatched":\[\]}$'
cp "$events" "$work/ready"
ok 'a folder that is made' says '"event":"lost","source":"guests"' mkdir -p "$root/etc/libvirt/qemu"
ok 'a guest that is defined' says '^{"event":"guest","name":"win11","state":"defined"}$' \
	define etc/libvirt/qemu/win11.xml
ok 'once, and under no other name' eval '[ "$(wc -l < "$events")" = 1 ]'
mkdir -p "$root/run/libvirt/qemu"
said '"lost"'
ok 'one that starts' says '"name":"win11","state":"running"' define run/libvirt/qemu/win11.xml
ok 'one that stops' says '"state":"stopped"' rm "$root/run/libvirt/qemu/win11.xml"
ok 'one that is undefined' says '"state":"undefined"' rm "$root/etc/libvirt/qemu/win11.xml"
ok 'a device that is taken' says '"event":"lost","source":"held"' \
	fake "$tool" detach --sysroot "$root" $DISK
ok 'and given back' says "$held" fake "$tool" reattach --sysroot "$root" $DISK
ok 'and taken again' says "$held" fake "$tool" detach --sysroot "$root" $DISK
ok 'the next one comes after all of that' says '"defined"' define etc/libvirt/qemu/a.xml
: > "$events"
ok 'who only looks' run 0 status --json --sysroot "$root"
ok 'changes nothing: the next line is another one' says '"defined"' define etc/libvirt/qemu/b.xml
ok 'only that' eval '! grep -q held "$events"'
ok 'a folder that is moved away' says '"lost","source":"guests"' \
	mv "$root/etc/libvirt/qemu" "$root/etc/libvirt/old"
ok 'and made again' says '"lost","source":"guests"' mkdir "$root/etc/libvirt/qemu"
ok 'is watched again' says '"name":"c","state":"defined"' define etc/libvirt/qemu/c.xml
# All at once for who is stopped meanwhile, however slow this is.
many_guests() {
	kill -STOP "$pid"
	for i in $(seq 400); do : > "$root/etc/libvirt/qemu/guest$i.xml"; done
	kill -CONT "$pid"
}
ok 'more than it keeps' says '"lost","source":"guests"' many_guests
stop
ok 'a signal ends it' [ "$status" = 143 ]
mkdir -p "$work/json"
n=0
while read -r line; do
	n=$((n + 1))
	echo "$line" > "$work/json/monitor.$n"
done < <(cat "$work/ready" "$events"; echo '{"event":"held"}
	{"event":"unwatched","source":"held"}
	{"event":"guest","name":"win11","state":"running"}
	{"event":"device","action":"bind","kind":"pci","address":"0000:01:00.0","driver":"nvme"}')

rm -rf "$root/run/hostdevctl"
start
ok 'for people' said '^waiting for changes'
ok 'as a sentence with the time' says '^[0-9:]\{8\}  guest win11: defined$' \
	define etc/libvirt/qemu/win11.xml
ok 'what comes later and cannot be watched' says 'held devices cannot be watched: Not a directory$' \
	touch "$root/run/hostdevctl"
stop
rm "$root/run/hostdevctl"
ok 'a reader that goes' ends_with_reader
ok 'a capture does not change' complains 2 '--host is for commands that examine a host' \
	monitor --host x
ok 'no operands' complains 2 'too many operands' monitor x
tap_end
