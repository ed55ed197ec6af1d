# SPDX-License-Identifier: GPL-2.0-or-later
# One command for many hosts: they answer as if each had been asked alone, and none holds the others.
. "$SRCDIR/tests/support/clitap.sh" || exit 99
mkdir "$work/tmp" "$work/trees" "$work/empty" "$work/other"
export TMPDIR=$work/tmp
trees=$work/trees
for name in intel-desktop workstation scsi-server amd-no-iommu; do
	cp "$SRCDIR/tests/hosts/$name.tree" "$trees"
done
one=$trees/intel-desktop.tree two=$trees/workstation.tree

# gone: what was extracted is removed, also that of hosts which were given up; a busy machine takes its time
gone() {
	local tries=0
	while [ -n "$(ls -A "$work/tmp")" ] && [ $((tries += 1)) -lt 1200 ]; do sleep 0.1; done
	[ -z "$(ls -A "$work/tmp")" ] || { ls -lR "$work/tmp"; return 1; }
}

# several WANTED ARGUMENTS...: run() of a command for several hosts, whose JSON is that of "hosts"
several() {
	local wanted=$1
	shift
	run "$wanted" "$@" || return
	[[ " $* " != *" --json "* ]] || mv "$work/json/$1".* "$work/json/hosts.${#work}$((n_json += 1))"
}
n_json=0

# as_alone COMMAND ARGUMENTS...: each host of the directory answers in JSON what it answers alone
as_alone() {
	local file worst=0 got
	command -v jq > /dev/null || return 0
	for file in "$trees"/*; do
		"$tool" "$@" --json --host "$file" > "$work/alone" 2> /dev/null
		got=$?
		[ "$got" -le "$worst" ] || worst=$got
		jq -S --arg host "$file" --argjson exit "$got" '{source: $host, $exit, result: .}' "$work/alone"
	done > "$work/want"
	several "$worst" "$@" --json --host "$trees" || return
	jq -S '.hosts[] | {source, exit, result}' "$work/out" > "$work/got"
	diff "$work/want" "$work/got" && json '[.hosts[].status] | unique == ["answered"]' && gone
}
ok 'all columns, as alone' as_alone list --long --tree
ok 'check, as alone' as_alone check
ok 'status, as alone' as_alone status
ok 'doctor, as alone' as_alone doctor
ok 'with an operand' as_alone list gpu

# rows ARGUMENTS...: the table has the rows of each host alone, and the host before them
rows() {
	local file name
	for file in "$trees"/*; do
		name=$(basename "$file" .tree)
		"$tool" list "$@" --host "$file" 2> /dev/null | tail -n +2 | sed "s/^/$name /"
	done | tr -s ' ' > "$work/want"
	several 0 list "$@" --host "$trees" || return
	tail -n +2 "$work/out" | tr -s ' ' > "$work/got"
	diff "$work/want" "$work/got" && head -1 "$work/out" | grep -q '^HOST  *ADDRESS'
}
ok 'one table' rows -o address,class,group,driver
ok 'with verdicts' rows --long -o address,verdict

# lines COMMAND...: behind each host are the lines that it has alone
lines() {
	local file name
	for file in "$trees"/*; do
		name=$(basename "$file" .tree)
		"$tool" "$@" --host "$file" 2> /dev/null | sed "s/^/$name /"
	done | sed 's/ *$//; s/ \+/ /' > "$work/want"
	"$tool" "$@" --host "$trees" 2> "$work/err" | sed 's/ \+/ /' > "$work/got"
	diff "$work/want" "$work/got"
}
ok 'the lines of check' lines check
ok 'of show' lines show 01:00.0
ok 'of plan' lines plan 01:00.0
tree_of() {
	LC_ALL=C.UTF-8 several 0 list --tree gpu --host "$one" --host "$two" || return
	printf 'intel-desktop\n└─group 1\nworkstation\n├─group 1\n└─group 2\n' > "$work/want"
	grep -v '0000:' "$work/out" | tail -n +2 | sed 's/ *$//' | diff "$work/want" -
}
ok 'hosts are the roots of trees' tree_of
ordered() {
	several 0 list -o address gpu --host "$two" --host "$one" || return
	awk 'NR > 1 { print $1 }' "$work/out" | uniq | tr '\n' ' ' | grep -qx 'workstation intel-desktop '
}
ok 'in the order of the command line' ordered

# A dead host and a damaged one: marked, and not waited for.
head -c 5000 /dev/urandom > "$work/bad.tree"
mkfifo "$work/dead.tree"
all=(--host "$work/bad.tree" --host "$one" --host "$work/dead.tree" --host "$two" --timeout 20)
dead() {
	local begin=$SECONDS
	several 3 list gpu --json "${all[@]}" || return
	[ $((SECONDS - begin)) -lt 120 ] || { echo "$((SECONDS - begin)) s"; return 1; }
	json '.timeout == 20 and ([.hosts[].status] == ["failed", "answered", "late", "answered"]) and
		([.hosts[].exit] == [3, 0, null, 0]) and (.hosts[0].error | test("tree line")) and
		(.hosts[2].error | test("nothing within 20 s")) and .hosts[2].result == null and
		.hosts[3].result.devices[1].address == "0000:01:00.0"'
}
ok 'a dead host and a damaged one' dead
ok 'are told to people' grep -q 'no answer from 2 of 4 hosts' "$work/err"
ok 'with the reason' grep -q '^  dead: nothing within 20 s: .*--timeout' "$work/err"
ok 'the others are in the table' several 3 list gpu "${all[@]}"
ok 'all of them' sh -c "[ \$(grep -c 0000: '$work/out') = 3 ]"
ok 'and nothing is left' gone
only_dead() {
	several 3 check --json --timeout 1 --host "$work/dead.tree" --host "$work/bad.tree" &&
		json '[.hosts[].result] == [null, null]'
}
ok 'nobody answers' only_dead
# The worst of the exit statuses: alone, they are 0 and 1.
ok 'a check refuses' run 0 check --host "$one"
ok 'on one of them' run 1 check --host "$trees/amd-no-iommu.tree"
ok 'the worst counts' several 1 check --json --host "$trees/amd-no-iommu.tree" --host "$one"
ok 'a device that one host lacks' complains 3 'no answer from 1 of 2' show 0000:03:10.0 --host "$one" --host "$two"
ok 'what they all note, once' complains 0 'amd-no-iommu, intel-desktop, scsi-server and 2 more:' \
	status --host "$trees" --host "$SRCDIR/tests/hosts/intel-no-vtd.tree"

# Each host is a node of its own: it is not judged by the entries of another.
nodes() {
	printf 'card\n\tmap id=8086:5917,node=%s,path=0000:01:00.0\n' > "$work/card" intel-desktop
	several 1 check --json --against "$work/card" --host "$one" --host "$two" &&
		json '(.hosts[0].result.findings | length) > 0 and .hosts[1].result.findings == [] and
			(.hosts[1].result.notes[0] | test("no devices of node workstation, but of intel-desktop"))'
}
ok 'a node for each host' nodes

# As of a service manager or a server that does not wait for its children.
ok 'a caller that ignores the end of children' env --ignore-signal=CHLD \
	"$tool" list gpu --host "$one" --host "$two"

# No entry of a directory is left out without a word.
all_entries() {
	mkdir "$work/entries" "$work/entries/directory" && cp "$one" "$work/entries/a.tree" && mkfifo "$work/entries/pipe" &&
		ln -s gone "$work/entries/dangling.tree" && ln -s loop "$work/entries/loop" || return
	several 3 list gpu --json --host "$work/entries" &&
		json '[.hosts[] | [.host, (.source | split("/")[-1]), .status]] ==
			[["a", "a.tree", "answered"], ["dangling", "dangling.tree", "failed"], ["loop", "loop", "failed"]]' &&
		grep -q "note: $work/entries/pipe is left out: it is not a regular file" "$work/err" &&
		grep -q '^  dangling: .*No such file' "$work/err" && grep -q '^  loop: .*Too many levels' "$work/err"
}
ok 'all entries of a directory' all_entries

# Names of hosts come from others.
hostile=$work/other/$'\e[31mred\n\xff\u202e'.tree
cp "$one" "$hostile"
cp "$one" "$work/other/.hidden"
cp "$two" "$work/other/intel-desktop.tree"
names() {
	several 0 list gpu --host "$work/other" || return
	! LC_ALL=C grep -q $'[\e\xff]' "$work/out" && [ "$(grep -c 0000: "$work/out")" = 3 ] &&
		grep -q '^?\[31mred' "$work/out"
}
ok 'a name with control characters' names
json_names() {
	several 0 list gpu --json --host "$work/other" && ! LC_ALL=C grep -q $'[\e\xff]' "$work/out" &&
		json '.hosts | length == 2'
}
ok 'in JSON' json_names
noted() {
	mkdir "$work/noted" && printf '@ proc\ncmdline = x\n' > "$work/noted/"$'\e[31mred.tree' || return
	complains 0 'no device in ' list --host "$work/noted" && ! grep -q $'\e' "$work/err"
}
ok 'in a note' noted
ok 'hosts of one name have their paths' prints 0 "$work/other/intel-desktop.tree" \
	list gpu --host "$one" --host "$work/other/intel-desktop.tree"
ok 'the same file twice' prints 0 "2: " list gpu --host "$one" --host "$one"

# Wrong use is said once.
once() { complains 2 "$@" && [ "$(wc -l < "$work/err")" = 2 ] && [ ! -s "$work/out" ]; }
ok 'an unknown column' once "unknown column 'nonsense'" list -o nonsense --host "$trees"
ok 'a bad timeout' once 'must be 1 to 3600' list --timeout 0 --host "$trees"
ok 'a timeout of one host' once 'for several hosts' list --timeout 5 --host "$one"
ok 'standard input' once 'standard input (-)' list --host - --host "$one"
ok 'the same of a guest' once 'standard input (-)' check --xml - --host "$trees"
ok 'of a configuration' once 'standard input (-)' check --against - --host "$trees"
ok 'a pipe' once 'is not a regular file' check --against <(echo '[pci]') --host "$trees"
ok 'the same of a guest' once 'is not a regular file' check --xml "$work/dead.tree" --host "$trees"
ok 'as a host' once 'is not a regular file' list --host <(cat "$one") --host "$two"
ok 'also if it is a file' once '/dev/stdin is not' check --against /dev/stdin --host "$trees" < "$one"
for option in '--xml -' '--against -'; do
	# shellcheck disable=SC2086
	ok "one input for two: $option" once 'cannot be the captured host and' check $option --host -
done
ok 'or for a question' once 'cannot be the captured host and' explain - --host -
ok 'in a file' once 'cannot be the captured host and' explain --file - --host -
ok 'one node for all' once 'name of one host' check --against "$one" --node n --host "$one" --host "$two"
ok 'several trees' once 'cannot be combined' list --sysroot / --host "$one" --host "$two"
ok 'a command for one host' once 'map takes one --host' map --host "$one" --host "$two"
ok 'with a directory' once 'map takes one --host' map --host "$trees"
ok 'and an operand' once 'export takes one --host' export nova --host "$trees"
ok 'without changes' once 'detach takes one --host' detach --dry-run 01:00.0 --host "$trees"
ok 'a command that asks one daemon' once 'check takes one --connect' check -c a -c b
ok 'one that changes' once 'attach takes one --connect' attach -c a -c b g 01:00.0
ok 'a directory without hosts' complains 3 'has no captured host' list --host "$work/empty"
ok 'a directory with one host is a fleet' several 0 list gpu --json --host "$work/other"
ok 'too many' once 'more than 512' list $(printf -- '-c x %.0s' $(seq 513))

remote=test://$SRCDIR/tests/cli/nodedevs.xml
daemons() {
	several 3 list -c "$remote" --host "$one" -c "test://$work/nothing" -o +verdict || return
	grep -q '^intel-desktop *0000:01:00.0 .* ready' "$work/out" && grep -q 'usb:1-2' "$work/out" &&
		grep -q 'no answer from 1 of 3' "$work/err" && grep -q 'not reported by libvirt' "$work/err"
}
if has_libvirt; then
	ok 'daemons and captured hosts' daemons
else
	skip 'daemons and captured hosts' 'built without libvirt'
fi
killed() {
	local pid tries=0
	# So many that it is not done before it is killed.
	# shellcheck disable=SC2046
	"$tool" check $(printf -- "--host=$one %.0s" $(seq 100)) > /dev/null 2>&1 &
	pid=$!
	while [ -z "$(ls -A "$work/tmp")" ] && [ $((tries += 1)) -lt 1200 ]; do sleep 0.1; done
	[ -n "$(ls -A "$work/tmp")" ] || return
	kill -9 $pid
	wait $pid 2> /dev/null
	gone
}
ok 'a kill leaves nothing behind' killed
tap_end
