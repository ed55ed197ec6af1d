# SPDX-License-Identifier: GPL-2.0-or-later
# usual.sh - the same faults for hostdevctl's hook and for one of the usual kind; each outcome is what
# the screen shows in the end.
# shellcheck shell=bash

FAULTS="none qemu_killed program terminal no_start daemon_killed service_killed hook_killed"

# Installs the hook of the usual kind instead of ours, for a card on the driver MODULES.
usual_hook() {
	local name

	rm -rf /etc/libvirt/hooks
	mkdir -p /etc/libvirt/hooks
	install -m 755 "$LAB_SRC/inner/usual-hook" /etc/libvirt/hooks/qemu
	{
		for name in GPU GPU_AUDIO GPU_USB; do
			printf '%s=pci_%s\n' "${name#GPU_}" "$(tr ':.' '__' <<<"${!name}")"
		done
		echo "MODULES='$*'"
	} >/etc/libvirt/usual-hook.conf
	: >/var/log/usual-hook.log
	daemon_end TERM
	daemon_start || fail "libvirtd does not answer"
}

# The child HOOK of the daemon DAEMON, while it has ended the display manager.  Without a process: ours takes
# three seconds for all.
hook_at_work() {
	local children

	[ ! -L /run/systemd/units/invocation:greetd.service ] || return 1
	for children in "/proc/$DAEMON/task"/*/children; do
		HOOK=
		read -r HOOK _ <"$children"
		[ -z "$HOOK" ] || return 0
	done
	return 1
}

# Starts the guest behind this shell, and waits until the hook has ended the display manager.
start_until_at_work() {
	daemon_answers && DAEMON=$(daemon_pid) || return
	virsh start g1 >"$WORK/start" 2>&1 &
	STARTER=$!
	wait_for 60 hook_at_work
}

# The faults; not 0: it did not happen.  The guest is ended at the end of each, if it runs.
fault_none() { run virsh start g1; }
fault_terminal() {
	in_terminal "virsh -c qemu:///system start g1"
	wait_for 40 guest_is g1 running
}
fault_no_start() {
	sed -i 's|</domain>|<qemu:commandline><qemu:arg value="-no-such-option"/></qemu:commandline>&|' "$WORK/g1.xml"
	virsh define "$WORK/g1.xml"
	run virsh start g1
}
fault_qemu_killed() {
	run virsh start g1
	kill -KILL "$(qemu_pid g1)"
}
# As by a crash of its own: the hook goes on.
fault_daemon_killed() {
	start_until_at_work && systemctl kill --kill-whom=main --signal=KILL libvirtd.service || return
	wait "$STARTER" || cat "$WORK/start"
	wait_for 60 daemon_answers || daemon_start
}
# With all that it started, as for want of memory.
fault_service_killed() {
	start_until_at_work && daemon_end KILL || return
	wait "$STARTER" || cat "$WORK/start"
	wait_for 60 daemon_answers || daemon_start
}
fault_hook_killed() {
	start_until_at_work && kill -KILL "$HOOK" || return
	wait "$STARTER" || cat "$WORK/start"
}
# The desktop has nobody who ends that program.  A start may wait for it: it is left to itself then.
fault_program() {
	hold_card
	virsh start g1 >"$WORK/start" 2>&1 &
	STARTER=$!
	wait_for 30 starter_gone || say_waiting
}

starter_gone() { [ ! -e "/proc/$STARTER" ]; }
# What the start waits for.
say_waiting() {
	WAITS="the start waits"
	note "$WAITS"
	ps -eo pid,ppid,stat,wchan:24,args | grep -e ' D' -e '[v]irsh' -e '[m]odprobe'
	tail -n 20 /var/log/usual-hook.log
	dmesg | tail -n 5
}

# What the screen shows some time after the fault, when nobody did anything.
outcome() {
	local deadline=$((SECONDS + 25 * LAB_FACTOR)) end="a desktop"

	sleep 5
	until shows_somebody "$1"; do
		[ "$SECONDS" -lt "$deadline" ] || { end="no picture"; break; }
		sleep 2
	done >&2
	echo "$end"
}

# measure HOOK FAULT: one line in OUT/handover.tsv.
measure() {
	local hook=$1 fault=$2 end WAITS=

	note "$hook: $fault"
	desktop_up
	"fault_$fault" || fail "the fault $fault did not happen"
	[ -n "$WAITS" ] || ! guest_is g1 running || { sleep 5; run virsh destroy g1; }
	end=$(outcome "$hook-${fault//_/-}")
	printf '%s\t%s\t%s\t%s\t%s\n' "$hook" "$fault" "$end" "$(driver_of "$GPU")" "$WAITS" |
		tee -a "$LAB_OUT/handover.tsv"
}

# Back to a desktop, whatever the fault left; what it needs is what a user at the screen could not do.
by_hand() {
	local console name

	systemctl stop lab-holder.service 2>/dev/null
	[ -z "${STARTER-}" ] || wait_for 60 starter_gone || kill -KILL "$STARTER"
	end_guests
	[ "$(driver_of "$GPU")" = bochs-drm ] || { modprobe bochs; off_vfio "$GPU"; }
	for name in "$GPU_AUDIO" "$GPU_USB"; do
		case $(driver_of "$name") in snd_hda_intel | xhci_hcd) ;; *) off_vfio "$name" ;; esac
	done
	for console in $(fb_consoles); do echo 1 >"$console/bind"; done
	rm -rf /run/hostdevctl
	rm -f /run/greetd*.run
	systemctl restart greetd.service
}
