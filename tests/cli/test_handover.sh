# SPDX-License-Identifier: GPL-2.0-or-later
# handover: what may end for a guest's graphics card is written, and nothing else is touched.
. "$SRCDIR/tests/support/clitap.sh" || exit 99
export XDG_CACHE_HOME=$work/cache
bus_host

ok 'one thing at a time' complains 2 'cannot be combined' handover --sysroot "$root" g --enable --report
ok 'units are for --enable' complains 2 'need --enable' \
	handover --sysroot "$root" g --units a.service
ok 'and so is what becomes of sessions' complains 2 'need --enable' \
	handover --sysroot "$root" g --sessions end
ok 'no guest' complains 2 'missing GUEST' handover --sysroot "$root" --enable
ok 'a file is not a guest' complains 2 'name a guest of libvirt' \
	handover --sysroot "$root" --xml x --enable
ok 'seconds are for --rehearse' complains 2 'too many operands' handover --sysroot "$root" g 20
ok 'which libvirt?' complains 2 "name the guest's libvirt" handover --sysroot "$root" g --enable

guest() {
	cat > "$work/guest.xml" <<-END
	<domain><name>win</name><uuid>c7a5fdbd-edaf-9455-926a-d65c16db1809</uuid>
	<metadata><hd:hostdevctl xmlns:hd='urn:hostdevctl:guest:1'>$2</hd:hostdevctl></metadata>
	<devices><hostdev type='pci' managed='$1'><source><address domain='0x0000' bus='0x02' slot='0x00'
	function='0x0'/></source></hostdev></devices></domain>
	END
}
guest no ''
ok 'what a start would change' fake prints 0 "$GPU: nouveau -> vfio-pci" \
	handover --sysroot "$root" --xml "$work/guest.xml"
ok 'that it is not enabled' grep -q "the hand-over is not enabled" "$work/out"
ok 'and what enables it' grep -q "'hostdevctl handover win --enable'" "$work/out"
ok 'also in JSON' fake run 0 handover --sysroot "$root" --xml "$work/guest.xml" --json
ok 'as a word' json '.handover.enabled == false'
guest no '<hd:handover/>'
ok 'enabled: nothing more to say' fake run 0 handover --sysroot "$root" --xml "$work/guest.xml"
ok 'of that' sh -c "! grep 'not enabled' '$work/out'"
ok 'as JSON' fake run 0 handover --sysroot "$root" --xml "$work/guest.xml" --json
ok 'with the steps' json '.ready and .handover.enabled and any(.steps[]; .target == "0000:02:00.0")'
ok 'nothing is changed' driver $GPU nouveau

desktop=$SRCDIR/tests/hosts/one-card-desktop
good=$root
tree "$desktop.tree"
run_desktop() {
	run 0 handover --sysroot "$root" --xml "$desktop.xml" "$@"
}
says() {
	grep -qxF -- "$1" "$work/out" || { cat "$work/out"; return 1; }
}
ok 'a desktop with one card' run_desktop
ok 'the first step' says \
	'  1. unit gdm.service: active -> inactive (it started session 2 of eve (wayland))'
ok 'the session that ends' says '  session 2 of eve (wayland): it is shown on 0000:0a:00.0'
ok 'the programs that have the card' says \
	'  nvidia-persiste (pid 650), gnome-shell (pid 1500), firefox (pid 1700)'
ok 'the services' says '  gdm.service: it started session 2 of eve (wayland)'
ok 'the modules' says '  nvidia_drm nvidia_modeset nvidia_uvm nvidia'
ok 'as JSON' run_desktop --json
ok 'in one object' json '.handover.units[0].unit == "gdm.service" and
	.handover.modules[3] == "nvidia" and (.handover.obstacles | length) == 0 and
	any(.handover.programs[]; .pid == 1700)'
start_desktop() {
	LD_LIBRARY_PATH=$BUILDDIR/.libs "$BUILDDIR/hostdevctl-hook" --sysroot "$root" win11 prepare \
		begin - < "$desktop.xml" > "$work/out" 2>&1
	[ $? = 3 ]
}
ok 'a start whose first step fails' start_desktop
ok 'says what comes next' grep -q "for all steps: 'hostdevctl handover win11 --report'; if the screen \
stays dark: 'hostdevctl recover'" "$work/out"
ok 'and the next login does, too' grep -qx 'hostdevctl: start of guest win11: failed; all is back' \
	"$root/run/motd.d/hostdevctl"
desktop_root=$root
root=$good
ok 'a host that needs none says nothing' fake run 0 handover --sysroot "$root" --xml "$work/guest.xml"
ok 'but that' grep -q 'nothing ends: no session' "$work/out"
ok 'of what ends' sh -c "! grep '^stops' '$work/out'"
rehearse() {
	local wanted=$1 text=$2
	shift 2
	fake prints "$wanted" "$text" handover --sysroot "$root" --xml "$work/guest.xml" --rehearse "$@"
}
uuid=c7a5fdbd-edaf-9455-926a-d65c16db1809
guest yes ''
ok 'a rehearsal that is not enabled' fake complains 1 "run 'hostdevctl handover win --enable'" \
	handover --sysroot "$root" --xml "$work/guest.xml" --rehearse --yes
guest yes '<hd:handover/>'
sed '/<devices>/,$d' "$work/guest.xml" > "$work/bare.xml"
echo '</domain>' >> "$work/bare.xml"
ok 'a rehearsal without a card' fake complains 1 "nothing to rehearse: the guest has no graphics card" \
	handover --sysroot "$root" --xml "$work/bare.xml" --rehearse --yes
ok 'which names the card of a desktop' complains 1 "'hostdevctl attach win 0000:0a:00.0 --config' gives it a card" \
	handover --sysroot "$desktop_root" --xml "$work/bare.xml" --rehearse --yes
ok 'nothing to report yet' complains 3 "'hostdevctl handover $uuid --rehearse'" handover --sysroot "$root" $uuid --report
ok 'it asks before' fake complains 2 'add --yes' handover --sysroot "$root" --xml "$work/guest.xml" \
	--rehearse
ok 'and nothing is changed' driver $GPU nouveau
ok 'too long' fake complains 2 'from 1 to 600' handover --sysroot "$root" --xml "$work/guest.xml" \
	--rehearse 601 --yes
ok 'a dry rehearsal' rehearse 0 "$GPU: nouveau -> vfio-pci" --dry-run
ok 'leaves no state' test ! -e "$root/run/hostdevctl" -a ! -e "$root/var/lib/hostdevctl"
ok 'there and back' rehearse 0 "pci-driver $GPU: vfio-pci -> nouveau: taken-back" 1 --yes
ok 'it shows the way there' grep -q "pci-driver $GPU: nouveau -> vfio-pci: done" "$work/out"
ok 'with its result' grep -Eq '^taken in [0-9.]+ s: done$' "$work/out"
ok 'the card is back' driver $GPU nouveau
ok 'and its companion' driver $SOUND snd_hda_intel
ok 'nothing is held' prints 0 'holds no device' status --sysroot "$root"
ok 'it can be read later' prints 0 'rehearsal of guest win' handover --sysroot "$root" $uuid --report
ok 'also by its name, and libvirt is not asked' prints 0 'rehearsal of guest win' \
	handover --sysroot "$root" -c test:///nothing win --report
ok 'but for another name' complains 3 'libvirt' handover --sysroot "$root" -c test:///nothing w --report
ok 'as JSON' run 0 handover --sysroot "$root" $uuid --report --json
ok 'which is one object' json '(.held | not) and .taken.result == "done" and .back.result == "done" and
	any(.back.steps[]; .target == "0000:02:00.0" and .state == "taken-back" and .ms >= 0)'
ok 'a rehearsal as JSON' rehearse 0 '"taken"' 1 --yes --json
ok 'is one object, too' json '.back.kind == "rehearsal"'

# script(1) loses its own copy of the command.
echo 'leak:bin/script' >> "$work/lsan"
# answers WANTED ANSWER: the exit status of a rehearsal on a terminal where that is typed
answers() {
	local got
	printf '%s\n' "$2" | script -qec "'$tool' handover --sysroot '$root' --xml '$work/guest.xml' \
		--rehearse 1" /dev/null > "$work/out" 2>&1
	got=$?
	[ "$got" = "$1" ] || { echo "exit status $got"; cat "$work/out"; return 1; }
}
if command -v script > /dev/null; then
	ok 'asked on a terminal: yes' fake answers 0 y
	ok 'no' fake answers 1 n
	ok 'nothing but yes is one' fake answers 1 maybe
	ok 'it says so' grep -q 'not confirmed; nothing was changed' "$work/out"
else
	skip 'asked on a terminal' 'there is no script(1)'
fi

# killed: the rehearsal is killed while it holds the card, as systemd or a person would
killed() {
	local pid
	fake exec "$tool" handover --sysroot "$root" --xml "$work/guest.xml" --rehearse 600 --yes \
		> "$work/out" 2>&1 < /dev/null &
	pid=$!
	for ((i = 0; i < 600; i++)); do
		grep -q ' commit$' "$root/run/hostdevctl/$uuid" 2> /dev/null && break
		sleep 0.1
	done
	driver $GPU vfio-pci && kill -KILL $pid
	wait $pid
	[ $? = 137 ]
}
ok 'killed while it holds the card' killed
ok 'status names it' prints 0 'rehearsal of guest win' status --sysroot "$root"
ok 'the report says what to do' prints 3 'hostdevctl recover' handover --sysroot "$root" $uuid --report
ok 'which is done at once' fake prints 0 'given back: 2' recover --sysroot "$root"
ok 'and is known' prints 3 "was given back by 'hostdevctl recover'" handover --sysroot "$root" \
	$uuid --report
ok 'the card is back again' driver $GPU nouveau
: > "$root/fake/refuses-vfio/$GPU"
ok 'a card that cannot be taken' fake complains 3 "$GPU" handover --sysroot "$root" \
	--xml "$work/guest.xml" --rehearse 1 --yes
ok 'is reported' prints 3 'taken-back' handover --sysroot "$root" $uuid --report
ok 'with the reason' grep -q '^  why: ' "$work/out"
ok 'and nothing is held' prints 0 'holds no device' status --sysroot "$root"
rm "$root/fake/refuses-vfio/$GPU"

# journal LINE...: each line begins with the sum of all up to it (base/record.h)
journal() {
	local all=
	for line in "$@"; do
		all=$all$line
		printf '%s %s\n' "$(printf %s "$all" | gzip -c | tail -c 8 | od -An -N4 -tx4 | tr -d ' ')" \
			"$line"
	done > "$root/run/hostdevctl/$uuid"
}
motd=$root/run/motd.d/hostdevctl
issue=$root/run/issue.d/hostdevctl.issue
ok 'a card that nobody used is no news' test ! -e "$motd"
journal "hostdevctl-journal 2 rehearsal $uuid 1 1 win - 1" 'step 0 0 - unit gdm.service active inactive' \
	'intent 0' 'done 0' commit
ok 'a display manager that does not start' complains 4 'could not be given back' \
	recover --sysroot "$root"
ok 'who logs in is told' grep -q '^  unit gdm.service$' "$motd"
ok 'and what to do' grep -qx 'run as root: hostdevctl recover' "$motd"
ok 'and so is who is asked for a name' grep -q 'run as root: hostdevctl recover' "$issue"
ok 'the report is read' prints 3 'rehearsal of guest win' handover --sysroot "$root" win --report
ok 'who has read it is told no more' test ! -e "$motd" -a -e "$issue"
rm "$root/run/hostdevctl/$uuid" "$issue"

uri="qemu:///embed?root=$work/root"
now() {
	virsh -c "$uri" dumpxml --inactive g > "$work/now"
}
shows() {
	now
	grep -qF -- "$1" "$work/now" || { cat "$work/now"; return 1; }
}
lacks() {
	now
	! grep -F -- "$1" "$work/now"
}
handover() {
	local wanted=$1 text=$2
	shift 2
	prints "$wanted" "$text" handover --sysroot "$root" -c "$uri" g "$@"
}
# unchanged STATUS TEXT OPTIONS...: it complains, and the guest is as before
unchanged() {
	local wanted=$1 text=$2
	shift 2
	now
	cp "$work/now" "$work/before"
	complains "$wanted" "$text" handover --sysroot "$root" -c "$uri" g "$@" || return
	now
	diff "$work/before" "$work/now"
}
# Who is asked has seen what would end, by the policy that would be written.
plan_tests() {
	local before=$root
	root=$desktop_root
	sed "s,type='kvm',type='qemu',; /<metadata/,/<\\/metadata/d; s,win11,g," "$desktop.xml" > "$work/g.xml"
	virsh -c "$uri" define "$work/g.xml" > "$work/out" 2>&1 || cat "$work/out"
	ok 'it asks for a desktop' unchanged 2 'add --yes' --enable
	ok 'and has said who loses it' says '  session 2 of eve (wayland): it is shown on 0000:0a:00.0'
	ok 'with which programs' says \
		'  nvidia-persiste (pid 650), gnome-shell (pid 1500), firefox (pid 1700)'
	ok 'and shown the steps' grep -q '^ 10. kernel-module nvidia: loaded -> absent' "$work/out"
	ok 'and not that it is not enabled' sh -c "! grep 'is refused until' '$work/out'"
	ok 'if no session may end' unchanged 2 'add --yes' --enable --sessions refuse
	ok 'it says that a start is refused now' grep -q 'can be enabled all the same' "$work/out"
	ok 'for what reason' grep -q "the guest's policy is sessions='refuse'" "$work/out"
	ok 'it is enabled all the same' handover 0 'is enabled' --enable --sessions refuse --yes
	ok 'to disable it, nothing ends' handover 0 'is disabled' --disable --yes
	ok 'of which nothing is said' sh -c "! grep 'session 2' '$work/out'"
	virsh -c "$uri" undefine g > /dev/null 2>&1
	root=$before
}
policy_tests() {
	cat > "$work/g.xml" <<-END
	<domain type='qemu'><name>g</name><uuid>c7a5fdbd-edaf-9455-926a-d65c16db1809</uuid>
	<metadata><o:mine xmlns:o='urn:other'>kept</o:mine><hd:hostdevctl
	xmlns:hd='urn:hostdevctl:guest:1'><hd:companions move='no'/></hd:hostdevctl></metadata>
	<memory>65536</memory><os><type arch='x86_64' machine='q35'>hvm</type></os><devices>
	<controller type='usb' model='none'/><memballoon model='none'/></devices></domain>
	END
	virsh -c "$uri" define "$work/g.xml" > "$work/out" 2>&1 || cat "$work/out"
	ok 'it asks' unchanged 2 'add --yes' --enable
	ok 'and has shown the change' grep -qx '+  <handover/>' "$work/out"
	ok 'without a card, nothing would end' says \
		"   - nothing ends: the guest has no graphics card, and no card of this host has a driver: see \
'hostdevctl list gpu'"
	ok 'what it would do' handover 0 'would be enabled' --enable --dry-run
	ok 'is not done' lacks handover
	ok 'it is enabled' handover 0 'is enabled' --enable --yes
	ok 'libvirt has it' shows '<hd:handover/>'
	ok 'all else of the element is kept' shows '<hd:companions move="no"/>'
	ok 'and what is not ours' shows '<o:mine xmlns:o="urn:other">kept</o:mine>'
	ok 'once' handover 0 'was enabled already' --enable
	ok 'a unit that libvirt needs' unchanged 2 'needs a unit of them' --enable --yes --units \
		gdm.service,libvirtd.service
	ok 'no unit at all' unchanged 2 'has no unit' --enable --yes --units ,
	ok 'units' handover 0 'is enabled' --enable --yes --units gdm.service,nvidia-persistenced.service
	ok 'are in the metadata' shows '<hd:handover units="gdm.service nvidia-persistenced.service"/>'
	ok 'and stay if nothing else is said' handover 0 'was enabled already' --enable
	ok 'as JSON' handover 0 '"notes"' --enable --json
	ok 'which is one object' json '.ready'
	ok 'there are two values' unchanged 2 'must be end or refuse' --enable --yes --sessions maybe
	ok 'no session may end' handover 0 'is enabled' --enable --yes --sessions refuse
	ok 'which is in the metadata, with the units' shows \
		'<hd:handover sessions="refuse" units="gdm.service nvidia-persistenced.service"/>'
	ok 'and stays' handover 0 'was enabled already' --enable --sessions refuse
	ok 'they may' handover 0 'is enabled' --enable --yes --sessions end
	ok 'again' shows '<hd:handover units="gdm.service nvidia-persistenced.service"/>'
	ok 'it is disabled' handover 0 'is disabled' --disable --yes
	ok 'libvirt has it no more' lacks handover
	ok 'the rest stays' shows '<hd:companions move="no"/>'
	ok 'disabled once' handover 0 'was disabled already' --disable
	virsh -c "$uri" undefine g > /dev/null 2>&1
	sed -i '/<metadata>/d; /companions/d' "$work/g.xml"
	virsh -c "$uri" define "$work/g.xml" > "$work/out" 2>&1 || cat "$work/out"
	ok 'without metadata' handover 0 'is enabled' --enable --yes
	ok 'libvirt has it' shows '<hd:handover/>'
	ok 'and back' handover 0 'is disabled' --disable --yes
	ok 'nothing of ours is left' lacks hostdevctl
	virsh -c "$uri" undefine g > /dev/null 2>&1
	plan_tests
}
if has_libvirt && command -v virsh > /dev/null && virsh -c "$uri" version > "$work/out" 2>&1; then
	policy_tests
else
	skip 'the metadata of a guest' 'there is no virsh, no QEMU or no driver for it'
fi
tap_end
