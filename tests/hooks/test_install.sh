# SPDX-License-Identifier: GPL-2.0-or-later
# Is everything installed where libvirt and systemd look, and does uninstall leave nothing?
. "$SRCDIR/tests/support/tap.sh"
tree=$(mktemp -d) || exit 99
trap 'rm -rf "$tree"' EXIT
unset MAKEFLAGS MFLAGS MAKELEVEL

# at NAME: its path below the tree
at() {
	find "$tree" ! -type d -name "$1" ! -path '*/bash-completion/*' -printf '/%P\n' | head -1
}
mode() {
	[ "$(stat -c %A "$tree$(at "$1")")" = "$2" ]
}
link_is_right() {
	local link
	link=$(at 50-hostdevctl)
	case $link in */libvirt/hooks/qemu.d/50-hostdevctl) ;; *) return 1 ;; esac
	[ "$(readlink "$tree$link")" = "$(at hostdevctl-hook)" ]
}
# where the program looks for its engine must be where the engine is
engine_is_found() {
	readelf -d "$tree$(at hostdevctl-hook)" | grep -F "[$(dirname "$(at hostdevctl-engine.so)")]"
}
libvirt_is_found() {
	grep -q '^#define HAVE_LIBVIRT' "$BUILDDIR/config.h" || return 0
	readelf -d "$tree$(at hostdevctl)" | grep -F "[$(dirname "$(at hostdevctl-libvirt.so)")]"
}
# by the tool, and by the engine, which has it from itself and not from the hook
systemd_is_found() {
	local from

	grep -q '^#define HAVE_SYSTEMD_BUS' "$BUILDDIR/config.h" || return 0
	for from in hostdevctl hostdevctl-engine.so; do
		readelf -d "$tree$(at "$from")" |
			grep -F "[$(dirname "$(at hostdevctl-systemd.so)")]" || return
	done
}
unit_is_right() {
	local unit
	unit=$tree$(at hostdevctl-recover.service)
	grep -qx "ExecStart=$(at hostdevctl) recover --boot" "$unit" && ! grep '@' "$unit"
}
# the unit is a template whose name has the event, and the rule starts it by this name
replug_is_right() {
	local event unit rule
	rule=$tree$(at 90-hostdevctl-replug.rules)
	case $rule in */udev/rules.d/90-*) ;; *) return 1 ;; esac
	grep -qF 'start hostdevctl-replug-$env{ACTION}@$kernel:' "$rule" || return 1
	for event in bind remove; do
		grep -q "^ACTION==\"[a-z|]*\b$event\b" "$rule" || return 1
		unit=$tree$(at "hostdevctl-replug-$event@.service")
		grep -qx "ExecStart=$(at hostdevctl) replug --event %j %i" "$unit" || return 1
		! grep '@[a-z]*@' "$unit" || return 1
	done
}
# a failure of the first keeps the host awake; the second runs whatever became of the first
sleep_is_right() {
	local unit
	unit=$tree$(at hostdevctl-sleep.service)
	grep -qx "ExecStart=$(at hostdevctl) sleep" "$unit" &&
		grep -qx "ExecStopPost=$(at hostdevctl) wake" "$unit" &&
		grep -qx 'RequiredBy=sleep.target' "$unit" && grep -qx 'Before=sleep.target' "$unit" &&
		! grep '@[a-z]*@' "$unit"
}
rule_is_valid() {
	udevadm verify --no-summary "$SRCDIR/hooks/90-hostdevctl-replug.rules"
}
leaves_nothing() {
	[ -z "$(find "$tree" -type f -o -type l)" ]
}

ok 'make install DESTDIR' make -s -C "$BUILDDIR" install DESTDIR="$tree"
ok 'the tool is a program' mode hostdevctl -rwxr-xr-x
ok 'the hook is a program' mode hostdevctl-hook -rwxr-xr-x
ok 'the link points at the hook, without DESTDIR' link_is_right
ok 'the program looks where the engine is' engine_is_found
ok 'the tool looks where its part for libvirt is' libvirt_is_found
ok 'the tool and the engine look where their part for systemd is' systemd_is_found
ok 'the unit runs the tool' unit_is_right
ok 'udev starts the units that look at USB devices' replug_is_right
ok 'a unit stops guests before the host sleeps' sleep_is_right
if udevadm verify --help > /dev/null 2>&1; then
	ok 'udev understands the rule' rule_is_valid
else
	skip 'udev understands the rule' 'udevadm cannot verify rules'
fi
ok 'at the end of the host, the daemon waits for its guests' \
	test -f "$tree$(dirname "$(at hostdevctl-recover.service)")/libvirt-guests.service.d/50-hostdevctl.conf"
templates_are_all() {
	local file
	for file in "$SRCDIR"/xml-templates/*.xml; do
		case $file in */guest-*) continue ;; esac
		cmp "$file" "$tree$(at "$(basename "$file")")" || return 1
	done
}
ok 'every template' templates_are_all
ok 'a template is where the tool looks' \
	grep -qF "$(dirname "$(at pcie-root-port.xml)")" "$tree$(at hostdevctl)"
completion_is_right() {
	grep -F "PATH:$(dirname "$(at hostdevctl)") command" "$tree$(at "$1")" && ! grep '@sbindir' "$tree$(at "$1")"
}
ok 'completion of bash' test -n "$(find "$tree" -path '*/bash-completion/completions/hostdevctl')"
ok 'completion of zsh runs the tool' completion_is_right _hostdevctl
ok 'no file of libtool is installed' test -z "$(at '*.la')"
ok 'make uninstall' make -s -C "$BUILDDIR" uninstall DESTDIR="$tree"
ok 'it leaves nothing' leaves_nothing
tap_end
