# SPDX-License-Identifier: GPL-2.0-or-later
# What documents and comments say lies somewhere lies there; the design page draws every folder.
shopt -s nullglob globstar
bad=0

# Is there a file or folder NAME, from the top, below src, or (of the same folder) beside FILE?
is_there() {
	local file=$1 name=$2

	[ -e "$name" ] || [ -e "src/$name" ] || [ -e "${file%/*}/$name" ]
}

while IFS=: read -r file line name; do
	is_there "$file" "$name" || { echo "$file:$line: $name does not exist"; bad=1; }
done < <(grep -noE '(src|hooks|tests|base|domain|facts|inventory|check|plan|run|knob|act|setup|virt|element|report|cli)/[a-z_/]+\.(c|h|sh|md)\b' \
	README docs/*.md tests/*/README /dev/null | grep -v '/test_[a-z_]*\.')

for folder in src/* src/facts/* hooks; do
	[ -d "$folder" ] || continue
	name=${folder#src/facts/}
	grep -qE "^ +$name  " docs/design.md ||
		{ echo "docs/design.md:1: the folder $folder is not drawn"; bad=1; }
done
exit $bad
