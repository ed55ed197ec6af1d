# SPDX-License-Identifier: GPL-2.0-or-later
# fleet-doc.sh - the commands and files of docs/fleet.md, as they stand there.
# shellcheck shell=bash

FLEET_DOC=$LAB_DIR/../../docs/fleet.md

# Every command, one a line, without the explanation after it; a loop is one command.
doc_commands() {
	awk '
		!/^    / { next }
		{ line = substr($0, 5) }
		line ~ /^for / { loop = line; next }
		loop != "" && line == "done" { print loop "; done"; loop = ""; next }
		loop != "" { sub(/^ */, "", line); loop = loop " " line; next }
		line ~ /^(ansible|apt|hostdevctl|kubectl|mkdir|systemctl)[a-z-]* / { sub(/  +.*/, "", line); print line }
	' "$FLEET_DOC"
	tr '\n' ' ' <"$FLEET_DOC" | grep -o '`ansible[^`]* [^`]*`' | tr -d '`'
}

# The command that is WORDS, or the only one that begins with them.
doc_command() {
	local found

	found=$(doc_commands | awk -v words="$1" '$0 == words { exact = $0 } index($0, words) == 1 { all = all $0 "\n" }
		END { printf "%s", exact != "" ? exact "\n" : all }')
	[ -n "$found" ] && [ "$(wc -l <<<"$found")" = 1 ] || {
		echo "docs/fleet.md has not one command '$1': $found" >&2
		return 1
	}
	echo "$found"
}

# The indented text that begins with the line FIRST, to the next paragraph.
doc_text() {
	awk -v first="    $1" '$0 == first && !done { on = 1 }
		on && /^[^ ]/ { on = 0; done = 1 }
		on { print substr($0, 5) }' "$FLEET_DOC"
}

# The playbook: all plays, to the commands that run it.
doc_playbook() {
	sed -n '/^    - hosts: virt/,/^    ansible-playbook/{/^    ansible-playbook/!s/^    //p}' "$FLEET_DOC"
}
