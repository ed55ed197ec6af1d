# SPDX-License-Identifier: GPL-2.0-or-later
# doctor on captured hosts: what concerns the hook, and nothing else.
. "$SRCDIR/tests/support/clitap.sh" || exit 99

tree "$SRCDIR/tests/hosts/intel-server.tree"
ok 'a good host' prints 0 "libvirt's hook: ready" doctor --sysroot "$root"
ok 'says where the hook is' prints 0 '50-hostdevctl -> /usr/sbin/hostdevctl-hook' doctor --sysroot "$root"
ok 'names the daemon' prints 0 'libvirtd.service (monolithic)' doctor --sysroot "$root"
ok 'runs nothing of a captured host' prints 0 'the hook was not run' doctor --sysroot "$root"
ok 'takes no operand' complains 2 'operand' doctor --sysroot "$root" guest
ok 'as JSON' run 0 doctor --json --sysroot "$root"
ok 'its form' json '.api_level == 1 and .ready and ([.findings[].id] ==
	["one-daemon", "unit-hardening", "hook-installed", "hotplug-recorded", "vfio-owned"]) and (.notes | length == 1)'

mkdir -p "$root/usr/lib/x86_64-linux-gnu"
ln -s libvirt.so.0.12005.0 "$root/usr/lib/x86_64-linux-gnu/libvirt.so.0"
ok 'a libvirt that loses devices' prints 1 'libvirt.so.0.12005.0 is libvirt 12.5, which cannot' \
	doctor --sysroot "$root"
ok 'also for check' prints 0 'libvirt 12.5, which cannot' check --sysroot "$root"
ok 'also in a capture' sh -c "'$tool' capture --sysroot '$root' > '$work/host.tree'"
ok 'of which the link is enough' prints 1 'libvirt 12.5, which cannot' doctor --host "$work/host.tree"
rm "$root/usr/lib/x86_64-linux-gnu/libvirt.so.0"

chmod 644 "$root/usr/sbin/hostdevctl-hook"
# An absolute link within a tree needs openat2(2), and so does this test.
ok 'a hook that cannot be run' prints 1 'not executable' doctor --sysroot "$root"
tree "$SRCDIR/tests/hosts/hugepages-one-node.tree"
ok 'a hardened unit' prints 1 'ProtectKernelModules=no' doctor --sysroot "$root"
ok 'scripts of a guide' prints 1 'start.sh has "virsh"' doctor --sysroot "$root"
ln -s x "$root/etc/systemd/system/sockets.target.wants/libvirtd.socket"
: > "$root/etc/systemd/system/sockets.target.wants/x"
ok 'two daemons' prints 1 'are both enabled' doctor --sysroot "$root"
tap_end
