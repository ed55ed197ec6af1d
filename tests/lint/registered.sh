# SPDX-License-Identifier: GPL-2.0-or-later
# What is defined is listed: checks in HD_EACH_CHECK, commands in hd_commands[], sources and tests in make.
shopt -s nullglob globstar
bad=0

# listed DEFINITION LIST-FILES WHAT: each "const struct X NAME = {" must occur as &NAME or row(NAME)
listed() {
	local pattern=$1 what=$2 file line name
	shift 2
	while IFS=: read -r file line name; do
		grep -qE "(&|row\()$name\b" "$@" 2> /dev/null ||
			{ echo "$file:$line: $name is not in $what"; bad=1; }
	done < <(grep -n "^const struct $pattern [a-z_0-9]* = {" src/**/*.c |
		sed 's/:const struct [a-z_]* \([a-z_0-9]*\) = {.*/:\1/')
}
listed hd_check HD_EACH_CHECK src/check/checks.h
listed hd_command 'hd_commands[]' src/cli/*.c

for file in src/**/*.[ch] hooks/*.[ch]; do
	grep -q "\b$file\b" src/**/sources.mk hooks/sources.mk ||
		{ echo "$file:1: is in no sources.mk"; bad=1; }
done
for file in tests/**/test_*.c tests/**/test_*.sh tests/**/fuzz_*.c tests/support/*.[ch]; do
	name=$file
	case $file in */test_*.c|*/fuzz_*.c) name=${file%.c} ;; esac
	grep -q "\b$name\( \|$\)" tests/**/*.mk || { echo "$file:1: is in no sources.mk of tests"; bad=1; }
done
exit $bad
