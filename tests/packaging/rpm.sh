# SPDX-License-Identifier: GPL-2.0-or-later
# What the RPM packages have, and what their scriptlets do, where no rpm-based host is at hand.
#
# Run by tests/packaging/run with the folder of the packages. The scriptlets run with paths of our own.
. "$SRCDIR/tests/support/tap.sh"
folder=$(readlink -f "$1")
main=$(echo "$folder"/hostdevctl-[0-9]*.rpm) policy=$(echo "$folder"/hostdevctl-selinux-*.rpm)
page=$(echo "$folder"/cockpit-hostdevctl-*.rpm)
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
hook=$work/etc/libvirt/hooks/qemu.d/50-hostdevctl

# scriptlet TAG ARGUMENT: runs it as rpm does, on the files below $work
scriptlet() {
	rpm -qp --qf "%{$1}" "$main" | sed "s|/usr/sbin/hostdevctl|$work/bin/hostdevctl|g
		s|/run/hostdevctl|$work/run/hostdevctl|g; s|/run/systemd|$work/run/systemd|g
		s|/etc/libvirt|$work/etc/libvirt|g; s|/var/lib/hostdevctl|$work/var/lib/hostdevctl|g" \
		> "$work/scriptlet" && PATH=$work/bin:$PATH sh "$work/scriptlet" "$2"
}

# host ANSWER...: a fresh host with an active libvirtd; each question to `status --idle` takes one exit status
host() {
	rm -rf "$work"/* && mkdir -p "$work/bin" "$work/run/systemd/system" "${hook%/*}" "$work/run/hostdevctl"
	ln -s /usr/sbin/hostdevctl-hook "$hook"
	: > "$work/run/hostdevctl/group-12.lock"
	: > "$work/run/hostdevctl/replug-1-2"
	: > "$work/run/hostdevctl/sleep-1"
	printf '%s\n' "$@" > "$work/answers"
	cat > "$work/bin/systemctl" <<-END
		#!/bin/sh
		echo "\$*" >> $work/calls
		case "\$*" in *is-active*virtqemud*) exit 3 ;; esac
	END
	cat > "$work/bin/hostdevctl" <<-END
		#!/bin/sh
		echo "hostdevctl \$*" >> $work/calls
		answer=\$(head -1 $work/answers)
		sed -i 1d $work/answers
		exit \$answer
	END
	chmod 755 "$work"/bin/*
	: > "$work/calls"
}

files() {
	rpm -qlp "$main" | grep -vE '/\.build-id' | sed 's|/usr/lib64|/usr/lib|' > "$work/files"
	printf '%s\n' /etc/libvirt/hooks/qemu.d/50-hostdevctl /usr/sbin/hostdevctl /usr/sbin/hostdevctl-hook \
		/usr/lib/hostdevctl/hostdevctl-engine.so /usr/lib/hostdevctl/hostdevctl-libvirt.so \
		/usr/lib/hostdevctl/hostdevctl-systemd.so \
		/usr/lib/systemd/system/hostdevctl-metrics.service \
		/usr/lib/systemd/system/hostdevctl-metrics.timer \
		/usr/lib/systemd/system/hostdevctl-recover.service \
		/usr/lib/systemd/system/hostdevctl-replug-bind@.service \
		/usr/lib/systemd/system/hostdevctl-replug-remove@.service \
		/usr/lib/systemd/system/hostdevctl-sleep.service \
		/usr/lib/udev/rules.d/90-hostdevctl-replug.rules \
		/usr/lib/systemd/system/libvirt-guests.service.d/50-hostdevctl.conf \
		/usr/lib/systemd/system-preset/80-hostdevctl.preset \
		/usr/share/bash-completion/completions/hostdevctl \
		/usr/share/zsh/site-functions/_hostdevctl /usr/share/hostdevctl/xml-templates/pci.xml \
		/usr/share/doc/hostdevctl/NEWS /usr/share/doc/hostdevctl/README \
		/usr/share/doc/hostdevctl/tour.md | grep -vxFf "$work/files"
}

ok 'every file is there' eval '! files'
ok 'the page in Cockpit has a package of its own' eval \
	'rpm -qlp "$page" | grep -qx /usr/share/cockpit/hostdevctl/manifest.json &&
	! grep -q /share/cockpit/ "$work/files"'
ok 'nothing of the build is' eval '! rpm -qlp "$main" | grep -E "\.la$|/tests?/|\.pp$"'
ok 'no file of /etc is a setting that an upgrade would replace' eval '[ -z "$(rpm -qcp "$main")" ]'
ok 'the hook leads to the program' eval 'rpm -qp --qf "[%{FILENAMES} %{FILELINKTOS}\n]" "$main" |
	grep -qxF "/etc/libvirt/hooks/qemu.d/50-hostdevctl /usr/sbin/hostdevctl-hook"'
ok 'the service is enabled by its preset' eval \
	'rpm -qp --qf "%{POSTIN}" "$main" | grep -q "systemd_post hostdevctl-recover.service\|preset"'

host
ok 'an installation' scriptlet POSTIN 1
ok 'reloads the daemon that runs' grep -qx 'reload libvirtd.service' "$work/calls"
ok 'and no other, nor restarts one' eval '! grep -E "reload virtqemud|start|stop" "$work/calls"'
host
ok 'an upgrade' scriptlet POSTIN 2
ok 'reloads nothing' eval '! grep -E "reload" "$work/calls"'
ok 'and asks nothing before' scriptlet PREUN 1
ok 'the hook stays' [ -L "$hook" ]
host 1
ok 'what is held stops the removal' eval '! scriptlet PREUN 0'
ok 'with the hook in place' [ -L "$hook" ]
host 0 1
ok 'so does what was taken meanwhile' eval '! scriptlet PREUN 0'
ok 'with the hook in place again' [ "$(readlink "$hook")" = /usr/sbin/hostdevctl-hook ]
host 0 0
ok 'nothing is held: it is removed' scriptlet PREUN 0
ok 'the hook first' [ ! -L "$hook" ]
: > "$work/run/hostdevctl/journal"
ok 'after it' scriptlet POSTUN 0
ok 'locks are gone' [ ! -e "$work/run/hostdevctl/group-12.lock" ]
ok 'and what was noted of USB devices' [ ! -e "$work/run/hostdevctl/replug-1-2" ]
ok 'and of guests that were stopped' [ ! -e "$work/run/hostdevctl/sleep-1" ]
ok 'and nothing else' [ -e "$work/run/hostdevctl/journal" ]

transition='typetransition virtqemud_t hostdevctl_hook_exec_t process hostdevctl_hook_t'
if [ -e "$policy" ] && [ -x /usr/libexec/selinux/hll/pp ]; then
	host
	(cd "$work" && rpm2cpio "$policy" | cpio -id --quiet && bunzip2 "$work"/usr/share/selinux/packages/*/*.bz2 &&
		/usr/libexec/selinux/hll/pp "$work"/usr/share/selinux/packages/*/hostdevctl.pp > "$work/cil")
	ok 'the policy lets virtqemud leave its domain for the hook' grep -qF "$transition" "$work/cil"
	ok 'and labels the program' grep -qF 'filecon "/usr/sbin/hostdevctl-hook"' "$work/cil"
else
	skip 'the policy module' 'selinux-policy-dev is not installed'
fi
tap_end
