# SPDX-License-Identifier: GPL-2.0-or-later
# The life of the installed package, in a root of its own where dpkg is real and systemd a record of calls.
#
# Run by tests/packaging/run inside the root: /build has the package, the sources' tests and what they need.
. "$SRCDIR/tests/support/clitap.sh" || exit 99
deb=$1 tool=/usr/sbin/hostdevctl
hook=/etc/libvirt/hooks/qemu.d/50-hostdevctl
calls=/tmp/calls
journals=/run/hostdevctl

# stub PROGRAM: records its calls; systemctl's links are real, and its libvirtd is as /tmp/libvirtd says
stub() {
	cat > "/usr/local/sbin/$1" <<-END
		#!/bin/sh
		echo "$1 \$*" >> $calls
		case "\$*" in
		*ActiveState*libvirtd*) cat /tmp/libvirtd ;;
		*able\ *|*preset*) exec /usr/bin/$1 "\$@" ;;
		esac
		[ ! -e /tmp/$1-fails ]
	END
	chmod 755 "/usr/local/sbin/$1"
}

# called TEXT; not_called TEXT
called() {
	grep -qF -- "$1" $calls || { cat $calls; return 1; }
}

not_called() {
	! called "$1" > /dev/null || { cat $calls; return 1; }
}

# pkg DPKG-ARGUMENTS...: with a record of its own; its output in /tmp/dpkg
pkg() {
	: > $calls
	PATH=/usr/local/sbin:$PATH dpkg "$@" > /tmp/dpkg 2>&1 < /dev/null || { cat /tmp/dpkg; return 1; }
}

# refused TEXT DPKG-ARGUMENTS...: dpkg fails, says TEXT, and the package is as installed as before
refused() {
	local text=$1
	shift
	! pkg "$@" > /dev/null || { echo "not refused"; return 1; }
	grep -qF -- "$text" /tmp/dpkg && is_installed || { cat /tmp/dpkg; return 1; }
}

is_installed() {
	[ "$(dpkg-query -W -f '${db:Status-Status}' hostdevctl)" = installed ] && [ -x "$hook" ] &&
		"$tool" --version > /dev/null
}

# as_version VERSION: the same package under another version
as_version() {
	rm -rf /tmp/repacked && dpkg-deb -R "$deb" /tmp/repacked &&
		sed -i "s/^Version: .*/Version: $1/" /tmp/repacked/DEBIAN/control &&
		dpkg-deb -b /tmp/repacked "/tmp/hostdevctl_$1.deb" > /dev/null
}

# starts, ends: what libvirt runs at a guest's start and end, on a host that the preload pretends
starts() {
	"$hook" --sysroot "$root" win11 prepare begin - < /tmp/guest.xml
}

ends() {
	"$hook" --sysroot "$root" win11 release end - < /tmp/guest.xml
}

# Everything but what dpkg and the test itself write.
snapshot() {
	find / -xdev \( -path "$root" -o -path /build -o -path /proc -o -path /tmp -o -path /usr/local/sbin -o \
		-path /var/lib/dpkg -o -path /var/log -o -path /var/cache \) -prune -o -printf '%M %p %l\n' |
		sort
	find /run -printf '%M %p %l\n' | sort
}

disk_guest > /tmp/guest.xml
stub systemctl
stub update-grub
mkdir -p /run/systemd/system /etc/default/grub.d /etc/udev/rules.d
echo active > /tmp/libvirtd
: > $calls
bus_host
# The state directory is that of the root, so that maintainer scripts see it.
mkdir -p "$root/run" && mount --bind /run "$root/run" || exit 99
snapshot > /tmp/before

# On a host where guests run.
ok 'the package is installed' pkg -i "$deb"
ok 'it is complete' is_installed
ok 'libvirt finds the hook' [ "$(readlink $hook)" = /usr/sbin/hostdevctl-hook ]
ok 'the daemon is reloaded' called 'systemctl reload libvirtd.service'
ok 'after systemd has read its units' eval \
	'[ "$(grep -nE "daemon-reload|reload libvirtd" $calls | sed "s/.*systemctl //" | head -1)" = "--system daemon-reload" ]'
ok 'nothing is restarted or stopped' eval '! grep -E "(re)?start|stop" $calls'
ok 'a daemon that does not run is left alone' not_called 'reload virtqemud'
for daemon in libvirtd virtqemud; do
	ok "recover is wanted by $daemon" \
		[ -L /etc/systemd/system/$daemon.service.wants/hostdevctl-recover.service ]
done
ok 'the host does not sleep without asking' \
	[ -L /etc/systemd/system/sleep.target.requires/hostdevctl-sleep.service ]
ok 'nothing writes metrics unasked' \
	[ ! -L /etc/systemd/system/timers.target.wants/hostdevctl-metrics.timer ]
ok 'no file of /etc is a conffile: the package has no settings of its own' \
	[ -z "$(dpkg-query -W -f '${Conffiles}' hostdevctl)" ]
ok 'dpkg finds its files as they were packed' eval '[ -z "$(dpkg -V hostdevctl)" ]'
for file in zsh/vendor-completions/_hostdevctl bash-completion/completions/hostdevctl \
	man/man1/hostdevctl.1.gz man/man8/hostdevctl-hook.8.gz man/man5/hostdevctl.conf.5.gz \
	man/man7/hostdevctl-checks.7.gz \
	doc/hostdevctl/README.gz doc/hostdevctl/NEWS.gz doc/hostdevctl/tour.md.gz; do
	ok "/usr/share/$file" [ -s "/usr/share/$file" ]
done

# Upgrades.
ok 'a guest takes a device' fake starts
ok 'it is on VFIO' driver $DISK vfio-pci
as_version 1.0.1
ok 'the package is upgraded' pkg -i /tmp/hostdevctl_1.0.1.deb
ok 'nothing is reloaded: the daemon knows the hook' eval '! grep -E "reload .*virt|restart|stop" $calls'
ok 'the guest keeps its device' driver $DISK vfio-pci
ok 'the record is kept' [ -s "$journals/$uuid" ]
ok 'the new version gives it back' fake ends
ok 'to its driver' driver $DISK nvme
ok 'and forgets it' [ ! -e "$journals/$uuid" ]
ok 'a guest takes it from the new version' fake starts
ok 'which is replaced by the old one' pkg -i "$deb"
ok 'that gives it back, too' fake ends
ok 'to the same driver' driver $DISK nvme
ok 'an administrator wants no hook' dpkg-divert --rename --divert /etc/libvirt/hooks/50-hostdevctl.off --add $hook
ok 'an upgrade' pkg -i /tmp/hostdevctl_1.0.1.deb
ok 'does not bring it back' [ ! -e $hook ]
ok 'the administrator wants it again' dpkg-divert --rename --remove $hook
ok 'it is there' is_installed

# A newer program was here.
mkdir -p -m 0700 $journals
printf '00000000 hostdevctl-journal 99 what nobody knows yet\n' > "$journals/$uuid"
ok 'what a newer version recorded is not touched' complains 4 'some devices could not' recover --boot
ok 'the reason is said' grep -qF 'a newer version of hostdevctl wrote it' "$work/out"
ok 'and the package stays' refused 'only hostdevctl can give these devices back' -r hostdevctl
rm "$journals/$uuid"

# Removal.
ok 'a guest takes a device again' fake starts
ok 'removal is refused' refused 'guest win11' -r hostdevctl
ok 'so is purging' refused 'end their guests' -P hostdevctl
ok 'the guest keeps the device' driver $DISK vfio-pci
ok 'and gives it back at its end' fake ends
ok 'an administrator takes one' fake run 0 detach -b sysfs --sysroot "$root" $DISK
ok 'removal is refused then, too' refused 'hostdevctl reattach' -r hostdevctl
ok 'the device is given back' fake run 0 reattach -b sysfs --sysroot "$root" $DISK
chmod 0777 $journals
ok 'what cannot be known counts as held' refused 'not exclusively ours' -r hostdevctl
chmod 0700 $journals
mkdir -p /var/lib/hostdevctl/setup/1
echo vfio-pci > /etc/modules-load.d/hostdevctl.conf
: > /etc/default/grub.d/zz-hostdevctl.cfg
: > /etc/udev/rules.d/70-hostdevctl-bind-0000:01:00.0.rules
: > /etc/tmpfiles.d/hostdevctl-hugepages-2048.conf
echo '[hook]' > /etc/hostdevctl.conf
mkdir -p /run/motd.d && : > /run/motd.d/hostdevctl
ok 'the package is removed' pkg -r hostdevctl
ok 'it says what stays' grep -q "what 'hostdevctl setup' prepared stays" /tmp/dpkg
ok 'the hook is gone' [ ! -L $hook ]
ok 'nothing is left in /run' [ ! -e $journals -a ! -e /run/motd.d/hostdevctl ]
rmdir /run/motd.d
ok 'the settings stay' [ -s /etc/hostdevctl.conf ]
ok 'the host can sleep' [ ! -L /etc/systemd/system/sleep.target.requires/hostdevctl-sleep.service ]
ok 'what setup made stays' [ -s /etc/modules-load.d/hostdevctl.conf ]

ok 'the package is installed again' pkg -i "$deb"
ok 'it is complete again' is_installed
ok 'the daemon, which may have forgotten the hook, is reloaded again' \
	called 'systemctl reload libvirtd.service'
ok 'recover is wanted again' \
	[ -L /etc/systemd/system/libvirtd.service.wants/hostdevctl-recover.service ]
ok 'and asked before a sleep' \
	[ -L /etc/systemd/system/sleep.target.requires/hostdevctl-sleep.service ]
ok 'and purged' pkg -P hostdevctl
ok 'the menu of the boot loader is generated without its parameters' called 'update-grub'
rm -rf /tmp/after && snapshot > /tmp/after
ok 'nothing is left' diff /tmp/before /tmp/after

# Installations that differ.
echo inactive > /tmp/libvirtd
ok 'the package is installed while the daemon sleeps' pkg -i "$deb"
ok 'which is not woken' eval '! grep -E "(reload|start).*virt" $calls'
ok 'its mark is removed' [ ! -e /run/hostdevctl-hook.unseen ]
pkg -P hostdevctl
echo active > /tmp/libvirtd
: > /tmp/systemctl-fails
ok 'a daemon that cannot be reloaded does not stop the installation' pkg -i "$deb"
ok 'its administrator learns of it' grep -q "run 'systemctl reload libvirtd'" /tmp/dpkg
pkg -P hostdevctl
rm -r /run/systemd
ok 'the package is installed without systemd' pkg -i "$deb"
ok 'nobody is asked' eval '! grep -vE "able |preset" $calls'
pkg -P hostdevctl
umount "$root/run"
tap_end
