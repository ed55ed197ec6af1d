# SPDX-License-Identifier: GPL-2.0-or-later
# processes.sh - devices that a process has open or mapped.
# shellcheck shell=bash

# hold MODE NODE: a process that has NODE open for reading ("r"), for writing ("w"), or mapped and
# closed ("m").  At SIGUSR1 it says in $WORK/outcome how its next access went.
hold() {
	rm -f "$WORK/ready" "$WORK/outcome"
	perl -e '
		my ($mode, $node, $work) = @ARGV;
		my ($block, $at, $data) = (-b $node, 0, "");
		sysopen(my $file, $node, ($mode eq "w" ? 2 : 0) | 0x800) or die "$node: $!";
		sysread($file, $data, 4096) if $block;
		if ($mode eq "m") {
			$at = syscall(9, 0, 4096, 1, 1, fileno($file), 0);
			$at > 0 or die "mmap: $!";
			close($file);
		}
		sub say_to { open(my $to, ">", "$work/$_[0]"); print $to $_[1]; close($to); }
		# Writes back what was read, so the data stays the same.
		sub access_it {
			return length(unpack("P4096", pack("Q", $at))) if $mode eq "m";
			sysseek($file, 0, 0) if $block;
			return $mode eq "w" && $block ? syswrite($file, $data)
						      : sysread($file, my $more, 4096);
		}
		$SIG{USR1} = sub {
			my $n = access_it();
			say_to("outcome", $n || (!defined($n) && $! == 11) ? "its file still works"
				: defined($n) ? $block ? "its disk is gone" : "it is hung up"
				: "its file fails: $!");
		};
		say_to("ready", "yes");
		sleep 1000 while 1' "$1" "$2" "$WORK" &
	echo $! >"$WORK/holder"
	disown
	wait_for 10 test -e "$WORK/ready"
}

holder() {
	cat "$WORK/holder"
}

# What the holder says about its file, or that it is gone or cannot even be asked.
holder_outcome() {
	kill -USR1 "$(holder)" || { echo "the process is gone"; return; }
	wait_for 3 holder_has_spoken || { echo "the process does not answer"; return; }
	cat "$WORK/outcome" 2>/dev/null || echo "the process is killed"
}

holder_has_spoken() {
	[ -s "$WORK/outcome" ] || holder_has_ended
}

holder_has_ended() {
	[ ! -e "/proc/$(holder)" ] || grep -q '^State:.Z' "/proc/$(holder)/status"
}

holder_end() {
	kill -KILL "$(holder)" 2>/dev/null
	rm -f "$WORK/holder" "$WORK/ready"
	true
}

# The node below a function whose name matches, as the kernel reports it.
node_below() {
	find "$(pci_dir "$1")/" -name uevent -path "$2" -exec sed -n 's|^DEVNAME=|/dev/|p' {} +
}

# A database or a backup on the raw disk.
hazard raw_reader "$NVME_A" holders-free "a process that reads the raw disk" start
raw_reader_make() { hold r "$(disk_of "$NVME_A")"; }
raw_reader_remedy() { echo "kill $(holder)"; }
raw_reader_harm() { holder_outcome; }
raw_reader_undo() { holder_end; }

hazard raw_writer "$NVME_B" holders-free "a process that writes to the raw disk"
raw_writer_make() { hold w "$(disk_of "$NVME_B")"; }
raw_writer_remedy() { echo "kill $(holder)"; }
raw_writer_harm() { holder_outcome; }
raw_writer_undo() { holder_end; }

# `kill` alone does nothing to it.
hazard stopped_dd "$NVME_A" holders-free "a copy of the raw disk, stopped with ^Z"
stopped_dd_make() {
	dd if="$(disk_of "$NVME_A")" of=/dev/null bs=1 2>/dev/null &
	echo $! >"$WORK/holder"
	disown
	wait_for 10 test "/proc/$(holder)/fd/0" -ef "$(disk_of "$NVME_A")" &&
		kill -STOP "$(holder)"
}
stopped_dd_remedy() { echo "kill -KILL $(holder)"; }
stopped_dd_harm() {
	kill -CONT "$(holder)"
	wait_for 5 holder_has_ended && echo "the copy ends early: I/O error"
}
stopped_dd_undo() { holder_end; }

hazard nvme_admin "$NVME_A" holders-free "a program with the controller's own node open"
nvme_admin_make() { hold r "$(node_below "$NVME_A" '*/nvme/nvme?/uevent')"; }
nvme_admin_remedy() { echo "kill $(holder)"; }
nvme_admin_undo() { holder_end; }

hazard serial_port_open "$SERIAL" holders-free "a serial console on the port"
serial_port_open_make() { hold w "$(node_below "$SERIAL" '*/tty/ttyS?/uevent')"; }
serial_port_open_remedy() { echo "kill $(holder)"; }
serial_port_open_harm() { holder_outcome; }
serial_port_open_undo() { holder_end; }

# The unbind waits in the kernel until the last user has closed the node.
hazard sound_open "$GPU_AUDIO" holders-free "a program with the sound card's mixer open" severe
sound_open_make() { hold r "$(node_below "$GPU_AUDIO" '*/controlC?/uevent')"; }
sound_open_remedy() { echo "kill $(holder)"; }
sound_open_harm() {
	echo "its mixer is dead"
}
sound_open_undo() { holder_end; }

# lsof shows this one by name only, and it outlives its descriptor.
hazard mapped_disk "$NVME_B" holders-free "a process that maps the disk and has no descriptor open"
mapped_disk_make() { hold m "$(disk_of "$NVME_B")"; }
mapped_disk_remedy() { echo "kill $(holder)"; }
mapped_disk_harm() { holder_outcome; }
mapped_disk_undo() { holder_end; }

# A container has nodes of its own, with other inodes and names.
hazard container_node "$NVME_A" holders-free "a container with its own device node"
container_node_make() {
	local numbers

	numbers=$(cat "/sys/class/block/$(basename "$(disk_of "$NVME_A")")/dev")
	rm -f "$WORK/ready"
	# shellcheck disable=SC2016
	unshare --mount bash -c 'mount -t tmpfs none /mnt && mknod /mnt/data b "$1" "$2" &&
		exec </mnt/data && rm /mnt/data && touch "$3/ready" && exec sleep 1000' \
		- "${numbers%:*}" "${numbers#*:}" "$WORK" &
	echo $! >"$WORK/holder"
	disown
	wait_for 10 test -e "$WORK/ready"
}
container_node_remedy() { echo "kill $(holder)"; }
container_node_undo() { holder_end; }

# proc/PID/fd does not show it, and neither do lsof and fuser.
hazard thread_alone "$NVME_B" holders-free "a thread with its own descriptors"
thread_alone_make() {
	[ -x "$LAB_SRC/helpers/thread" ] || skip "no C compiler to build the program"
	rm -f "$WORK/ready"
	"$LAB_SRC/helpers/thread" "$(disk_of "$NVME_B")" "$WORK/ready" &
	echo $! >"$WORK/holder"
	disown
	wait_for 10 test -e "$WORK/ready"
}
thread_alone_remedy() { echo "kill $(holder)"; }
thread_alone_undo() { holder_end; }

# Two at once: the refusal names each one with its own command.
hazard two_holders "$NVME_A" holders-free "two processes: one reads the disk, one maps it"
two_holders_make() {
	hold r "$(disk_of "$NVME_A")" || return
	mv "$WORK/holder" "$WORK/first"
	hold m "$(disk_of "$NVME_A")"
}
two_holders_remedy() {
	echo "kill $(cat "$WORK/first")"
	echo "kill $(holder)"
}
two_holders_undo() {
	holder_end
	kill -KILL "$(cat "$WORK/first")" 2>/dev/null
	rm -f "$WORK/first"
}

# User-space drivers (DPDK, SPDK) only use the registers: they have no node, disk or interface.
hazard bar_open "$NVME_B" holders-free "a program with a BAR open through resource0 in sysfs"
bar_open_make() { hold w "$(pci_dir "$NVME_B")/resource0"; }
bar_open_remedy() { echo "kill $(holder)"; }
bar_open_harm() { holder_has_ended || echo "the program keeps running and can map the registers"; }
bar_open_undo() { holder_end; }

# Of a function without a driver: the kernel allows no second owner of a driver's registers.
hazard bar_mapped "$PLAIN" holders-free "a user-space driver with a BAR mapped" start
bar_mapped_make() { hold m "$(pci_dir "$PLAIN")/resource0"; }
bar_mapped_remedy() { echo "kill $(holder)"; }
bar_mapped_harm() {
	[ "$(holder_outcome)" != "its file still works" ] || echo "the program still drives its registers"
}
bar_mapped_undo() { holder_end; }
