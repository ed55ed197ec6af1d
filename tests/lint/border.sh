# SPDX-License-Identifier: GPL-2.0-or-later
# Only src/knob writes to the host, only main() and src/report print; no static mutable data.
shopt -s nullglob globstar
bad=0
report() {
	[ -z "$1" ] || { printf '%s\n' "$1" | sed "s/\$/   <- $2/"; bad=1; }
}
report "$(grep -n 'hd_sysroot_write *(' src/{domain,facts,inventory,check,plan,run,virt,act,report,cli}/**/*.c hooks/*.c /dev/null)" \
	'only src/knob writes to the host'
report "$(grep -nE '\b(printf|puts|putchar|perror) *\(' src/{base,domain,facts,inventory,check,plan,knob,run,act,setup}/**/*.c /dev/null |
	grep -vE '^src/base/arena.c')" 'only main() and src/report print'
report "$(grep -nE '^[^"]*\b(open|openat|fopen|stat|opendir|execv|connect|socket) *\(' src/check/*.c /dev/null)" \
	'checks are pure'
# The program's name in its log, as openlog(3) keeps it; libpci's callback for errors gets no context.
report "$(awk '
/^[ \t]*static [^(=]*(;|= )/ {
	object = $0; sub(/[ \t]*[{;=].*/, "", object)
	is_const = object ~ /\*/ ? object ~ /\*const / : object ~ /const /
	if (!is_const) print FILENAME ":" FNR ":" $0
}' src/**/*.c hooks/*.c | grep -vE '^src/base/log.c:[0-9]+:static const char \*name;' |
	grep -vE '^src/facts/pci/pcilib.c:[0-9]+:static .*\b(names|is_broken|on_error);')" 'static mutable data'
exit $bad
