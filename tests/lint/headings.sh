# SPDX-License-Identifier: GPL-2.0-or-later
# Each source file starts with its licence and one sentence that names it.
shopt -s nullglob globstar
bad=0
for file in src/**/*.[ch] hooks/*.[ch] tests/**/test_*.c tests/support/*.[ch] tests/fuzz/*.c tests/bench/*.c; do
	head -1 "$file" | grep -q 'SPDX-License-Identifier: GPL-2.0-or-later' ||
		{ echo "$file:1: no SPDX line"; bad=1; }
	head -4 "$file" | grep -q "^\( \*\|/\*\) $(basename "$file") - " ||
		{ echo "$file:2: does not start with \"$(basename "$file") - what it answers\""; bad=1; }
done
exit $bad
