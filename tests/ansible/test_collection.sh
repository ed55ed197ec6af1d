# SPDX-License-Identifier: GPL-2.0-or-later
# The collection, by the real Ansible, on two captured hosts with a libvirt of their own each.
. "$SRCDIR/tests/ansible/playtap.sh" || exit 99

has_libvirt && command -v virsh > /dev/null || none 'there is no libvirt, or no virsh'
source=$SRCDIR/packaging/ansible

# add_host NAME DEVICE: with a guest g, to which the device goes
add_host() {
	local name=$1 libvirt="qemu:///embed?root=$work/$1/libvirt"
	play_host "$name" lab-debian13 "device=0000:$2" "libvirt='$libvirt'"
	cat > "$work/$name/g.xml" <<-END
		<domain type='qemu'><name>g</name><memory>65536</memory>
		<os><type arch='x86_64' machine='q35'>hvm</type></os>
		<devices><controller type='usb' model='none'/><memballoon model='none'/></devices></domain>
	END
	# What QEMU can do is the same for both; to ask it takes a second.
	[ "$name" = one ] || { mkdir "$work/$name/libvirt" && cp -a "$work/one/libvirt/cache" "$work/$name/libvirt/"; }
	virsh -c "$libvirt" define "$work/$name/g.xml" > "$work/out" 2>&1 ||
		none "there is no QEMU or no driver for it: $(tail -n 1 "$work/out")"
	cp -a "$root" "$work/$name/before"
	echo "$root" > "$work/$name/root"
}

# unchanged HOST: it has the files that it had before
unchanged() { diff -r --no-dereference "$work/$1/before" "$(cat "$work/$1/root")"; }

ok 'the collection is built' eval 'cp -r "$source" "$work/source" &&
	ansible-galaxy collection build "$work/source" --output-path "$work" > "$work/out" 2>&1 || cat "$work/out"'
ok 'and installed' eval 'ansible-galaxy collection install --offline "$work"/hostdevctl-host-*.tar.gz \
	-p "$work/collections" > "$work/out" 2>&1 || { cat "$work/out"; false; }'
# shellcheck disable=SC2046
documented() {
	ansible-doc --json -t module $(printf 'hostdevctl.host.%s ' "$@") > "$work/doc" &&
		PYTHONPATH=$work/collections /usr/bin/python3 "$SRCDIR/tests/ansible/documented.py" "$work/doc" "$@"
}
# shellcheck disable=SC2046
ok 'each module is documented as it is' documented $(basename -s .py "$source"/plugins/modules/*.py)

# The playbook of docs/fleet.md: the lines from its "- hosts:" to the next paragraph.
sed -n '/^    - hosts: virt/,/^    ansible-playbook/{/^    ansible-playbook/!s/^    //p}' "$SRCDIR/docs/fleet.md" \
	> "$work/site.yml"
ok "the playbook of the documents can be read" eval \
	'ansible-playbook -i h1, --syntax-check "$work/site.yml" > "$work/out" 2>&1 || { cat "$work/out"; false; }'

add_host one 01:00.0
# Its network card carries the default route.
add_host two 04:00.0

ok 'a trial runs' play 2 --check --diff "$SRCDIR/tests/ansible/fleet.yml"
ok 'shows what would change' says '+vfio_pci'
ok 'counts it' recap one changed=3 failed=0
ok 'and changes nothing' unchanged one
ok 'the first run: one host refuses' play 2 "$SRCDIR/tests/ansible/fleet.yml"
ok 'with the reason' says 'network-free (0000:04:00.0)'
ok 'its device was not added' recap two failed=1
ok 'the other goes on' recap one changed=3 failed=0
ok 'the device is in the guest' eval 'virsh -c "qemu:///embed?root=$work/one/libvirt" dumpxml g | grep -q "<hostdev"'
ok 'the second run' play 0 --limit one "$SRCDIR/tests/ansible/fleet.yml"
ok 'changes nothing' recap one changed=0 failed=0
ok 'all is undone' play 0 "$SRCDIR/tests/ansible/revert.yml"
ok 'on each host' eval 'recap one changed=3 && recap two changed=1'
ok 'to the last byte' eval 'unchanged one && unchanged two'
ok 'the guest has no device' eval '! virsh -c "qemu:///embed?root=$work/one/libvirt" dumpxml g | grep "<hostdev"'
ok 'nothing is undone a second time' play 0 --limit one "$SRCDIR/tests/ansible/revert.yml"
ok 'there is nothing to undo' recap one changed=0 failed=0

tap_end
