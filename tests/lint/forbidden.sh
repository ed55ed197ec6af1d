# SPDX-License-Identifier: GPL-2.0-or-later
# Functions that have no bound or run a shell, jumps, and new_id (it claims devices by kind), which
# only messages of other programs may name; and strchr() that moves on, as it finds the end of a text, too.
shopt -s nullglob globstar
awk '
function strip(line) {
	if (in_comment) {
		if (!match(line, /\*\//)) return ""
		line = substr(line, RSTART + 2); in_comment = 0
	}
	gsub(/\/\*([^*]|\*[^\/])*\*\//, "", line)
	if (match(line, /\/\*/)) { line = substr(line, 1, RSTART - 1); in_comment = 1 }
	return line
}
FNR == 1 { in_comment = 0 }
{
	code = strip($0)
	if (match(code, /(^|[^A-Za-z0-9_])(system|popen|strcpy|strcat|sprintf|vsprintf|atoi|atol|sscanf|gets|alloca|mktemp|tmpnam)[ \t]*\(/)) {
		print FILENAME ":" FNR ": forbidden: " substr(code, RSTART, RLENGTH) ")"; bad = 1 }
	if (code ~ /strchr\([^;]*\*[a-z_]+\+\+\)/) { print FILENAME ":" FNR ": strchr() finds the NUL"; bad = 1 }
	if (match(code, /(^|[ \t;])goto[ \t]/)) { print FILENAME ":" FNR ": goto"; bad = 1 }
	if (FILENAME !~ /^src\/explain\// && code ~ /"[^"]*new_id/) { print FILENAME ":" FNR ": new_id"; bad = 1 }
}
END { exit bad }' src/**/*.[ch] hooks/*.[ch]
