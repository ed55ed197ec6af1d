# SPDX-License-Identifier: GPL-2.0-or-later
# fleet-hosts.sh - the hosts of the fleet, each a lab of its own, and how ssh finds them.
# shellcheck shell=bash

# What differs between them; scenario 49-booted-fleet mounts a disk on h3.
declare -rA FLEET_STACKS=([h1]=debian13 [h2]=backports [h3]=debian13)
readonly FLEET_SCENARIO=49-booted-fleet
FLEET_HOSTS="h1 h2 h3"
declare -A HOST_PIDS=()

# Keys for this run only.  The programs that the document calls find them without an option.
make_keys() {
	local program

	mkdir -p "$WORK/bin" "$WORK/empty"
	ssh-keygen -q -t ed25519 -N '' -f "$WORK/key" || return 1
	: >"$WORK/known_hosts"
	: >"$WORK/ssh_config"
	for program in ssh sftp scp; do
		printf '#!/bin/sh\nexec /usr/bin/%s -F "%s" "$@"\n' "$program" "$WORK/ssh_config" >"$WORK/bin/$program"
		chmod 755 "$WORK/bin/$program"
	done
}

start_host() {
	local name=$1 out=$OUT/$1

	rm -rf "$out"
	mkdir -p "$out"
	ssh-keygen -q -t ed25519 -N '' -C "$name" -f "$out/host_key" || return 1
	echo "$name $(cat "$out/host_key.pub")" >>"$WORK/known_hosts"
	cp "$WORK/key.pub" "$out/authorized_keys"
	echo "$name" >"$out/fleet.name"
	LAB_MEMORY=$FLEET_MEMORY LAB_CPUS=1 LAB_LIMIT=$FLEET_LIMIT LAB_BOOT_LIMIT=$FLEET_BOOT_LIMIT \
		setpriv --pdeathsig TERM "$LAB_DIR/run" "${FLEET_STACKS[$name]}" booted "$WORK/empty" "$out" \
		"$FLEET_SCENARIO" >"$out/run.log" 2>&1 </dev/null &
	HOST_PIDS[$name]=$!
}

host_ended() {
	! kill -0 "${HOST_PIDS[$1]}" 2>/dev/null
}

# Waits until ssh reaches the host, then tells ssh where it is.
wait_host() {
	local name=$1 port=$OUT/$1/fleet.port deadline=$((SECONDS + FLEET_BOOT_LIMIT))

	until [ -s "$port" ]; do
		! host_ended "$name" || fail "$name did not come up: $(tail -n 1 "$OUT/$name/run.log")"
		[ "$SECONDS" -lt "$deadline" ] || fail "$name did not come up within $FLEET_BOOT_LIMIT s"
		sleep 1
	done
	printf '%s\n' "Host $name" " HostName 127.0.0.1" " Port $(cat "$port")" " HostKeyAlias $name" \
		" IdentityFile $WORK/key" " IdentitiesOnly yes" " UserKnownHostsFile $WORK/known_hosts" \
		" StrictHostKeyChecking yes" >>"$WORK/ssh_config"
	on "$name" true || fail "ssh does not reach $name"
}

# on HOST COMMAND: over ssh
on() {
	local name=$1
	shift

	timeout -k 10 600 "$WORK/bin/ssh" -n -o BatchMode=yes -o ConnectTimeout=60 "root@$name" "$@"
}

# Lets the scenario end, which powers the host off; a host that does not is ended by its pid.
end_host() {
	local name=$1 pid=${HOST_PIDS[$1]-} deadline=$((SECONDS + 600))

	[ -n "$pid" ] || return 0
	: >"$OUT/$name/fleet.end"
	until host_ended "$name" || [ "$SECONDS" -ge "$deadline" ]; do sleep 1; done
	host_ended "$name" || { kill "$pid"; echo "$name had to be ended"; }
	wait "$pid"
	unset "HOST_PIDS[$name]"
	grep -q "^ok" "$OUT/$name/results.txt"
}

# At once, for a way out.
kill_hosts() {
	local name

	for name in "${!HOST_PIDS[@]}"; do kill "${HOST_PIDS[$name]}" 2>/dev/null; done
	for name in "${!HOST_PIDS[@]}"; do wait "${HOST_PIDS[$name]}" 2>/dev/null; done
}
