# SPDX-License-Identifier: GPL-2.0-or-later
# A layer includes itself and the ones below it, nothing above: nothing flows back.
order='base domain facts inventory check explain plan run knob virt element act setup report cli'
shopt -s nullglob globstar
awk -v order="$order" '
BEGIN { n = split(order, names, " "); for (i = 1; i <= n; i++) rank[names[i]] = i; rank["hooks"] = n }
FNR == 1 { split(FILENAME, p, "/"); own = p[1] == "hooks" ? "hooks" : p[2] }
/^#[ \t]*include[ \t]*"/ {
	split($0, q, "\""); split(q[2], r, "/"); other = r[1]
	if (q[2] == "config.h" || other == own) next
	if (!(other in rank)) { print FILENAME ":" FNR ": includes " q[2] ", which is of no layer"; bad = 1; next }
	if (rank[other] >= rank[own] && !(own == "hooks" && other != "cli")) {
		print FILENAME ":" FNR ": layer " own " includes " q[2] " of layer " other " above it"; bad = 1 }
}
END { exit bad }' src/**/*.[ch] hooks/*.[ch]
