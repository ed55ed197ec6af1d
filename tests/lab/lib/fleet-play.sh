# SPDX-License-Identifier: GPL-2.0-or-later
# fleet-play.sh - the part of docs/fleet.md that is Ansible's: the first run changes, the second does not, one host
# refuses and the others go on, and all that setup did is undone.
# shellcheck shell=bash

# snapshot NAME: every byte that setup could have changed on each host, in OUT/HOST.NAME
snapshot() {
	local host pids=() pid

	for host in $FLEET_HOSTS; do
		timeout -k 10 900 "$WORK/bin/ssh" -o BatchMode=yes -o ConnectTimeout=60 "root@$host" bash -s \
			<"$LAB_DIR/lib/fleet/snapshot.sh" >"$OUT/$host.$1" &
		pids+=($!)
	done
	for pid in "${pids[@]}"; do wait "$pid" || fail "no snapshot of a host"; done
	for host in $FLEET_HOSTS; do
		[ "$(wc -l <"$OUT/$host.$1")" -gt 500 ] || fail "the snapshot of $host has $(wc -l <"$OUT/$host.$1") lines"
	done
}

# same NAME NAME: on each host
same() {
	local host

	for host in $FLEET_HOSTS; do
		diff "$OUT/$host.$1" "$OUT/$host.$2" || fail "$host: not the files of '$1' any more"
	done
}

# play RELEASE WANTED WORDS: the document's command, or a playbook of the fleet's own; its exit status is as wanted
play() {
	local release=$1 wanted=$2 words=$3 status=0

	case $words in
	ansible-playbook*) follow "$release" "$words" ;;
	*) control "$release" "ansible-playbook -i hosts.ini $words" ;;
	esac >"$WORK/played" 2>&1 || status=$?
	cat "$WORK/played"
	[ "$status" = "$wanted" ] || fail "exit status $status, not $wanted: $words"
}

# recap HOST FIELD...: what Ansible counts at the end; a field is NAME=N, or NAME>N
recap() {
	local host=$1 line field name count
	shift

	line=$(grep "^$host  *: ok=" "$WORK/played") || fail "Ansible says nothing of $host"
	for field in "$@"; do
		name=${field%%[=>]*}
		count=$(grep -o " $name=[0-9]*" <<<"$line" | grep -o '[0-9]*$')
		case $field in
		*=*) [ "$count" = "${field#*=}" ] ;;
		*) [ "${count:-0}" -gt "${field#*>}" ] ;;
		esac || fail "not $field: $line"
	done
}

# Ansible breaks its lines anywhere.
says() {
	tr -s ' \n' ' ' <"$WORK/played" | grep -qF -- "$1" || fail "Ansible does not say: $1"
}

devices_of() {
	on "$1" "virsh dumpxml --inactive render" | grep -c "<hostdev"
}

# What h3 says wherever its first disk is asked for.
h3_refuses() {
	recap h3 failed=1 unreachable=0
	says "0000:01:00.0"
	says "/srv/data"
	[ "$(devices_of h3)" = 0 ] || fail "h3's guest has the disk"
	on h3 "cd /srv/data && sha256sum -c known.sha256" || fail "the data of h3's disk changed"
}

booted_with() {
	on "$1" cat /proc/cmdline | grep -qw "intel_iommu=on" || fail "$1 was not booted with what setup wrote"
}

first_run() {
	local host

	play "$1" 2 "ansible-playbook -i hosts.ini site.yml"
	for host in h1 h2; do
		recap "$host" "changed>1" failed=0 unreachable=0
		[ "$(devices_of "$host")" = 1 ] || fail "the guest of $host does not have the disk"
	done
	recap h3 "changed>0"
	h3_refuses
	for host in h1 h2 h3; do booted_with "$host"; done
}

second_run() {
	local host

	play "$1" 2 "ansible-playbook -i hosts.ini site.yml"
	for host in h1 h2; do recap "$host" changed=0 failed=0 unreachable=0; done
	recap h3 changed=0
	h3_refuses
}

# Nothing changes, and what would is shown.
trial() {
	local host

	snapshot before-trial
	play "$1" 2 "ansible-playbook -i hosts.ini site.yml --check --diff"
	says "+vfio_pci"
	for host in h1 h2; do recap "$host" "changed>1" failed=0; done
	snapshot after-trial
	same before-trial after-trial
}

look() {
	play "$1" 2 look.yml
	for host in h1 h2; do recap "$host" failed=0 changed=0; done
	h3_refuses
	must "$1" "ansible -i hosts.ini -m setup h1" >"$WORK/facts"
	grep -q '"hostdevctl": {' "$WORK/facts" && grep -q '0000:01:00.0' "$WORK/facts" ||
		fail "ansible_local has no devices of h1"
}

revert() {
	local host

	play "$1" 0 revert.yml
	for host in h1 h2; do recap "$host" changed=2; done
	recap h3 changed=1
	snapshot "reverted-by-$1"
	same before "reverted-by-$1"
	for host in h1 h2 h3; do
		[ "$(devices_of "$host")" = 0 ] || fail "the guest of $host still has a device"
	done
	play "$1" 0 revert.yml
	for host in h1 h2 h3; do recap "$host" changed=0; done
}

play_steps() {
	step ansible-2.14-first first_run 12
	step ansible-2.14-second second_run 12
	step ansible-2.14-look look 12
	step ansible-2.14-revert revert 12
	step ansible-2.19-trial trial 13
	step ansible-2.19-first first_run 13
	step ansible-2.19-second second_run 13
	step ansible-2.19-look look 13
	step ansible-2.19-revert revert 13
}
