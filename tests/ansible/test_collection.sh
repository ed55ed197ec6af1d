# SPDX-License-Identifier: GPL-2.0-or-later
# The collection, by the real Ansible, on two captured hosts with a libvirt of their own each.
. "$SRCDIR/tests/support/clitap.sh" || exit 99

none() { echo "1..0 # SKIP $1"; exit 0; }
command -v ansible-playbook > /dev/null || none 'there is no ansible-playbook'
has_libvirt && command -v virsh > /dev/null || none 'there is no libvirt, or no virsh'
export HOME=$work ANSIBLE_HOME=$work/home ANSIBLE_NOCOLOR=1 ANSIBLE_COLLECTIONS_PATH=$work/collections
export ANSIBLE_LOCAL_TEMP=$work/tmp ANSIBLE_REMOTE_TEMP=$work/tmp ANSIBLE_COLLECTIONS_PATHS=$work/collections
export ANSIBLE_LOCALHOST_WARNING=false ANSIBLE_RETRY_FILES_ENABLED=false XDG_CACHE_HOME=$work/cache
export ANSIBLE_PIPELINING=true
source=$SRCDIR/packaging/ansible

# add_host NAME DEVICE: a captured host where hostdevctl acts below a directory, with a guest g
add_host() {
	local name=$1 device=$2
	tree "$SRCDIR/tests/hosts/lab-debian13.tree"
	mkdir -p "$root/var/lib" "$work/$name"
	cat > "$work/$name/hostdevctl" <<-END
		#!/bin/sh
		command=\$1
		shift
		[ "\$command" != attach ] || set -- --templates "$SRCDIR/xml-templates" "\$@"
		exec "$tool" "\$command" --sysroot "$root" "\$@"
	END
	chmod +x "$work/$name/hostdevctl"
	cat > "$work/$name/g.xml" <<-END
		<domain type='qemu'><name>g</name><memory>65536</memory>
		<os><type arch='x86_64' machine='q35'>hvm</type></os>
		<devices><controller type='usb' model='none'/><memballoon model='none'/></devices></domain>
	END
	virsh -c "qemu:///embed?root=$work/$name/libvirt" define "$work/$name/g.xml" > "$work/out" 2>&1 ||
		none "there is no QEMU or no driver for it: $(tail -n 1 "$work/out")"
	echo "$name ansible_connection=local ansible_python_interpreter=/usr/bin/python3 device=$device" \
		"tool=$work/$name/hostdevctl libvirt='qemu:///embed?root=$work/$name/libvirt'" >> "$work/hosts"
	cp -a "$root" "$work/$name/before"
	echo "$root" > "$work/$name/root"
}

# play WANTED ARGUMENTS...: exit status as wanted
play() {
	local wanted=$1 got
	shift
	(cd "$work" && timeout 300 ansible-playbook -i "$work/hosts" "$@") > "$work/log" 2>&1
	got=$?
	[ "$got" = "$wanted" ] || { echo "exit status $got, not $wanted"; cat "$work/log"; return 1; }
}

# recap HOST FIELD=N...: what Ansible counts at the end
recap() {
	local host=$1 field line
	shift
	line=$(grep "^$host  *: ok=" "$work/log")
	for field in "$@"; do
		case " $line " in *" $field "*) ;; *) cat "$work/log"; return 1 ;; esac
	done
}

# unchanged HOST: it has the files that it had before
unchanged() { diff -r --no-dereference "$work/$1/before" "$(cat "$work/$1/root")"; }

says() { tr -s ' \n' ' ' < "$work/log" | grep -qF -- "$1" || { cat "$work/log"; return 1; }; }

ok 'the collection is built' eval 'cp -r "$source" "$work/source" &&
	ansible-galaxy collection build "$work/source" --output-path "$work" > "$work/out" 2>&1 || cat "$work/out"'
ok 'and installed' eval 'ansible-galaxy collection install --offline "$work"/hostdevctl-host-*.tar.gz \
	-p "$work/collections" > "$work/out" 2>&1 || { cat "$work/out"; false; }'
modules=$(basename -s .py "$source"/plugins/modules/*.py)
# shellcheck disable=SC2086
ansible-doc --json -t module $(printf 'hostdevctl.host.%s ' $modules) > "$work/doc"
for module in $modules; do
	ok "documentation of $module" env PYTHONPATH="$work/collections" /usr/bin/python3 \
		"$SRCDIR/tests/ansible/documented.py" "$work/doc" "$module"
done

# The playbook of docs/fleet.md: the lines from its "- hosts:" to the next paragraph.
sed -n '/^    - hosts: virt/,/^    ansible-playbook/{/^    ansible-playbook/!s/^    //p}' "$SRCDIR/docs/fleet.md" \
	> "$work/site.yml"
ok "the playbook of the documents can be read" eval \
	'ansible-playbook -i h1, --syntax-check "$work/site.yml" > "$work/out" 2>&1 || { cat "$work/out"; false; }'

add_host one 01:00.0
# Its network card carries the default route.
add_host two 04:00.0
sed -i 's/device=\(..:..\..\)/device=0000:\1/' "$work/hosts"

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

# The role writes below /etc/ansible, which is another one for it, and asks a virsh of ours for guests.
# role WANTED HOST GUESTS: exit status as wanted, while these guests run
role() {
	printf '#!/bin/sh\necho %s\n' "$3" > "$work/bin/virsh"
	export PATH=$work/bin:$PATH
	play "$1" --limit "$2" "$SRCDIR/tests/ansible/role.yml"
}
mkdir -p "$work/bin" && install -m 755 /dev/null "$work/bin/virsh"
if unshare -m true 2> /dev/null; then
	tree "$SRCDIR/tests/hosts/intel-set-not-booted.tree"
	mkdir -p "$root/var/lib"
	sed "s|--sysroot \"[^\"]*\"|--sysroot \"$root\"|" "$work/one/hostdevctl" > "$work/unbooted"
	chmod +x "$work/unbooted"
	sed -n "s|^one|unbooted|; s|tool=[^ ]*|tool=$work/unbooted|; /^unbooted/p" "$work/hosts" >> "$work/hosts"
	export -f play role
	export work SRCDIR
	# in_private COMMAND: with an empty /etc/ansible of its own
	in_private() {
		local made=''
		[ -d /etc/ansible ] || { mkdir /etc/ansible && made=yes; }
		unshare -m bash -c 'mount -t tmpfs none /etc/ansible && "$@"' - "$@"
		set -- $?
		[ -z "$made" ] || rmdir /etc/ansible
		return "$1"
	}
	ok 'the role does not reboot a host with guests' in_private role 2 unbooted win11
	ok 'and names them' says 'guests run, or libvirt does not say which: win11'
	ok 'it prepares a host that needs no reboot' in_private role 0 one win11
	ok 'and writes its facts' recap one changed=3 failed=0
else
	skip 'the role' 'it needs root, for a private /etc/ansible'
fi
tap_end
