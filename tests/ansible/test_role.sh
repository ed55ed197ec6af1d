# SPDX-License-Identifier: GPL-2.0-or-later
# The role of the collection, by the real Ansible, on a captured host that is ready and on one that has to reboot.
. "$SRCDIR/tests/ansible/playtap.sh" || exit 99
unshare -m true 2> /dev/null || none 'it needs root, for a private /etc/ansible'
# As it is in the source; test_collection.sh builds and installs it.
mkdir -p "$work/collections/ansible_collections/hostdevctl" "$work/bin"
ln -s "$SRCDIR/packaging/ansible" "$work/collections/ansible_collections/hostdevctl/host"
install -m 755 /dev/null "$work/bin/virsh"
export PATH=$work/bin:$PATH work SRCDIR

# role WANTED HOST GUESTS: exit status as wanted, while these guests run, as a virsh of ours says
role() {
	printf '#!/bin/sh\necho %s\n' "$3" > "$work/bin/virsh"
	play "$1" --limit "$2" "$SRCDIR/tests/ansible/role.yml"
}
export -f play role

# in_private COMMAND: with an empty /etc/ansible of its own, below which the role writes
in_private() {
	local made=''
	[ -d /etc/ansible ] || { mkdir /etc/ansible && made=yes; }
	unshare -m bash -c 'mount -t tmpfs none /etc/ansible && "$@"' - "$@"
	set -- $?
	[ -z "$made" ] || rmdir /etc/ansible
	return "$1"
}

play_host one lab-debian13
play_host unbooted intel-set-not-booted
ok 'the role does not reboot a host with guests' in_private role 2 unbooted win11
ok 'and names them' says 'guests run, or libvirt does not say which: win11'
ok 'it prepares a host that needs no reboot' in_private role 0 one win11
ok 'and writes its facts' recap one changed=3 failed=0
tap_end
