# SPDX-License-Identifier: GPL-2.0-or-later
# Files of up to 500 lines; lines that a terminal shows whole (90 columns are the aim, tabs are 8).
shopt -s nullglob globstar
awk '
FNR == 501 { print FILENAME ":501: more than 500 lines"; bad = 1 }
{
	line = $0; column = 0
	for (i = 1; i <= length(line); i++)
		column = substr(line, i, 1) == "\t" ? column + 8 - column % 8 : column + 1
	if (column > 120) { print FILENAME ":" FNR ": " column " columns"; bad = 1 }
}
END { exit bad }' src/**/*.[ch] hooks/*.[ch] tests/**/*.[ch]
