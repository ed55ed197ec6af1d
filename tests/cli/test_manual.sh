# SPDX-License-Identifier: GPL-2.0-or-later
# The manual says what the programs know: checks, commands, options, settings, exit codes.
. "$SRCDIR/tests/support/clitap.sh" || exit 99
page=$SRCDIR/docs/hostdevctl.1.scd

# has WHAT FILE: each line of $work/words is in FILE, in the form WHAT with % for it
each_is_in() {
	local form=$1 file=$2 word bad=0

	[ -s "$work/words" ] || { echo 'no words'; return 1; }
	while read -r word; do
		grep -qE -e "${form//%/$word}" "$file" || { echo "$word is not in $file"; bad=1; }
	done < "$work/words"
	return $bad
}

# Of the source, not of the program that prints the page.
checks_are_there() {
	sed -nE 's/^\t\.id = "([a-z0-9-]+)",$/\1/p' "$SRCDIR"/src/check/*.c > "$work/words"
	"$BUILDDIR/docs/gen_checks" > "$work/checks" && each_is_in '^\*%\* \(' "$work/checks"
}

once_each() {
	[ "$(grep -cE '^\*[a-z0-9-]+\* \(' "$work/checks")" = "$(wc -l < "$work/words")" ]
}

commands_are_there() {
	"$tool" --list-commands > "$work/words" && each_is_in '^\*%\*' "$page"
}

options_are_there() {
	"$tool" "$1" --help | grep -oE '^  .{0,3} ?--[a-z-]+' | grep -oE -e '--[a-z-]+' > "$work/words"
	each_is_in '%\b' "$page"
}

codes_are_there() {
	"$tool" --help | sed -nE '/^Exit codes/,/^$/s/^ +([0-9]+)  .*/\1/p' > "$work/words"
	each_is_in '^\*%\*$' "$page" && each_is_in '^\*%\*$' "$SRCDIR/docs/hostdevctl-hook.8.scd"
}

settings_are_there() {
	sed -nE 's/.*\{ "[a-z]+", "([a-z_]+)",.*/\1/p' "$SRCDIR/src/base/config_file.c" > "$work/words"
	each_is_in '^\*%\* = ' "$SRCDIR/docs/hostdevctl.conf.5.scd"
}

# man FILE: groff has nothing to complain about
reads_well() {
	local width
	for width in 80 100; do
		LC_ALL=C.UTF-8 MANWIDTH=$width MANROFFSEQ='' man --warnings -l "$BUILDDIR/docs/$1" \
			2> "$work/err" > "$work/out"
		cat "$work/err"
		[ -s "$work/out" ] && [ ! -s "$work/err" ] || return
	done
}

ok 'every check is in hostdevctl-checks(7)' checks_are_there
ok 'once each' once_each
ok 'every command is in hostdevctl(1)' commands_are_there
for command in $("$tool" --list-commands); do
	ok "every option of $command" options_are_there "$command"
done
ok 'every exit code' codes_are_there
ok 'every setting is in hostdevctl.conf(5)' settings_are_there
for name in hostdevctl.1 hostdevctl.conf.5 hostdevctl-hook.8 hostdevctl-checks.7; do
	if [ -e "$BUILDDIR/docs/$name" ] && command -v man groff > "$work/out" 2>&1; then
		ok "$name reads well" reads_well "$name"
	else
		skip "$name reads well" 'no scdoc, man or groff'
	fi
done
tap_end
