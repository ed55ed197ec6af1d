# SPDX-License-Identifier: GPL-2.0-or-later
# Every check, command, exit code and setting is in the manual.
shopt -s nullglob
bad=0

# named PATTERN FILES...: prints "file:line:word" of the first group of the (sed) pattern
named() {
	local pattern=$1
	shift
	grep -nH '' "$@" | sed -n "s/^\([^:]*:[0-9]*\):.*$pattern.*/\1:\2/p"
}

# The page of the checks is printed from the table; the table must say something to print.
for file in src/check/*.c; do
	awk -v file="$file" '
	/^const struct hd_check [a-z_0-9]+ = \{/ { open = FNR; has = ""; next }
	open && /^\t\.(id|title|remedy|doc) =/ { sub(/ =.*/, "", $1); has = has $1 }
	open && /^};/ {
		if (has !~ /\.id/ || has !~ /\.title/ || has !~ /\.remedy/ || has !~ /\.doc/) {
			print file ":" open ": a check without id, title, remedy or doc"; bad = 1 }
		open = 0
	}
	END { exit bad }' "$file" || bad=1
done
while IFS=: read -r file line word; do
	[ "$word" ] || continue
	grep -q "^\*$word\*" docs/hostdevctl.1.scd ||
		{ echo "$file:$line: command $word is not in docs/hostdevctl.1.scd"; bad=1; }
done < <(for file in src/cli/*.c; do
	awk -v file="$file" '
	/^const struct hd_command / { name = ""; line = FNR; open = 1; internal = 0 }
	open && /\.name = "/ { split($0, q, "\""); name = q[2] }
	open && /\.is_internal = true/ { internal = 1 }
	open && /^};/ { if (!internal) print file ":" line ":" name; open = 0 }' "$file"
done)
while IFS=: read -r file line word; do
	for page in docs/hostdevctl.1.scd docs/hostdevctl-hook.8.scd; do
		grep -q "^\*$word\*$" "$page" ||
			{ echo "$file:$line: exit code $word is not in $page"; bad=1; }
	done
done < <(named 'HD_EXIT_[A-Z]* = \([0-9]*\),' src/base/exit.h)
while IFS=: read -r file line word; do
	grep -q "^\*$word\* = " docs/hostdevctl.conf.5.scd ||
		{ echo "$file:$line: setting $word is not in docs/hostdevctl.conf.5.scd"; bad=1; }
done < <(named '{ "hook", "\([a-z_]*\)",' src/base/config_file.c)
while IFS=: read -r file line word; do
	grep -q -e "--$word\b" docs/hostdevctl.1.scd ||
		{ echo "$file:$line: option --$word is not in docs/hostdevctl.1.scd"; bad=1; }
done < <(named "const struct hd_option [a-z_]* = { [^,]*, \"\([a-z-]*\)\"" src/cli/*.c /dev/null)
exit $bad
