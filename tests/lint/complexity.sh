# SPDX-License-Identifier: GPL-2.0-or-later
# No function over 60 lines or a cyclomatic complexity of 10.
shopt -s nullglob globstar
command -v pmccabe > /dev/null || { echo 'pmccabe is not installed'; exit 77; }
pmccabe src/**/*.c hooks/*.c tests/**/*.c |
awk '{
	file = $6; sub(/\(.*/, "", file)
	if ($1 > 10) { print file ":" $4 ": " $7 ": complexity " $1; bad = 1 }
	if ($5 > 60) { print file ":" $4 ": " $7 ": " $5 " lines"; bad = 1 }
} END { exit bad }'
