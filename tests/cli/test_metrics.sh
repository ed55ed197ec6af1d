# SPDX-License-Identifier: GPL-2.0-or-later
# Prometheus reads what metrics prints: its own parsers, its rules, and the program itself.
. "$SRCDIR/tests/support/clitap.sh" || exit 99
bus_host
disk_guest > "$work/guest.xml"
rules=$SRCDIR/packaging/prometheus
pids=
trap 'kill $pids 2> /dev/null; wait; rm -rf "$work" $trees' EXIT

# hook OPERATION [SUBOPERATION [EXTRA]]
hook() {
	"$BUILDDIR/hostdevctl-hook" --sysroot "$root" win11 "$1" "${2-begin}" "${3--}" < "$work/guest.xml"
}

# counts NAME{LABELS} VALUE: a sample of what is printed now
counts() {
	run 0 metrics --sysroot "$root" && grep -qxF -e "$1 $2" "$work/out" && return
	echo "not printed: $1 $2"
	grep -F -e "${1%%\{*}" "$work/out"
	return 1
}

lacks() { run 0 metrics --sysroot "$root" && ! grep "^$1" "$work/out"; }

# or_skip PROGRAM NAME COMMAND...
or_skip() {
	local program=$1 name=$2
	shift 2
	if command -v "$program" > /dev/null; then ok "$name" "$@"; else skip "$name" "there is no $program"; fi
}

ok 'a host that is ready' counts hostdevctl_ready 1
ok 'its devices by verdict' counts 'hostdevctl_devices{kind="pci",class="NVMe",verdict="ready"}' 1
ok 'nothing is held' lacks hostdevctl_held_since_seconds
ok 'nothing was refused' counts hostdevctl_starts_refused_total 0

ok 'a guest takes the disk' fake hook prepare
ok 'it is held since a time in this century' eval 'run 0 metrics --sysroot "$root" && grep -qE \
	"^hostdevctl_held_since_seconds\{device=\"$DISK\",owner=\"guest\",guest=\"win11\"\} 1[0-9]{9}$" "$work/out"'
left='hostdevctl_device_left{device="0000:01:00.0",owner="guest",guest="win11",reason="ended"}'
ok 'the guest does not run: what it has is left' counts "$left" 1
mkdir -p "$root/run/libvirt/qemu"
cp "$work/guest.xml" "$root/run/libvirt/qemu/win11.xml"
ok 'it runs: nothing is left' lacks hostdevctl_device_left
uuid=$(sed -n 's:.*<uuid>\(.*\)</uuid>.*:\1:p' "$work/guest.xml")
sed "s/$uuid/11111111-2222-3333-4444-555555555555/; s:</name>:</name><title>not $uuid</title>:; /<hostdev/,/<.hostdev>/d" \
	"$work/guest.xml" > "$root/run/libvirt/qemu/win11.xml"
ok 'that another guest speaks of it does not mean that it runs' counts "$left" 1
rm "$root/run/libvirt/qemu/win11.xml"

# libvirt binds the device itself: it is held as soon as that has happened.
managed_guest() { sed -i "s/managed='no'/managed='yes'/" "$work/guest.xml" && fake hook prepare; }
bound() {
	ln -sfn /sys/bus/pci/drivers/vfio-pci "$root/sys/bus/pci/devices/$DISK/driver"
	echo vfio-pci > "$root/sys/bus/pci/devices/$DISK/driver_override"
}
ok 'it ends' fake run 0 recover --boot --sysroot "$root"
ok 'and starts with a device that libvirt takes' managed_guest
ok 'which is not held yet' lacks hostdevctl_held_since_seconds
ok 'then it is' eval 'bound && run 0 metrics --sysroot "$root" && grep -q "^hostdevctl_held_since" "$work/out"'
ok 'and left there' counts "$left" 1
ok 'it comes back' fake run 0 recover --boot --sysroot "$root"
ok 'nothing is left' lacks hostdevctl_device_left
ok 'the guest starts as before' eval 'sed -i "s/managed=.yes./managed='\''no'\''/" "$work/guest.xml" && fake hook prepare'

# A device that the host does not have.
refused() {
	sed "s/bus=.0x01./bus=\"0x77\"/; s/$uuid/${uuid%?}6/; s/win11/win12/" "$work/guest.xml" > "$work/refused.xml"
	! "$BUILDDIR/hostdevctl-hook" --sysroot "$root" win12 prepare begin - < "$work/refused.xml" 2> /dev/null
}
ok 'a start that a check refuses' refused
ok 'is counted' counts hostdevctl_starts_refused_total 1
ok 'once more' refused
ok 'once more' counts hostdevctl_starts_refused_total 2
trial() {
	sed "s/<uuid>.*<.uuid>/<uuid>d0c70000-0000-4000-8000-000000000000<\/uuid>/" "$work/refused.xml" > "$work/trial.xml"
	! "$BUILDDIR/hostdevctl-hook" --sysroot "$root" win12 prepare begin - < "$work/trial.xml" 2> /dev/null
}
ok 'the guest of doctor' trial
ok 'is not' counts hostdevctl_starts_refused_total 2
ok 'another reason is not' counts hostdevctl_starts_failed_total 0

ok 'hand-overs: none' counts 'hostdevctl_hand_overs_total{result="done"}' 0

ok 'in the format of Prometheus' run 0 metrics --sysroot "$root"
or_skip promtool 'which promtool reads' promtool check metrics < "$work/out"
ok 'in OpenMetrics' run 0 metrics --openmetrics --sysroot "$root"
parse='import sys; from prometheus_client.openmetrics.parser import text_string_to_metric_families as read
assert len(list(read(sys.stdin.read()))) == 11'
if /usr/bin/python3 -c 'import prometheus_client' 2> /dev/null; then
	ok 'which its own parser reads' /usr/bin/python3 -c "$parse" < "$work/out"
else
	skip 'which its own parser reads' 'there is no python3-prometheus-client'
fi

mkdir "$work/text"
file=$work/text/hostdevctl.prom
ok 'as a file' run 0 metrics --textfile "$file" --sysroot "$root"
ok 'that all may read, alone in its folder' eval '[ "$(stat -c %a "$file")" = 644 ] && [ "$(ls "$work/text")" = hostdevctl.prom ]'
ok 'which cannot be written elsewhere' complains 3 'cannot write /nowhere/x.prom: No such file or directory' \
	metrics --textfile /nowhere/x.prom --sysroot "$root"

or_skip promtool 'the rules are valid' promtool check rules "$rules/hostdevctl.rules.yml"
or_skip promtool 'and fire when they should' promtool test rules "$rules/hostdevctl.rules.test.yml"

# names FILE: what is asked for there is printed
names() {
	grep -oE 'hostdevctl_[a-z_]+' "$1" | sort -u > "$work/asked"
	sed -n 's/^# TYPE \([^ ]*\) .*/\1/p' "$file" > "$work/printed"
	[ -s "$work/asked" ] && ! grep -vxFf "$work/printed" "$work/asked"
}
ok 'rules ask for what is printed' names "$rules/hostdevctl.rules.yml"
ok 'and so does the dashboard' names "$rules/hostdevctl.dashboard.json"
ok 'which is JSON' jq -e '.panels | length > 5' "$rules/hostdevctl.dashboard.json"

# until_true SECONDS COMMAND...
until_true() {
	local end=$((SECONDS + $1))
	shift
	while [ $SECONDS -lt $end ]; do "$@" && return; sleep 0.2; done
	return 1
}

# Others may run the same test now.
exporter=127.0.0.1:$((20000 + $$ % 10000)) server=127.0.0.1:$((30000 + $$ % 2700))
scraped() { curl -s "http://$exporter/metrics" | grep -q '^hostdevctl_ready 1'; }
firing() { curl -s "http://$server/api/v1/alerts" > "$work/alerts"; jq -e '.data.alerts[] | select(.state == "firing" and
	.labels.alertname == "HostDeviceNotGivenBack" and .labels.device == "0000:01:00.0")' "$work/alerts" > /dev/null; }

# Real programs on this machine, with rules that do not wait.
serve() {
	prometheus-node-exporter --web.listen-address=$exporter --collector.disable-defaults \
		--collector.textfile --collector.textfile.directory="$work/text" > "$work/exporter.log" 2>&1 &
	pids="$pids $!"
	sed 's/for: .*/for: 0s/' "$rules/hostdevctl.rules.yml" > "$work/rules.yml"
	printf '%s\n' 'global: { scrape_interval: 1s, evaluation_interval: 1s }' 'rule_files: [rules.yml]' \
		'scrape_configs:' '  - job_name: node' '    static_configs:' "      - targets: ['$exporter']" \
		> "$work/prometheus.yml"
	prometheus --config.file="$work/prometheus.yml" --storage.tsdb.path="$work/tsdb" \
		--web.listen-address=$server > "$work/prometheus.log" 2>&1 &
	pids="$pids $!"
}
if command -v prometheus > /dev/null && command -v prometheus-node-exporter > /dev/null && command -v curl > /dev/null; then
	serve
	ok 'node_exporter shows the file' until_true 60 scraped
	ok 'and Prometheus fires for a device that was not given back' until_true 90 firing
	ok 'the guest gives it back' fake run 0 recover --boot --sysroot "$root"
	ok 'all is back' eval 'lacks hostdevctl_device_left && run 0 metrics --textfile "$file" --sysroot "$root"'
	ok 'and the alert ends' until_true 60 eval '! firing'
else
	skip 'Prometheus and node_exporter' 'they are not installed'
fi
mkdir -p "$root/var/log/libvirt/qemu"
printf '%s\n' '2026-01-01 10:00:00.000+0000: starting up libvirt version: 9.0.0, qemu version: 7.2.0' \
	'qemu-system-x86_64: -device vfio-pci: failed to open /dev/vfio/12: Device or resource busy' \
	'2026-01-01 10:00:01.000+0000: shutting down, reason=failed' > "$root/var/log/libvirt/qemu/win11.log"
ok 'QEMU does not start' eval 'fake hook release end failed 2> /dev/null'
ok 'that is counted as a failure' counts hostdevctl_starts_failed_total 1
sed -i 's/reason=failed/reason=crashed/' "$root/var/log/libvirt/qemu/win11.log"
ok 'one that ran, and crashed' eval 'fake hook release end crashed 2> /dev/null'
ok 'is not' counts hostdevctl_starts_failed_total 1
tap_end
