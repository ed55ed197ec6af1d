# SPDX-License-Identifier: GPL-2.0-or-later
# What the lab does when its emulator dies, and how many labs memory lets run: without QEMU.
. "$SRCDIR/tests/support/tap.sh" || exit 99
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
. "$SRCDIR/tests/lab/lib/common.sh"
. "$SRCDIR/tests/lab/lib/console.sh"
ulimit -c 0

# Plays the file boot-N of the Nth boot: what it has is run in the place of QEMU.
boot_qemu() {
	local n

	n=$(wc -l < "$work/boots")
	exec bash "$work/boot-$n"
}
make_disks() { echo disks >> "$work/made"; }
qemu_command() { QEMU_ARGS=(); }

up='echo HDLAB stage libvirtd answers'
abort='kill -ABRT $$'
# follow BOOT...: follows a lab of the scenarios a, b and c; each BOOT is commands of one boot
follow() {
	local i=0 boot

	rm -rf "$work"/boot* "$work/out" "$work/made" && mkdir "$work/out" && : > "$work/boots"
	STACK=debian12 CONFIG=iommu MODE=scenarios OUT=$work/out WORK=$work KVER=6.1 ROOT=/ TREE=/
	EXPECTED=(a b c) QEMU_ARGS=() REPORTED=() LAB_LIMIT=60
	: > "$OUT/results.txt"
	for boot in "$@"; do
		printf '%s\n' "echo boot >> $work/boots" "$boot" > "$work/boot-$i"
		i=$((i + 1))
	done
	follow_lab > "$work/said" 2>&1
}
# results WANTED: verdict and name of each, in a line
results() {
	[ "$(awk -F '\t' '{ sub(/.*\//, "", $2); printf "%s %s; ", $1, $2 }' "$work/out/results.txt")" = "$1" ] ||
		{ cat "$work/out/results.txt"; return 1; }
}

follow "$up; echo HDLAB ok a 1s; echo HDLAB run b; $abort" \
	"$up; echo HDLAB ok b 1s; echo HDLAB ok c 1s; echo HDLAB end"
ok 'an abort of QEMU: the lab goes on' test $? = 0
ok 'each scenario reports once' results 'ok a; ok b; ok c; '
ok 'the rest is ordered' diff "$work/out/orders" <(printf '%s\n' b c)
ok 'on new disks' test "$(wc -l < "$work/made")" = 1
ok 'it says where' grep -q 'QEMU aborted (.*) in b' "$work/said"

follow "$up; echo HDLAB ok a 1s; echo HDLAB run b; $abort" "$abort" \
	"$up; echo HDLAB run b; $abort" "$up; echo HDLAB not ok b 1s it broke; echo HDLAB ok c 1s; echo HDLAB end"
ok 'aborts again, one in the boot' test $? = 1
ok 'and a failure is one' results 'ok a; not ok b; ok c; '

follow "$up; echo HDLAB ok a 1s; echo HDLAB run b; $abort" \
	"$up; echo HDLAB run b; $abort" "$up; echo HDLAB run b; $abort" "$up; echo HDLAB run b; $abort" \
	"$up; echo HDLAB ok b 1s; echo HDLAB ok c 1s; echo HDLAB end"
ok 'an abort in each boot is a failure' test $? = 1
ok 'of what did not report' results 'ok a; not ok b; not ok c; '

follow "$up; echo HDLAB ok a 1s; echo HDLAB run b; kill -KILL \$\$" "$up; echo HDLAB ok b 1s"
ok 'another end is not followed by a boot' results 'ok a; not ok b; not ok c; '
ok 'its progress' grep -qx '1 of 3, now b' "$work/out/progress"

follow "$up; echo HDLAB ok a 1s; echo HDLAB run b; echo Triple fault >&2" \
	"$up; echo HDLAB ok b 1s; echo HDLAB ok c 1s; echo HDLAB end"
ok 'a reset of the machine: the lab goes on' results 'ok a; ok b; ok c; '
ok 'and says why' grep -q 'machine reset (Triple fault ) in b' "$work/said"

follow "$up; echo HDLAB ok a 1s; echo HDLAB run b" "$up; echo HDLAB run b" "$up; echo HDLAB ok b 1s"
ok 'a second one in one scenario is its failure' results 'ok a; not ok b; not ok c; '

follow "$up; echo HDLAB ok a 1s; echo HDLAB run b; echo Kernel panic - not syncing" "$up; echo HDLAB ok b 1s"
ok 'a panic is not followed by a boot' results 'ok a; not ok b; not ok c; '

follow "$up; echo HDLAB run a; echo HDLAB again a" "$up; echo HDLAB run a; echo HDLAB again a; echo HDLAB run a
	echo HDLAB ok a 1s; echo HDLAB ok b 1s; echo HDLAB again c" "$up; echo HDLAB run c; echo HDLAB ok c 1s; echo HDLAB end"
ok 'a scenario goes on after a boot' test $? = 0
ok 'and reports once' results 'ok a; ok b; ok c; '
ok 'on the same disks' test ! -e "$work/made"

follow "$up; echo HDLAB run a; echo HDLAB again a; exit 1" "$up; echo HDLAB ok a 1s; echo HDLAB end"
ok 'an end that nobody asked for' results 'not ok a; not ok b; not ok c; '

follow 'exit 1' "$up; echo HDLAB ok a 1s; echo HDLAB ok b 1s; echo HDLAB ok c 1s; echo HDLAB end"
ok 'a lab that does not come up is booted once more' results 'ok a; ok b; ok c; '

# shellcheck disable=SC2034
LAB_BOOT_LIMIT=1
follow 'exec sleep 60' "$up; sleep 3; echo HDLAB ok a 1s; echo HDLAB ok b 1s; echo HDLAB ok c 1s; echo HDLAB end"
ok 'a boot that says nothing is ended, and tried once more' results 'ok a; ok b; ok c; '

# What one end of the monitor writes, the other reads.
. "$SRCDIR/tests/lab/lib/boot.sh"
. "$SRCDIR/tests/lab/inner/monitor.sh"
make_monitor "$work"
exec {asks}<> "$work/port.out" {answers}<> "$work/monitor.out"
echo question >&"$asks"
echo answer >&"$answers"
ok 'the monitor reads what is asked' test "$(head -n 1 "$work/monitor.in")" = question
ok 'and is heard' test "$(head -n 1 "$work/port.in")" = answer
# Events come with an answer, and the half of one that was read before: neither is the answer, nor read elsewhere.
cat > "$work/ask.sh" << 'END'
. "$SRCDIR/tests/lab/inner/monitor.sh"
LAB_FACTOR=1
meet_monitor 3 && ask_monitor 3 query-status {} > "$1/answer" && ! ask_monitor 3 stop {} > "$1/refused" &&
	echo 'another file' > "$1/file" && read -r line < "$1/file" && [ "$line" = 'another file' ]
END
python3 - "$work" << 'END'
import os, re, socket, subprocess, sys
ours, theirs = socket.socketpair()
os.dup2(theirs.fileno(), 3)
asks = subprocess.Popen(["bash", sys.argv[1] + "/ask.sh", sys.argv[1]], pass_fds=[3])
theirs.close()
os.close(3)
lines = ours.makefile("rb")
ours.sendall(b'4}}\n{"QMP": {}}\n')
for command, answer in ((b"qmp_capabilities", b'"return"'), (b"query-status", b'"return"'), (b"stop", b'"error"')):
    asked = lines.readline()
    if command not in asked:
        sys.exit("asked: %r" % asked)
    number = re.search(rb'"id": "([^"]*)"', asked).group(1)
    ours.sendall(b'{"event": 1}\r\n{' + answer + b': {}, "id": "' + number + b'"}\r\n{"event": 2}\r\n')
sys.exit(asks.wait())
END
ok 'the monitor is met, answers and refuses' test $? = 0
ok 'its answer is what is printed' grep -qx '{"return": {}, "id": "[0-9.]*"}.*' "$work/answer"
ok 'and so is its refusal' grep -q '^{"error"' "$work/refused"
MONITOR=$work/no-monitor
ok 'no monitor is an error' test "$(qmp stop; echo $?)" = "$work/no-monitor is missing
1"
ok 'and is not made' test ! -e "$work/no-monitor"
qmp() {
	[ "$2" != '{"command-line": "info usernet"}' ] || printf '%s' '{"return": "  TCP[HOST_FORWARD]  12  127.0.0.1 ' \
		'40001  10.0.2.15  9091  0  0\r\n  TCP[HOST_FORWARD]  13  127.0.0.1 40002  10.0.2.15  22  0  0\r\n"}'
}
ok 'a port is forwarded' test "$(forward_port 0 22 2> /dev/null)" = 40002
ok 'and one that is not is an error' eval '! forward_port 0 80 > "$work/port" 2>&1'
qmp() { echo "$*"; }
ok 'a stick is plugged in' test "$(plug_stick plug-s 7)" = \
	'device_add {"driver": "usb-storage", "id": "plug-s", "bus": "usb.0", "port": "7", "drive": "disk-plug"}'

# places GB...: a lab for each, which finds so much memory; how many found a place, all at work
places() {
	local gb n=0 kept

	for gb in "$@"; do
		memory_available() { echo $((gb * 1024 * 1024)); }
		lab_take_place || continue
		n=$((n + 1))
		# shellcheck disable=SC2034
		exec {kept}>&9
	done
	echo "$n"
}
LAB_PLACES=$work/places LAB_MEMORY=6G
mkdir "$LAB_PLACES"
ok 'as many labs as memory takes' test "$(places 20 20 20 20)" = 3
ok 'what is left counts, too' test "$(places 20 14 5)" = 2
ok 'and what those at work may use yet' test "$(places 11 11)" = 1
ok 'one always runs' test "$(places 2 2)" = 1

# cpus WANTED NAME...: those of a host that runs these
cpus() (
	. "$SRCDIR/tests/lab/lib/stack.sh"
	LAB_DIR=$SRCDIR/tests/lab LAB_CPUS=$1
	shift
	need_cpus "$@"
	echo "$LAB_CPUS"
)
ok 'one CPU' test "$(cpus 1 01-nvme-unmanaged hazard-mounted_ext4)" = 1
ok 'two, for a race' test "$(cpus 1 25-race 01-nvme-unmanaged)" = 2
ok 'no fewer than were asked for' test "$(cpus 4 25-race)" = 4

# The stacks of "usual:" that "stack:" does not name: a default run would leave the scenario out, and say nothing.
usual_elsewhere() {
	local file stacks stack

	for file in "$SRCDIR"/tests/lab/scenarios/[0-9]*.sh; do
		stacks=$(sed -n 's/^# stack: *//p' "$file")
		for stack in $(sed -n 's/^# usual: *//p' "$file"); do
			[ "$stack" = never ] || [[ " $stacks " == *" $stack "* ]] || echo "${file##*/}: $stack"
		done
	done
}
ok 'a scenario is usual only where it runs' test -z "$(usual_elsewhere)"

# Three hosts are too much for a usual run: here, that it follows what docs/fleet.md has come to say.
LAB_DIR=$SRCDIR/tests/lab
. "$LAB_DIR/lib/fleet-doc.sh"
# The commands that none of its steps begins with.
not_followed() {
	doc_commands | grep -vf <(grep -ohE '"(ansible|apt|for|hostdevctl|kubectl|mkdir|systemctl)[^"$]*' \
		"$LAB_DIR"/lib/fleet-*.sh | sed -e 's/^"/^/' -e 's/[.]/\\./g')
}
ok 'the commands of the fleet are found' test "$(doc_commands | wc -l)" -ge 24
ok 'each is followed' test -z "$(not_followed)"
ok 'a loop is one command' eval '[[ $(doc_command "for host") == *"; do ssh "*"; done" ]]'
ok 'a command that is not there is an error' eval '! doc_command "ansible-vault" 2> "$work/said"'
ok 'and so is half of two' eval '! doc_command "hostdevctl export" 2> "$work/said"'
ok 'one that another begins with is itself' \
	test "$(doc_command 'ansible-playbook -i hosts.ini site.yml')" = 'ansible-playbook -i hosts.ini site.yml'
# played WORDS: the line that this machine would run
played() (
	. "$LAB_DIR/lib/fleet-control.sh"
	. "$LAB_DIR/lib/fleet-play.sh"
	control() { echo "$2"; }
	fail() { exit 1; }
	WORK=$work
	play 12 0 "$1"
)
ok "a playbook of the document" test "$(played 'ansible-playbook -i hosts.ini site.yml')" = \
	'ansible-playbook -i hosts.ini site.yml'
ok "and one of the fleet's own" test "$(played look.yml)" = 'ansible-playbook -i hosts.ini look.yml'
ok 'its inventory' test "$(doc_text '[virt]' | head -n 4 | xargs)" = '[virt] h1 h2 h3'

# A table that the stacks of the first run fill, and then what the second run makes of it.
write_rows() {
	mkdir -p "$work/$1-iommu"
	printf '%s\t6.1\t9.0\t7.2\n' "$1" > "$work/$1-iommu/versions.tsv"
	printf '%s\tusb\tid\t0000:01:00.0\tusb-free\t%s\tok\terror\n' "$1" "$2" > "$work/$1-iommu/hazards.tsv"
}
table() {
	"$SRCDIR/tests/lab/hazards-table" "$work/table.md" "$work"/{debian12,debian13,backports}-iommu
}
: > "$work/table.md"
write_rows debian13 'a keyboard'
write_rows backports 'a mouse'
table > "$work/first.md"
ok 'the hazards of all stacks that ran' test "$(grep -c '^## Debian 13' "$work/first.md")" = 2
cp "$work/first.md" "$work/table.md"
rm "$work/debian13-iommu/hazards.tsv"
table > "$work/second.md"
ok 'a stack that did not run keeps its section' diff "$work/first.md" "$work/second.md"
write_rows backports 'a tablet'
table > "$work/third.md"
ok 'and one that ran gets a new one' test "$(grep -cE 'a (keyboard|tablet) |a mouse ' "$work/third.md")" = 2
tap_end
