# SPDX-License-Identifier: GPL-2.0-or-later
# A layer includes itself and the ones below it, nothing above: nothing flows back.  The
# same holds for the rooms below src/facts, which know nothing of each other's insides,
# and for single files: no file includes what includes it, by whatever way.
order='base domain scheduler facts inventory check explain plan run knob virt element act setup report cli'
rooms='modules host pci storage holders network usb mdev libvirt serial scsi display boot setup'
# The readers of boot files still become one: until then they are not asked.
later=facts/boot/
shopt -s nullglob globstar
bad=0
awk -v order="$order" -v rooms="$rooms" -v later="$later" '
BEGIN {
	n = split(order, names, " "); for (i = 1; i <= n; i++) rank[names[i]] = i; rank["hooks"] = n
	n = split(rooms, names, " "); for (i = 1; i <= n; i++) room_rank[names[i]] = i; room_rank[""] = n + 1
}
function room(path,	p, n) { n = split(path, p, "/"); return p[1] == "facts" && n > 2 ? p[2] : "" }
function say(text) { print FILENAME ":" FNR ": " text; bad = 1 }
FNR == 1 { path = FILENAME; sub(/^src\//, "", path); split(path, p, "/"); own = p[1]; own_room = room(path) }
/^#[ \t]*include[ \t]*"/ {
	split($0, q, "\""); split(q[2], r, "/"); other = r[1]
	if (q[2] == "config.h" || index(path, later) == 1) next
	if (q[2] ~ /_internal\.h$/ && substr(q[2], 1, length(q[2]) - length(r[split(q[2], r, "/")])) != \
	    substr(path, 1, length(path) - length(p[split(path, p, "/")])))
		say("includes " q[2] ", which is for the files beside it")
	if (other == own && own == "facts") {
		if (!(own_room in room_rank) || !(room(q[2]) in room_rank))
			say("the room of " path " or " q[2] " has no place in the order")
		else if (room_rank[room(q[2])] > room_rank[own_room])
			say("room facts/" own_room " includes " q[2] " of a room above it")
	}
	if (other == own) next
	if (!(other in rank)) { say("includes " q[2] ", which is of no layer"); next }
	if (rank[other] >= rank[own] && !(own == "hooks" && other != "cli"))
		say("layer " own " includes " q[2] " of layer " other " above it")
}
END { exit bad }' src/**/*.[ch] hooks/*.[ch] || bad=1

# "x.c", "x.h" and "x_internal.h" are one unit.
awk '
function unit(path) { sub(/^src\//, "", path); sub(/\.[ch]$/, "", path); sub(/_internal$/, "", path); return path }
/^#[ \t]*include[ \t]*"/ {
	split($0, q, "\"")
	if (q[2] != "config.h" && unit(q[2]) != unit(FILENAME)) print unit(FILENAME), unit(q[2])
}' src/**/*.[ch] hooks/*.[ch] | grep -v "^$later" | sort -u | tsort 2>&1 >/dev/null |
	awk '/loop/ { n++; next } { sub(/^tsort: /, ""); print (n > 1 ? "then " : "") $0 ": is in a circle of includes" }' |
	grep . && bad=1

# A name says which file is meant, wherever it lies.
for name in $(printf '%s\n' src/**/*.[ch] hooks/*.[ch] | sed 's,.*/,,' | sort | uniq -d); do
	printf '%s: is the name of several files\n' "$name"
	bad=1
done
exit $bad
