# SPDX-License-Identifier: GPL-2.0-or-later
# daemontap.sh - clitap.sh, for the tests with a guest that runs: a libvirtd of our own, at $uri.
. "$SRCDIR/tests/support/clitap.sh" || exit 99

for program in libvirtd virsh qemu-system-x86_64 setpriv; do
	PATH=$PATH:/usr/sbin command -v $program > /dev/null ||
		{ echo "1..0 # SKIP there is no $program"; exit 0; }
done
has_libvirt || { echo '1..0 # SKIP built without libvirt'; exit 0; }

# A session's daemon, which as root is nobody's: its files are all below this folder.
session=$(mktemp -d /tmp/hdXXXXXX) || exit 99
uri="qemu+unix:///session?socket=$session/libvirt/libvirt-sock"
as=
if [ "$(id -u)" = 0 ]; then
	chown 65534:65534 "$session"
	as='setpriv --reuid=65534 --regid=65534 --clear-groups'
fi
stop() {
	virsh -c "$uri" destroy g > /dev/null 2>&1
	kill "$daemon" 2> /dev/null
	wait "$daemon" 2> /dev/null
	rm -rf "$work" $trees "$session"
}
PATH=$PATH:/usr/sbin env -u LD_PRELOAD $as env -i PATH="$PATH:/usr/sbin" HOME="$session" \
	TMPDIR="$session" XDG_RUNTIME_DIR="$session" XDG_CONFIG_HOME="$session/config" \
	XDG_CACHE_HOME="$session/cache" XDG_DATA_HOME="$session/data" \
	libvirtd > "$work/daemon" 2>&1 < /dev/null &
daemon=$!
trap stop EXIT
for ((i = 0; i < 600; i++)); do
	virsh -c "$uri" version > /dev/null 2>&1 && break
	sleep 0.2
done
