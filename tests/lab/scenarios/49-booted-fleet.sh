# SPDX-License-Identifier: GPL-2.0-or-later
# One host of a fleet (tests/lab/fleet): reachable over ssh from outside, with a guest, and without hostdevctl.
# It stays until it is told to end, also after a reboot that came over ssh.
# config: booted
# stack: debian13 backports
# packages: openssh-server prometheus-node-exporter python3 python3-apt
# limit: 2400
# usual: never
# shellcheck shell=bash

# Without it the emulated host is one of no fleet.
[ -s "$LAB_OUT/fleet.name" ] || skip "it is run by tests/lab/fleet"
name=$(cat "$LAB_OUT/fleet.name")

log_in_by_key() {
	install -D -m 600 "$LAB_OUT/authorized_keys" /root/.ssh/authorized_keys
	install -m 600 "$LAB_OUT/host_key" /etc/ssh/lab_host_key
	# To look up names or to greet costs seconds here.
	printf '%s\n' "HostKey /etc/ssh/lab_host_key" "UseDNS no" "PrintMotd no" "LoginGraceTime 600" \
		"MaxStartups 50" >/etc/ssh/sshd_config.d/lab.conf
	systemctl restart ssh.service || fail "sshd does not start"
}

# Writes what a reboot needs while the host goes down, whoever asked for it.
at_reboot() {
	echo $((PHASE + 1)) >"$WORK/phase.next"
	systemd-run --quiet --unit=lab-fleet-again --setenv=WORK="$WORK" --property=RemainAfterExit=yes \
		--property=RequiresMountsFor="/lab/out /lab/src" \
		--property=ExecStop="/bin/bash /lab/src/inner/fleet-again" true || fail "no unit for a reboot"
}

# What a host of the fleet has beside its devices: GRUB, a guest; h3's first disk is in use, at each boot.
furnish() {
	hostname "$name" && echo "$name" >/etc/hostname
	echo "127.0.1.1 $name" >>/etc/hosts
	fake_update_grub
	# Idle, it would end; its next start takes longer here than hostdevctl waits for an answer.
	echo LIBVIRTD_ARGS= >/etc/default/libvirtd
	systemctl restart libvirtd.service && wait_for 120 daemon_answers || fail "libvirtd does not answer"
	guest_define render
	# It names a release that no list has.
	rm -f /etc/apt/apt.conf.d/99mmdebstrap
	[ "$name" != h3 ] || {
		mkdir -p /srv/data
		echo "LABEL=nvme-a /srv/data ext4 ro,nofail,x-systemd.device-timeout=1200 0 0" >>/etc/fstab
		systemctl daemon-reload
		mount /srv/data || fail "the disk cannot be mounted"
	}
	log_in_by_key
}

# The port outside is QEMU's choice; after a reboot it is the same.
reachable() {
	local port

	port=$(cat "$WORK/port" 2>/dev/null || echo 0)
	forward_port "$port" 22 >"$WORK/port.new" || fail "QEMU forwards no port"
	mv "$WORK/port.new" "$WORK/port"
	cp "$WORK/port" "$LAB_OUT/fleet.port.new" && mv "$LAB_OUT/fleet.port.new" "$LAB_OUT/fleet.port"
}

[ "$PHASE" != 1 ] || furnish
at_reboot
reachable
until [ -e "$LAB_OUT/fleet.end" ]; do sleep 2; done
