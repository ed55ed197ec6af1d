# SPDX-License-Identifier: GPL-2.0-or-later
# A guest by libvirt: its test driver as daemon, one that is not there, one that hangs.
. "$SRCDIR/tests/support/clitap.sh" || exit 99

if ! has_libvirt; then
	ok 'without libvirt it says so' complains 3 'built without libvirt' check win11
	tap_end
	exit 0
fi
cat > "$work/node.xml" <<'XML'
<node>
  <domain type='test'>
    <name>win11</name>
    <uuid>c7a5fdbd-edaf-9455-926a-d65c16db1809</uuid>
    <memory>1048576</memory>
    <os><type>hvm</type></os>
    <devices>
      <hostdev mode='subsystem' type='pci' managed='no'>
        <source><address domain='0xfff0' bus='0x99' slot='0x00' function='0x0'/></source>
      </hostdev>
    </devices>
  </domain>
</node>
XML
uri=test://$work/node.xml
ok 'a guest by its name' prints 1 'guest win11: not ready' check -c "$uri" win11
ok 'its device is judged' prints 1 'fff0:99:00.0' check -c "$uri" win11
ok 'a guest by its UUID' prints 1 'guest win11: not ready' \
	check -c "$uri" C7A5FDBD-EDAF-9455-926A-D65C16DB1809
ok 'a guest that is not there' complains 3 "'nope' is neither a device nor a guest" \
	check -c "$uri" nope
ok 'no second message by libvirt itself' test "$(wc -l < "$work/err")" = 1
ok 'a daemon that is not there' complains 3 'name its XML with --xml FILE' \
	check -c "qemu+unix:///system?socket=$work/none" win11

ok 'nodedev: the test driver cannot detach' complains 3 'hostdevctl: ' \
	nodedev detach 0000:01:00.0 vfio-pci -c "$uri"
ok 'it had connected' grep -qx connected "$work/out"
ok 'nodedev: no daemon' complains 3 'cannot connect to libvirt' \
	nodedev reattach 0000:01:00.0 -c "qemu+unix:///system?socket=$work/none"
ok 'nodedev: an unknown call' complains 2 "unknown call 'frob'" \
	nodedev frob 0000:01:00.0

if command -v python3 > /dev/null; then
	python3 - "$work/hang" <<'PY' &
import socket, sys, time
s = socket.socket(socket.AF_UNIX)
s.bind(sys.argv[1])
s.listen(1)
time.sleep(300)
PY
	hanging=$!
	for _ in $(seq 1200); do [ -S "$work/hang" ] && break; sleep 0.1; done
	start=$SECONDS
	ok 'a daemon that hangs' complains 3 'did not answer within 30 s' \
		check -c "qemu+unix:///system?socket=$work/hang" win11
	ok 'costs its deadline only' test $((SECONDS - start)) -le 120
	kill $hanging
else
	skip 'a daemon that hangs' 'there is no python3'
fi
tap_end
