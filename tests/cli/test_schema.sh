# SPDX-License-Identifier: GPL-2.0-or-later
# Does each command with --json have a schema, and follow it on all captured hosts?
. "$SRCDIR/tests/support/clitap.sh" || exit 99
schema=$SRCDIR/docs/hostdevctl.schema.json

# json_of ARGUMENTS...: one output, whatever the exit status
json_of() {
	"$tool" "$@" --json --sysroot "$root" > "$work/out" 2> "$work/err" < /dev/null
	keep_json "$@" --json
	[ -s "$work/out" ]
}

# has_schema COMMAND: as a member of $defs, two tabs deep
has_schema() {
	grep -q "^		\"$1\": {" "$schema" && grep -q "#/\$defs/$1\"" "$schema"
}

for command in $("$tool" --list-commands); do
	! "$tool" --list-options "$command" | grep -qx -- --json ||
		ok "$command has a schema" has_schema "$command"
done
for file in "$SRCDIR"/tests/hosts/*.tree ${HD_MORE_HOSTS:+"$HD_MORE_HOSTS"/*.tree}; do
	name=$(basename "$file" .tree)
	tree "$file"
	ok "$name: all columns" json_of list --long
	first=$(sed -n 's/^      "address": "\([^"]*\)",*$/\1/p' "$work/out" | tail -1)
	ok "$name: a tree" json_of list --tree
	ok "$name: its checks" json_of check
	ok "$name: its hook" json_of doctor
	ok "$name: what is held" json_of status
	ok "$name: a device" json_of show "$first"
	ok "$name: what would change" json_of plan "$first"
done
ok 'the ids of explain' json_of explain
ok 'a check' json_of explain storage-free
ok 'a message' json_of explain 'vfio-pci 0000:01:00.0: BAR 1: can not reserve'
ok 'one that nobody knows' json_of explain 'frobnication of 0000:01:00.0 failed'
tap_end
