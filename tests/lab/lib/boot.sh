# SPDX-License-Identifier: GPL-2.0-or-later
# boot.sh - QEMU's command line, and its start so that it cannot outlive the lab that asked for it.
# shellcheck shell=bash

# The disks: sparse files with a file system and known data in it, made without mounting.
make_disks() {
	local dir=$1 content=$1/content disk

	mkdir -p "$content"
	head -c 2000000 /dev/urandom >"$content/known.bin"
	(cd "$content" && sha256sum known.bin >known.sha256)
	for disk in nvme-a nvme-b nvme-pf usb usb-2 usb-3; do
		truncate -s 32M "$dir/$disk.img" &&
		mke2fs -q -F -t ext4 -L "$disk" -d "$content" "$dir/$disk.img" || return 1
	done
	! boots "$CONFIG" || make_root_disk "$dir" || return 1
	make_monitor "$dir"
}

# QEMU's monitor is at a virtio port: the inside itself plugs, pulls and takes pictures (inner/monitor.sh).
# What one end writes the other reads.  A level (vectors=0) stays until it was seen; an edge may be lost.
make_monitor() {
	[ -p "$1/monitor.in" ] || mkfifo "$1/monitor.in" "$1/monitor.out" || return 1
	ln -sf monitor.out "$1/port.in" && ln -sf monitor.in "$1/port.out"
}

monitor_arguments() {
	printf '%s\n' -chardev "pipe,id=monitor,path=$1/monitor" -mon chardev=monitor,mode=control \
		-chardev "pipe,id=port,path=$1/port" \
		-device virtio-serial-pci,bus=pcie.0,addr=0x1b,max_ports=2,vectors=0 \
		-device virtserialport,chardev=port,name=monitor
}

# The disk of a root that outlives a boot.  What was flushed is in the machine's own cache then.
make_root_disk() {
	truncate -s 4G "$1/root.img" && mke2fs -q -F -t ext4 -L root "$1/root.img"
}

root_disk_arguments() {
	printf '%s\n' -drive "if=none,id=disk-root,format=raw,cache=unsafe,file=$1/root.img" \
		-device "virtio-blk-pci,bus=pcie.0,addr=0x1c,drive=disk-root$2"
}

iommu_arguments() {
	case $1 in
	noremap) printf '%s\n' -device intel-iommu,intremap=off,caching-mode=on ;;
	*) printf '%s\n' -device intel-iommu,intremap=on,caching-mode=on ;;
	esac
}

accel_arguments() {
	if [ "$LAB_ACCEL" = kvm ]; then
		printf '%s\n' -accel kvm,kernel-irqchip=split -cpu host
	else
		printf '%s\n' -accel tcg,thread=multi -cpu Skylake-Client-v1,-hle,-rtm,+pdpe1gb
	fi
}

kernel_command_line() {
	local config=$1 line="console=ttyS0 loglevel=3 panic=-1"
	local no_console="fbcon=map:7" picture="vga=788" more=

	# On a busy machine the emulated timer is late and the kernel would give up on it.
	line="$line no_timer_check"
	# With page-table isolation each system call empties the emulated TLB.
	[ "$LAB_ACCEL" = kvm ] || line="$line mitigations=off"

	# A picture from the firmware (800x600) on a card without a driver; no console on any:
	# there is no framebuffer 7, and nothing takes the consoles when a card comes back.  A desktop has them.
	[ "$config" != desktop ] || no_console=
	! boots "$config" || more=$(cat "$OUT/cmdline" 2>/dev/null)
	# QEMU takes the first.
	[[ $more != *vga=* ]] || picture=
	line="$line $picture $no_console modprobe.blacklist=amdgpu"

	# Debian's kernel switches it on by itself: only "off" makes a host without.
	case $config in
	noiommu) line="$line iommu=pt intel_iommu=off" ;;
	booted|desktop) line="$line systemd.show_status=no $more" ;;
	setup) line="$line $(cat "$LAB_CMDLINE")" ;;
	*) line="$line iommu=pt intel_iommu=on" ;;
	esac
	echo "$line HDLAB=$2"
}

share_arguments() {
	local tag=$1 path=$2 slot=$3 mode=$4 vectors=$5

	printf '%s\n' -fsdev "local,id=$tag,path=$path,security_model=none,multidevs=remap$mode" \
		-device "virtio-9p-pci,bus=pcie.0,addr=$slot,fsdev=$tag,mount_tag=$tag$vectors"
}

# One argument a line.  The paths are those that QEMU sees (below its chroot, if it has one).
qemu_arguments() {
	local stack=$1 config=$2 words=$3 version=$4 dir=$5 igb=no vectors=

	[ "$stack" = debian12 ] || igb=yes
	# An edge is lost now and then, and nothing repeats it; a level stays until it was seen.
	[ "$config" != desktop ] || vectors=,vectors=0
	printf '%s\n' -nodefaults -no-user-config -no-reboot -display none -vga none \
		-M q35 -smp "$LAB_CPUS" -m "$LAB_MEMORY" -serial stdio -monitor none \
		-d cpu_reset -trace qemu_system_shutdown_request -trace tco_timer_expired \
		-trace watchdog_perform_action -trace port92_write -trace pckbd_kbd_write_command \
		-kernel "/boot/vmlinuz-$version" -initrd "$dir/initramfs" \
		-append "$(kernel_command_line "$config" "$words")"
	accel_arguments
	iommu_arguments "$config"
	share_arguments root9 "$([ -n "${LAYER-}" ] && echo "$dir/root" || echo /)" 1 ,readonly=on "$vectors"
	share_arguments lab9 "$dir/src" 2 ,readonly=on "$vectors"
	share_arguments tree9 "$dir/tree" 3 ,readonly=on "$vectors"
	share_arguments out9 "$dir/out" 4 "" "$vectors"
	device_arguments "$dir" "$igb" "$config"
	! boots "$config" || root_disk_arguments "$dir" "$vectors"
	monitor_arguments "$dir"
}

# Runs QEMU in the foreground, in a mount namespace of its own: the directories that it shares
# and, for a stack with a root of its own, the chroot, are bound there and vanish with it.
# Expects ROOT WORK TREE OUT, then QEMU's arguments.  What is installed over ROOT is in LAYER, if anything.
boot_qemu() {
	local root=$1 work=$2 tree=$3 out=$4
	shift 4

	# shellcheck disable=SC2016
	exec setpriv --pdeathsig TERM timeout -k 10 "$LAB_LIMIT" \
		setpriv --pdeathsig KILL unshare -m --propagation private \
		/bin/bash -c '
		root=$1 work=$2 tree=$3 out=$4 layer=$5; shift 5
		mkdir -p "$work/tree" "$work/out" "$work/root"
		[ -z "$layer" ] || mount -t overlay -o "ro,lowerdir=$layer:$root" overlay "$work/root" || exit 125
		mount --bind "$tree" "$work/tree" &&
		mount --bind "$out" "$work/out" || exit 125
		[ "$root" = / ] && cd "$work" && exec qemu-system-x86_64 "$@"
		mount --rbind "$work" "$root/mnt" &&
		mount --rbind /dev "$root/dev" && mount -t proc proc "$root/proc" || exit 125
		exec chroot "$root" /bin/sh -c "cd /mnt && exec qemu-system-x86_64 \"\$@\"" - "$@"' \
		lab-qemu "$root" "$work" "$tree" "$out" "${LAYER-}" "$@"
}
