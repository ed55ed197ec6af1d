# SPDX-License-Identifier: GPL-2.0-or-later
# console.sh - reads the lab's serial console: progress for people, results for machines.
#
# The inside writes lines that begin with HDLAB.  What was expected and never reported has
# failed, whatever the reason: a lab that dies cannot pass.
# shellcheck shell=bash

# One result: to results.txt for machines, to standard output for people.
report() {
	local verdict=$1 name=$2 seconds=$3 reason=${4-}

	REPORTED[$name]=$verdict
	printf '%s\t%s/%s/%s\t%s\t%s\n' "$verdict" "$STACK" "$CONFIG" "$name" "$seconds" "$reason" \
		>>"$OUT/results.txt"
	printf '%-6s %s/%s/%s %ss%s\n' "$verdict" "$STACK" "$CONFIG" "$name" "$seconds" \
		"${reason:+: $reason}"
	if [ "$verdict" = "not ok" ] && [ -f "$OUT/$name.log" ]; then
		sed 's/^/    | /' "$OUT/$name.log"
	fi
}

blame_all() {
	local why=$1 name

	for name in "${EXPECTED[@]}"; do
		[ -n "${REPORTED[$name]-}" ] || report "not ok" "$name" 0 "$why"
	done
}

# One line for who runs several labs: how far this one is.
tell_progress() {
	printf '%s\n' "$*" >"$OUT/progress"
}

# Acts on one HDLAB line; sets DEAD, ENDED, AGAIN and SCRIPT_STATUS for the caller.
take_line() {
	local line=$1 word name seconds reason

	read -r _ word line <<<"$line"
	case $word in
	stage)
		printf 'lab: %s (%ss)\n' "$line" "$((SECONDS - BOOTED))"
		tell_progress "$line"
		[ "$line" != "libvirtd answers" ] || IS_UP=yes ;;
	run)
		RUNNING=$line AGAIN=
		tell_progress "${#REPORTED[@]} of ${#EXPECTED[@]}, now $line"
		[ ! -t 1 ] || printf 'lab: running %s\n' "$line" ;;
	ok|skip)
		read -r name seconds reason <<<"$line"
		report "$word" "$name" "${seconds%s}" "$reason" ;;
	not)
		read -r _ name seconds reason <<<"$line"
		report "not ok" "$name" "${seconds%s}" "$reason" ;;
	again) AGAIN=$line ;;
	visit) start_visit "$line" ;;
	dead) DEAD=${DEAD:-the lab failed: $line} ;;
	status) SCRIPT_STATUS=$line PASSING= ;;
	end) ENDED=yes ;;
	esac
}

# Boots and follows the lab; once more when it dies before anything could be tested, for that
# is the emulator's failure on a busy machine, or it happens again.
follow_lab() {
	local boots=1 reboots=0 before=

	follow_console
	if [ -z "$IS_UP$ENDED" ]; then
		lab_say "the lab did not come up (${DEAD:-QEMU ended with $QEMU_STATUS}); once more"
		follow_console
	fi
	while goes_on || starts_over; do
		follow_console
	done
	lab_verdict "$QEMU_STATUS"
}

# Says how the emulator failed, if it did.  Multi-threaded emulation of several CPUs has a race of
# its own that aborts it (iotlb_to_section in QEMU's system/physmem.c), and seldom its processor
# resets: the machine is gone without a panic, which the kernel would print.  A reset in the
# scenario BEFORE, where the last one was, is not the emulator's.
emulator_failure() {
	local before=$1

	case $QEMU_STATUS in
	134) echo "QEMU aborted ($(qemu_words | tail -n 1))" ;;
	0) [ -z "$ENDED$DEAD$AGAIN" ] && [ -n "$IS_UP" ] && [ "$RUNNING" != "$before" ] || return 1
	   echo "the emulated machine reset ($(qemu_words | tail -n 4 | tr '\n' ' '))" ;;
	*) return 1 ;;
	esac
}

# QEMU's messages without the state of its processors at each reset.
qemu_words() {
	grep -v -e "TCG doesn't support" -e '^[A-Z][A-Z0-9 ]* *=' -e '^CPU Reset' "$OUT/qemu.log"
}

# Did a scenario end the system, to go on after the next boot?
goes_on() {
	[ -n "$AGAIN" ] && [ -z "$DEAD$ENDED" ] && [ "$QEMU_STATUS" = 0 ] &&
		[ "$reboots" -lt "$LAB_REBOOTS" ] || return 1
	reboots=$((reboots + 1))
	lab_say "$AGAIN goes on after a boot"
	qemu_command
}

# With what was not reported yet, when the emulator fails, which nothing in the lab can cause.
starts_over() {
	local why log

	why=$(emulator_failure "$before") && [ "$MODE" = scenarios ] && [ "$boots" -lt "$LAB_BOOTS" ] ||
		return 1
	boots=$((boots + 1))
	before=$RUNNING
	lab_say "$why in ${RUNNING:-its boot}; boot $boots with the rest"
	for log in console qemu; do cp "$OUT/$log.log" "$OUT/$log.aborted.log"; done
	orders_left >"$OUT/orders"
	rm -f "$OUT/cmdline"
	qemu_command
	make_disks "$WORK"
}

orders_left() {
	local name

	for name in "${EXPECTED[@]}"; do
		[ -n "${REPORTED[$name]-}" ] || echo "$name"
	done
}

# The next whole line of the console in LINE.  The time passes visibly meanwhile: each second on a
# terminal, else a line every LAB_TELL seconds.
next_line() {
	local con=$1 part status silent=0

	LINE=
	while :; do
		IFS= read -r -t 1 -u "$con" part
		status=$?
		LINE+=$part
		[ "$status" != 0 ] || break
		[ "$status" -gt 128 ] || return 1
		[ -n "$PASSING" ] || tick "... $((SECONDS - BOOTED))s"
		[ -n "$IS_UP" ] || give_up_boot
		silent=$((silent + 1))
		[ -t 1 ] || [ "$LAB_TELL" = 0 ] || [ $((silent % LAB_TELL)) != 0 ] ||
			lab_say "... $((SECONDS - BOOTED))s: $(cat "$OUT/progress")"
	done
	tick ''
	LINE=${LINE%$'\r'}
}

# Seldom the emulator hangs before the kernel has said a word; the lab's whole limit is too long for that.
give_up_boot() {
	[ "$SECONDS" -lt $((BOOTED + LAB_BOOT_LIMIT)) ] || [ -s "$OUT/console.log" ] ||
		kill "$QEMU_PID" 2>/dev/null
}

# A line on the terminal that the next one replaces.
tick() {
	[ ! -t 1 ] || printf '\r\e[K%s' "$1"
}

# Starts QEMU and follows it to its end; QEMU_STATUS says how that was.
follow_console() {
	local con

	DEAD='' ENDED='' RUNNING='' AGAIN='' IS_UP='' SCRIPT_STATUS=3 BOOTED=$SECONDS
	lab_say "booting $STACK $CONFIG (kernel $KVER, $LAB_ACCEL)"
	tell_progress "booting"
	exec {con}< <(boot_qemu "$ROOT" "$WORK" "$TREE" "$OUT" "${QEMU_ARGS[@]}" \
		</dev/null 2>"$OUT/qemu.log" 9>&-)
	QEMU_PID=$!
	PASSING=
	while next_line "$con"; do
		printf '%s\n' "$LINE" >>"$OUT/console.log"
		case $LINE in
		*HDLAB\ script-begin*) PASSING=yes ;;
		*HDLAB\ *) take_line "HDLAB ${LINE#*HDLAB }" ;;
		*Kernel\ panic*) DEAD="the lab's kernel panicked: $LINE" ;;
		*) [ -z "$PASSING$DEAD" ] || [ "$MODE" != script ] || printf '%s\n' "$LINE" ;;
		esac
	done
	exec {con}<&-
	wait "$QEMU_PID"
	QEMU_STATUS=$?
	QEMU_PID=
}

lab_verdict() {
	local qemu_status=$1

	if [ -z "$ENDED" ] && [ -z "$DEAD" ]; then
		DEAD="the lab ended early${RUNNING:+ in $RUNNING} (QEMU's status $qemu_status)"
		[ "$qemu_status" = 124 ] && DEAD="the lab ran longer than ${LAB_LIMIT}s"
	fi
	if [ -n "$DEAD" ]; then
		lab_complain "$DEAD; the end of its console and of QEMU's messages:"
		tail -n 15 "$OUT/console.log" >&2
		qemu_words | tail -n 10 >&2
	fi
	blame_all "${DEAD:-it never reported}"
	if [ "$MODE" = script ]; then
		return "$SCRIPT_STATUS"
	fi
	! grep -q '^not ok' "$OUT/results.txt"
}

LAB_BOOTS=4 LAB_REBOOTS=24 LAB_BOOT_LIMIT=${LAB_BOOT_LIMIT:-300}
declare -A REPORTED=()
