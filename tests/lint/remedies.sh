# SPDX-License-Identifier: GPL-2.0-or-later
# A command in a remedy is marked: by HD_COMMAND() if it can be run as it is, by backticks if it is a pattern or
# an alternative to the one before (what is marked by HD_COMMAND() is copied together). The page in
# Cockpit and --json offer to copy what is marked, and people see where it ends.
shopt -s nullglob
verbs=$(sed -n 's/^\t\.name = "\([a-z-]*\)",$/\1/p' src/cli/cmd_*.c | sort -u | paste -sd '|')
[ "$verbs" ] || { echo 'src/cli: names of commands not found'; exit 1; }
awk -v verbs="$verbs" '
BEGIN {
	programs = "virsh|systemctl|modprobe|rmmod|sysctl|udevadm|loginctl|journalctl|chmod|chown|umount|swapoff|" \
		"dmsetup|mdadm|vgchange|findmnt|lsusb|lsblk|lspci|dmesg|ausearch|getenforce|restorecon|mdevctl|" \
		"cryptsetup|fuser|nmcli|dracut|update-initramfs|update-grub|grub-mkconfig"
	command = "(^|[^-/.a-z_`])((hostdevctl (" verbs "))|((" programs ") [-%/a-z0-9])|" \
		"(ip (link|route|address|addr) )|(ln -s)|(rm [-/%])|(echo [^>]*>))"
}
# The words of its strings; what is marked is left out.
function judge(  i, c, is_in, depth, out, word) {
	out = ""
	for (i = 1; i <= length(statement); i++) {
		c = substr(statement, i, 1)
		if (is_in && c == "\\") { i++; continue }
		if (c == "\"") { is_in = !is_in; continue }
		if (is_in) { if (!depth) out = out c; continue }
		if (substr(statement, i, 11) == "HD_COMMAND(") { depth = 1; out = out "`x`"; i += 10; continue }
		if (depth) depth += (c == "(") - (c == ")")
	}
	gsub(/`[^`]*`/, "", out)
	if (match(out, command)) {
		print FILENAME ":" begin ": a command that is not marked: " substr(out, RSTART, RLENGTH + 30)
		bad = 1
	}
	statement = ""
}
FNR == 1 { statement = "" }
statement == "" && /(\.|->)remedy = |hd_advise\(/ && !/^[a-z].*hd_advise/ {
	begin = FNR; is_member = /[^>]\.remedy = / && !/;[ \t]*$/; statement = " " }
statement != "" {
	statement = statement $0
	if ($0 ~ /;[ \t]*$/ || (is_member && $0 ~ /[,}]([ \t]*\/\*.*)?$/)) judge()
}
END { exit bad }' src/check/*.c
