# SPDX-License-Identifier: GPL-2.0-or-later
# A refusal on the way of a hand-over names the command that comes next, complete: who reads it may
# have no second screen to look it up.
shopt -s nullglob
awk '
# The words of its strings, once the statement has ended.
function judge() {
	text = statement; out = ""
	while (match(text, /"([^"\\]|\\.)*"/)) {
		out = out substr(text, RSTART + 1, RLENGTH - 2)
		text = substr(text, RSTART + RLENGTH)
	}
	if (out !~ /[`\047](hostdevctl|virsh|loginctl|journalctl|systemctl) /) {
		print FILENAME ":" begin ": a refusal without a next command: " out; bad = 1 }
	statement = ""
}
FNR == 1 { statement = "" }
/"[^"]*hostdevctl [^"]*(GUEST|DEVICE|ADDRESS)/ {
	print FILENAME ":" FNR ": a command that is not complete"; bad = 1 }
/HD_EXIT_REFUSED, err|hd_fail\(err, -E(PERM|BUSY)/ { begin = FNR; statement = " " }
statement != "" { statement = statement $0; if ($0 ~ /;[ \t]*$/) judge() }
END { exit bad }' src/cli/cmd_handover.c src/cli/cmd_rehearse.c src/cli/handover_*.c src/cli/rehearsal.c \
	src/facts/handover_facts.c src/check/handover_*.c src/check/display_free.c
