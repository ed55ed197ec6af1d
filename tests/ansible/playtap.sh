# SPDX-License-Identifier: GPL-2.0-or-later
# playtap.sh - clitap.sh, for the tests of the collection: runs the real ansible-playbook on $work/hosts.
# shellcheck shell=bash
. "$SRCDIR/tests/support/clitap.sh" || exit 99

none() { echo "1..0 # SKIP $1"; exit 0; }
command -v ansible-playbook > /dev/null || none 'there is no ansible-playbook'
export HOME=$work ANSIBLE_HOME=$work/home ANSIBLE_NOCOLOR=1 ANSIBLE_COLLECTIONS_PATH=$work/collections
export ANSIBLE_LOCAL_TEMP=$work/tmp ANSIBLE_REMOTE_TEMP=$work/tmp ANSIBLE_COLLECTIONS_PATHS=$work/collections
export ANSIBLE_LOCALHOST_WARNING=false ANSIBLE_RETRY_FILES_ENABLED=false XDG_CACHE_HOME=$work/cache
export ANSIBLE_PIPELINING=true

# play_host NAME CAPTURED VARIABLE...: a line of the inventory, for a captured host in a directory, $root, where
# the hostdevctl of the host acts
play_host() {
	local name=$1
	tree "$SRCDIR/tests/hosts/$2.tree"
	shift 2
	mkdir -p "$root/var/lib" "$work/$name"
	cat > "$work/$name/hostdevctl" <<-END
		#!/bin/sh
		command=\$1
		shift
		[ "\$command" != attach ] || set -- --templates "$SRCDIR/xml-templates" "\$@"
		exec "$tool" "\$command" --sysroot "$root" "\$@"
	END
	chmod +x "$work/$name/hostdevctl"
	echo "$name ansible_connection=local ansible_python_interpreter=/usr/bin/python3" \
		"tool=$work/$name/hostdevctl $*" >> "$work/hosts"
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

says() { tr -s ' \n' ' ' < "$work/log" | grep -qF -- "$1" || { cat "$work/log"; return 1; }; }
