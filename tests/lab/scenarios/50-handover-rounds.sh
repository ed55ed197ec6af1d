# SPDX-License-Identifier: GPL-2.0-or-later
# Handed over and back twenty times: no process, console, module, mount or file is left, and no memory.
# config: desktop
# stack: debian13 backports
# usual: never
# limit: 3000
# shellcheck shell=bash

readonly ROUNDS=20

# The workers of the kernel and of udev come and go; the rest of the list are those who make it.
state() {
	# Idle, it is not there.
	daemon_answers
	ps -eo user,comm --no-headers | grep -v ' \(ps\|grep\|sort\|uniq\|bash\|sleep\|(udev-worker)\|kworker.*\)$' |
		sort | uniq -c
	cat /sys/class/vtconsole/*/bind /proc/fb
	lsmod | awk '{ print $1, $3 }' | sort
	cut -d' ' -f2 /proc/mounts | sort
	find /run/hostdevctl | sort
	systemctl list-units --failed --plain --no-legend
}

# A session that ends before systemd has made its scope leaves that behind as failed, whoever ends it.
sessions_started() {
	local id

	for id in $(sessions_of player) $(sessions_of _greetd); do
		systemctl is-active -q "session-$id.scope" || return
	done
}

as_at_first() {
	state >"$WORK/state-$ROUNDS"
	cmp -s "$WORK/state-0" "$WORK/state-$ROUNDS"
}

# The user of the desktop, whose session the first round ends, has no process and no folder any more.
player_gone() { ! pgrep -u player >/dev/null && [ ! -e "/run/user/$(id -u player)" ]; }

# Of what outlives all rounds, in kB.
daemon_memory() {
	local pid

	for pid in 1 $(daemon_pid) $(pidof systemd-logind greetd); do
		awk '/^(Name|VmRSS):/ { printf "%s ", $2 }' "/proc/$pid/status"
	done
}

kernel_memory() {
	echo 3 >/proc/sys/vm/drop_caches
	awk '/^(SUnreclaim|VmallocUsed|Percpu):/ { n += $2 } END { print n }' /proc/meminfo
}

desktop_up
handover_guest
for ((i = 0; i <= ROUNDS; i++)); do
	guest_start g1
	guest_stop g1
	# A picture costs as much as a start.
	if [ $((i % 5)) = 0 ]; then
		assert_desktop_back
	else
		wait_for 60 desktop_is_back || fail "round $i: the desktop is not back"
		assert_journal_empty
	fi
	wait_for 60 sessions_started || fail "round $i: $(loginctl list-sessions --no-legend)"
	timeout 60 udevadm settle
	[ "$i" != 0 ] || wait_for 60 player_gone || fail "still there: $(ps -u player -o comm --no-headers | tr '\n' ' ')"
	state >"$WORK/state-$i"
	after=$(kernel_memory)
	[ "$i" != 0 ] || before=$after
	note "round $i: kernel memory $after kB, $(daemon_memory)"
done
# What ends late, as a program of the session before, is no difference.
wait_for 30 as_at_first
diff "$WORK/state-0" "$WORK/state-$ROUNDS" || fail "round $ROUNDS left a difference"
[ $((after - before)) -lt $((ROUNDS * 1024)) ] || fail "kernel memory grew from $before to $after kB"
