# SPDX-License-Identifier: GPL-2.0-or-later
# fleet-watch.sh - the rest of docs/fleet.md: Prometheus, what schedulers are told, and all hosts as one table, also
# when one of them is gone.
# shellcheck shell=bash

# node_exporter of a host answers with what the timer wrote; the answer is in OUT/HOST.metrics.
scraped() {
	local read="import urllib.request as r; print(r.urlopen(\"http://127.0.0.1:9100/metrics\").read().decode())"

	on "$1" "python3 -c '$read'" >"$OUT/$1.metrics" && grep -q '^hostdevctl_' "$OUT/$1.metrics"
}

prometheus() {
	local host deadline

	for host in h1 h2 h3; do
		noted "$host" "apt install" || fail "$host: apt install"
		noted "$host" "systemctl enable --now" || fail "$host: no timer"
	done
	for host in h1 h2 h3; do
		deadline=$((SECONDS + 600))
		until scraped "$host"; do
			[ "$SECONDS" -lt "$deadline" ] || fail "$host: node_exporter has no numbers of hostdevctl"
			sleep 5
		done
		on "$host" cat /var/lib/prometheus/node-exporter/hostdevctl.prom >"$OUT/$host.prom" || fail "$host: no file"
		promtool check metrics <"$OUT/$host.prom" || fail "$host: promtool refuses the numbers"
		grep '^hostdevctl_ready' "$OUT/$host.metrics" || fail "$host: nothing says whether it is ready"
	done
}

# A kubectl that answers with what export wrote, for the lines of the document.
make_kubectl() {
	cp "$OUT/h2.kubevirt" "$WORK/kubevirt.yaml" && cp "$OUT/h2.harvester" "$WORK/harvester.yaml" &&
	printf '#!/bin/sh\ncase $2 in kubevirt) cat "%s" ;; *) cat "%s" ;; esac\n' "$WORK/kubevirt.yaml" \
		"$WORK/harvester.yaml" >"$WORK/bin/kubectl" && chmod 755 "$WORK/bin/kubectl"
}

schedule() {
	local kind

	for kind in kubevirt nova harvester proxmox; do
		noted h2 "hostdevctl export $kind" >"$OUT/h2.$kind" || fail "no export for $kind"
		[ -s "$OUT/h2.$kind" ] || fail "the export for $kind is empty"
	done
	on h2 "mkdir -p /etc/nova /etc/pve/mapping && hostdevctl export nova >/etc/nova/nova.conf &&
		hostdevctl export proxmox --node h2 >/etc/pve/mapping/pci.cfg" || fail "the files cannot be written"
	noted h2 "hostdevctl check --against /etc/nova/nova.conf" || fail "what export wrote for Nova is refused"
	noted h2 "hostdevctl check --against /etc/pve/mapping/pci.cfg" || fail "what export wrote for Proxmox is refused"
	make_kubectl
	must 13 "kubectl get kubevirt"
	must 13 "kubectl get pcideviceclaims"
}

# Each host has a line that begins with its name.
rows_of() {
	local host text=$1
	shift

	for host in "$@"; do
		grep -q "^$host " <<<"$text" || fail "no line of $host in: $text"
	done
}

table() {
	local text status=0

	on h1 "virsh dumpxml --inactive render" >"$WORK/desk/render.xml" || fail "no guest on h1"
	must 13 "mkdir trees"
	must 13 "for host in"
	text=$(must 13 "hostdevctl list gpu --long --host trees") || fail "no table"
	rows_of "$text" h1 h2 h3
	follow 13 "hostdevctl check --host trees" || status=$?
	[ "$status" = 0 ] || fail "a host is not ready: status $status"
	must 13 "hostdevctl plan --xml render.xml --host trees"
	must 13 "hostdevctl show 01:00.0 --host trees/h1.tree"
	[ "$(must 13 "hostdevctl list gpu --free --json" | xargs)" = "h1 h2 h3" ] || fail "not each host has a free card"
	text=$(must 13 "hostdevctl list usual -c qemu+ssh") || fail "no answer from libvirt over ssh"
	rows_of "$text" h1 h2
}

dead_host() {
	local text

	end_host h3 || fail "h3 did not end well"
	follow 13 "for host in"
	[ -e "$WORK/desk/trees/h3.tree" ] && [ ! -s "$WORK/desk/trees/h3.tree" ] || fail "h3 still answers"
	text=$(follow 13 "hostdevctl list gpu --long --host trees" 2>&1)
	rows_of "$text" h1 h2
	# As the document shows it.
	while IFS= read -r line; do
		grep -qF -- "$line" <<<"$text" || fail "not said: $line"
	done < <(doc_text "hostdevctl: no answer from 1 of 3 hosts:" | grep .)
	text=$(control 13 "hostdevctl list usual -c qemu+ssh://root@h1/system -c qemu+ssh://root@h3/system" 2>&1)
	grep "no answer from 1 of 2 hosts" <<<"$text" || fail "a dead host is not marked: $text"
	control 12 "ansible-playbook -i hosts.ini look.yml" >"$WORK/played" 2>&1
	cat "$WORK/played"
	recap h3 unreachable=1
	for host in h1 h2; do recap "$host" failed=0 unreachable=0; done
}

all_end() {
	end_host h1 || fail "h1 did not end well"
	end_host h2 || fail "h2 did not end well"
}

watch_steps() {
	step prometheus prometheus
	step schedule schedule
	step all-hosts table
	step dead-host dead_host
	step end all_end
}
