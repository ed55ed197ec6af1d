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
report "$(grep -nE '^static [^(=]*(;|= )' src/**/*.c hooks/*.c |
	grep -vE 'const|_must_check_|\(|^src/base/log.c|^src/facts/.*pcilib')" 'static mutable data'
exit $bad
