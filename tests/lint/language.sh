# SPDX-License-Identifier: GPL-2.0-or-later
# Plain English (docs/contributing.md, "Language"): phrases that no native writer uses.
#
# A phrase may begin on one line and end on the next. In pages, text in double quotes is a quotation.
# Arguments replace the files.
shopt -s nullglob globstar
phrases='
(is|are|was|were) no         : is not a, has no, unknown
(is|are|was|were) (at|by|from|in|of|on) no : is not in any
knows? no                    : does not know, unknown
(that|which|what) (is|are|was|were) to be : name who does it
anew                         : again
tells? of                    : shows, reports
not for everybody            : name those who may
(is|are|was|were|be) told    : is shown, is reported
that of                      : use the possessive
be it                        : whether
no [a-z-]+ any more          : no longer
'
[ $# -gt 0 ] || set -- README docs/*.md docs/*.scd docs/gen_checks.c xml-templates/*.xml \
	completion/*.in hooks/*.in quickstart tests/lab/README tests/fuzz/README \
	tests/lab/hazards-table tests/lab/host-validate-table tests/lab/hazards/*.sh \
	src/**/*.[ch] hooks/*.[ch]
LC_ALL=C awk -v phrases="$phrases" '
BEGIN {
	RS = "\001"	# a file is one record
	gap = "[ \t\n*#\"]+"
	n = split(phrases, row, "\n")
	for (i = 1; i <= n; i++) {
		split(row[i], part, / *: */)
		regex[i] = part[1]; better[i] = part[2]
		gsub(/ /, gap, regex[i])
		if (regex[i]) regex[i] = "[^a-z]" regex[i] "[^a-z]"
	}
}

# "there is no", "is no longer" and the like are as they should be
function is_fine(before, after) {
	return before ~ ("there" gap "?$") || after ~ ("^" gap "?(longer|more|less)[^a-z]")
}

# TEXT has a newline before the first line
function line_of(text) {
	return gsub(/\n/, "", text)
}

function find(text, i,    at, before, found) {
	for (at = 1; match(substr(text, at), regex[i]); at += RSTART) {
		found = substr(text, at + RSTART, RLENGTH - 2)
		before = substr(text, 1, at + RSTART - 1)
		if (is_fine(before, substr(text, at + RSTART + RLENGTH - 2, 20))) continue
		gsub(gap, " ", found)
		print FILENAME ":" line_of(before) ": \"" found "\"; better: " better[i]
		bad = 1
	}
}

{
	text = "\n" tolower($0) "\n"
	if (FILENAME ~ /\.(md|scd)$/) gsub(/"[^"\n]*"/, "\"\"", text)
	for (i = 1; i <= n; i++)
		if (regex[i]) find(text, i)
}
END { exit bad }' "$@"
