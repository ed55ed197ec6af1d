# SPDX-License-Identifier: GPL-2.0-or-later
# network.sh - devices that the host's network needs.
#
# Most rows are about NIC_B, which is cabled to NIC_C.  NIC_C is the other host where a row
# needs one (in the namespace "peer").  192.0.2.1 is ours, 192.0.2.2 the peer.
# shellcheck shell=bash

nic_b() { netdev_of "$NIC_B"; }
nic_c() { basename "$(pci_dir "$NIC_C")"/virtio*/net/*; }

# NIC_B up and with its address.
b_up() {
	modprobe -q e1000e
	wait_for 20 nic_b_there && ip addr replace 192.0.2.1/24 dev "$(nic_b)" && ip link set "$(nic_b)" up
}
nic_b_there() { [ -n "$(nic_b)" ]; }
b_has_carrier() { [ "$(cat "/sys/class/net/$(nic_b)/carrier")" = 1 ]; }

# NIC_B as a member of the interface with this name and kind, which has a default route in table 100.
b_below() {
	local name=$1

	ip link add "$name" type "${@:2}" &&
	ip link set "$(nic_b)" down && ip link set "$(nic_b)" master "$name" &&
	ip link set "$(nic_b)" up && ip link set "$name" up &&
	ip addr add 192.0.2.1/24 dev "$name" &&
	ip route add default via 192.0.2.2 dev "$name" table 100
}

b_is_member() { [ -e "/sys/class/net/$1/lower_$(nic_b)" ]; }
lost_member() { b_is_member "$1" || echo "$1 has lost its port, its default route leads nowhere"; }
lost_upper() { [ -e "/sys/class/net/$1" ] || echo "$1 is gone, with its address"; }
lost_route() { ip route show table "$1" | grep -q default || echo "the default route of table $1 is gone"; }

# The other end of the cable, in a namespace of its own.
peer_up() {
	nic_c >/run/lab-nic-c
	ip netns add peer && ip link set "$(nic_c)" netns peer &&
	ip -n peer addr add 192.0.2.2/24 dev "$(cat /run/lab-nic-c)" &&
	ip -n peer link set "$(cat /run/lab-nic-c)" up &&
	wait_for 20 ping_peer
}
ping_peer() { nsenter --net=/run/netns/peer busybox ping -c 1 -W 1 192.0.2.1 >/dev/null; }
# Moved back by name: a broken connection keeps the namespace alive long after its removal.
peer_down() {
	ip -n peer link set "$(cat /run/lab-nic-c)" netns 1 2>/dev/null
	ip netns del peer 2>/dev/null
	wait_for 10 nic_c_back
}
nic_c_back() { [ -e /sys/class/net/"$(nic_c)" ]; }

# Without the route that QEMU's emulated network advertises by itself.
only_v4() {
	local dev

	dev=$(netdev_of "$NIC")
	echo 0 >"/proc/sys/net/ipv6/conf/$dev/accept_ra"
	while ip -6 route del default dev "$dev" 2>/dev/null; do :; done
	host_network_up
}

hazard net_default_v4 "$NIC" network-free "the IPv4 default route"
net_default_v4_make() { only_v4; }
net_default_v4_remedy() { echo "ip route del default via 10.0.2.2 dev $(netdev_of "$NIC")"; }
net_default_v4_harm() { ip route show default | grep -q . || echo "the host has lost its default route"; }
net_default_v4_undo() { wait_for 20 nic_there && host_network_up; }
nic_there() { [ -n "$(netdev_of "$NIC")" ]; }

hazard net_default_v6 "$NIC_B" network-free "the IPv6 default route"
net_default_v6_make() {
	b_up && ip -6 addr add 2001:db8::1/64 dev "$(nic_b)" nodad &&
	ip -6 route add default via 2001:db8::2 dev "$(nic_b)" metric 50
}
net_default_v6_remedy() { echo "ip -6 route del default via 2001:db8::2 dev $(nic_b) metric 50"; }
net_default_v6_harm() { ip -6 route show default | grep -q 2001:db8::2 || echo "the IPv6 default route is gone"; }

hazard net_default_table "$NIC_B" network-free "a default route in another table, selected by ip-rule"
net_default_table_make() {
	b_up && ip route add default via 192.0.2.2 dev "$(nic_b)" table 100 &&
	ip rule add from 192.0.2.1 lookup 100
}
net_default_table_remedy() { echo "ip route del default via 192.0.2.2 dev $(nic_b) table 100"; }
net_default_table_harm() { lost_route 100; }
net_default_table_undo() { ip rule del from 192.0.2.1 lookup 100; }

hazard net_multipath "$NIC_B" network-free "the second nexthop of a multipath default route"
net_multipath_make() {
	b_up && ip route add default table 100 nexthop via 10.0.2.2 dev "$(netdev_of "$NIC")" \
		nexthop via 192.0.2.2 dev "$(nic_b)"
}
net_multipath_remedy() { echo "ip route replace default table 100 via 10.0.2.2 dev $(netdev_of "$NIC")"; }
net_multipath_harm() {
	ip route show table 100 | grep -q 192.0.2.2 || echo "the nexthop through $NIC_B is gone"
}
net_multipath_undo() { ip route flush table 100; }

hazard net_nexthop "$NIC_B" network-free "a default route through a nexthop object"
net_nexthop_make() {
	b_up && wait_for 20 b_has_carrier && ip nexthop add id 7 via 192.0.2.2 dev "$(nic_b)" && ip route add default nhid 7 table 100
}
net_nexthop_remedy() { echo "ip route del default nhid 7 table 100"; }
net_nexthop_harm() { lost_route 100; }
net_nexthop_undo() { ip nexthop flush; }

hazard net_vrf "$NIC_B" network-free "the default route of a VRF"
net_vrf_make() {
	ip link add vrf9 type vrf table 109 && ip link set vrf9 up &&
	ip link set "$(nic_b)" master vrf9 && b_up &&
	ip route add default via 192.0.2.2 dev "$(nic_b)" vrf vrf9
}
net_vrf_remedy() {
	echo "ip route del default via 192.0.2.2 dev $(nic_b) table 109"
	echo "ip link set $(nic_b) nomaster"
}
net_vrf_harm() { lost_route 109; }
net_vrf_undo() { ip link del vrf9; }

hazard net_bridge "$NIC_B" network-free "a port of a bridge" start
net_bridge_make() { b_below br9 bridge; }
net_bridge_remedy() { echo "ip link set $(nic_b) nomaster"; }
net_bridge_harm() { lost_member br9; }
net_bridge_undo() { ip link del br9; }

hazard net_bond "$NIC_B" network-free "a slave of a bond"
net_bond_make() { modprobe bonding max_bonds=0; b_below bond9 bond mode active-backup; }
net_bond_remedy() { echo "ip link set $(nic_b) nomaster"; }
net_bond_harm() { lost_member bond9; }
net_bond_undo() { ip link del bond9; }

hazard net_team "$NIC_B" network-free "a port of a team"
net_team_make() { b_below team9 team; }
net_team_remedy() { echo "ip link set $(nic_b) nomaster"; }
net_team_harm() { lost_member team9; }
net_team_undo() { ip link del team9; }

hazard net_stack "$NIC_B" network-free "a bridge on a VLAN on a bond"
net_stack_make() {
	modprobe bonding max_bonds=0
	ip link add bond9 type bond mode active-backup && ip link set "$(nic_b)" down &&
	ip link set "$(nic_b)" master bond9 && ip link add link bond9 name bond9.5 type vlan id 5 &&
	ip link add br9 type bridge && ip link set bond9.5 master br9 && ip link set bond9 up &&
	ip link set bond9.5 up && ip link set br9 up && ip addr add 192.0.2.1/24 dev br9 &&
	ip route add default via 192.0.2.2 dev br9 table 100
}
net_stack_remedy() { echo "ip link set $(nic_b) nomaster"; }
net_stack_harm() { lost_member bond9; }
net_stack_undo() { ip link del br9; ip link del bond9.5; ip link del bond9; }

hazard net_ovs "$NIC_B" network-free "a port of an Open vSwitch datapath"
net_ovs_make() {
	[ -x "$(command -v ovs-dpctl)" ] || skip "no ovs-dpctl here"
	modprobe openvswitch && ip link set "$(nic_b)" up &&
	ovs-dpctl add-dp dp9 && ovs-dpctl add-if dp9 "$(nic_b)"
}
net_ovs_remedy() { echo "ovs-dpctl del-if dp9 $(nic_b)"; }
net_ovs_harm() { ovs-dpctl show dp9 | grep -q "port 1:" || echo "dp9 has lost its port"; }
net_ovs_undo() { ovs-dpctl del-dp dp9; }

hazard net_vlan "$NIC_B" network-free "below a VLAN interface with an address"
net_vlan_make() {
	ip link set "$(nic_b)" up && ip link add link "$(nic_b)" name vlan9 type vlan id 9 &&
	ip addr add 192.0.2.1/24 dev vlan9 && ip link set vlan9 up
}
net_vlan_remedy() { echo "ip link del vlan9"; }
net_vlan_harm() { lost_upper vlan9; }

hazard net_macvlan "$NIC_B" network-free "below a macvlan interface"
net_macvlan_make() { ip link set "$(nic_b)" up && ip link add link "$(nic_b)" name mvl9 type macvlan && ip link set mvl9 up; }
net_macvlan_remedy() { echo "ip link del mvl9"; }
net_macvlan_harm() { lost_upper mvl9; }

hazard net_macvtap "$NIC_B" network-free "below a macvtap, a guest's network card"
net_macvtap_make() { ip link set "$(nic_b)" up && ip link add link "$(nic_b)" name mvt9 type macvtap && ip link set mvt9 up; }
net_macvtap_remedy() { echo "ip link del mvt9"; }
net_macvtap_harm() { [ -e /sys/class/net/mvt9 ] || echo "mvt9 is gone, and the guest's network with it"; }

hazard net_ipvlan "$NIC_B" network-free "below an ipvlan interface"
net_ipvlan_make() { ip link set "$(nic_b)" up && ip link add link "$(nic_b)" name ipv9 type ipvlan && ip link set ipv9 up; }
net_ipvlan_remedy() { echo "ip link del ipv9"; }
net_ipvlan_harm() { lost_upper ipv9; }

hazard net_namespace "$NIC_B" network-free "moved into a named network namespace"
net_namespace_make() {
	ip netns add blue && nic_b >/run/lab-nic-b && ip link set "$(nic_b)" netns blue &&
	ip -n blue addr add 192.0.2.1/24 dev "$(cat /run/lab-nic-b)" && ip -n blue link set "$(cat /run/lab-nic-b)" up
}
net_namespace_remedy() { echo "ip netns exec blue ip link set $(cat /run/lab-nic-b) netns 1"; }
net_namespace_harm() { ip -n blue link | grep -q "$(cat /run/lab-nic-b)" || echo "namespace blue has lost its interface"; }
net_namespace_undo() { ip netns del blue; }

# A container without a name, as runtimes create them: only its processes identify it.
container_start() {
	unshare -n sleep 600 >/dev/null 2>&1 &
	echo $! >/run/lab-container
	disown
	wait_for 10 container_is_apart
}
container_is_apart() {
	[ "$(readlink "/proc/$(cat /run/lab-container)/ns/net")" != "$(readlink /proc/self/ns/net)" ]
}
container_end() { kill "$(cat /run/lab-container)"; }

hazard net_container "$NIC_B" network-free "moved into a container"
net_container_make() {
	container_start && nic_b >/run/lab-nic-b &&
	ip link set "$(nic_b)" netns "$(cat /run/lab-container)"
}
net_container_remedy() { echo "nsenter -t $(cat /run/lab-container) -n ip link set $(cat /run/lab-nic-b) netns 1"; }
net_container_harm() {
	nsenter -t "$(cat /run/lab-container)" -n ip link | grep -q "$(cat /run/lab-nic-b)" ||
		echo "the container has lost its network"
}
net_container_undo() { container_end; }

hazard net_container_macvlan "$NIC_B" network-free "below a container's macvlan, invisible to the host"
net_container_macvlan_make() {
	container_start && ip link set "$(nic_b)" up &&
	ip link add link "$(nic_b)" name mvl9 type macvlan &&
	ip link set mvl9 netns "$(cat /run/lab-container)"
}
net_container_macvlan_remedy() { echo "nsenter -t $(cat /run/lab-container) -n ip link del mvl9"; }
net_container_macvlan_harm() {
	nsenter -t "$(cat /run/lab-container)" -n ip link | grep -q mvl9 || echo "the container has lost its network"
}
net_container_macvlan_undo() { container_end; }

# talk SERVER'S-NAMESPACE ADDRESS PORT CLIENT'S-NAMESPACE: an established connection; both ends
# wait, each in a session of its own, so that all of it can be ended.
talk() {
	local server=$1 address=$2 port=$3 client=$4

	setsid nsenter "--net=$server" busybox nc -ll -p "$port" -e sleep 300 >/dev/null 2>&1 &
	echo $! >/run/lab-talk
	disown
	wait_for 10 listens "$server" "$port" || return 1
	setsid bash -c "sleep 300 | nsenter --net=$client busybox nc $address $port" >/dev/null 2>&1 &
	echo $! >>/run/lab-talk
	disown
	wait_for 20 is_connected "$port"
}
listens() { nsenter "--net=$1" ss -Htln "sport = :$2" | grep -q .; }
is_connected() { ss -Htn state established "( sport = :$1 or dport = :$1 )" | grep -q .; }
talk_end() {
	local session

	while read -r session; do kill -- "-$session"; done </run/lab-talk
}
connection() {
	ss -Htn state established "( sport = :$1 or dport = :$1 )" | tr -d '[]' | sed 's/::ffff://g' |
		awk '{ print $3, $4 }'
}
lost_connection() { is_connected "$1" && [ -n "$(ip -o addr show to 192.0.2.1)" ] || echo "the connection is cut"; }

hazard net_ssh "$NIC_B" network-free "the administrator's own SSH connection"
net_ssh_make() { b_up && peer_up && talk /proc/1/ns/net 192.0.2.1 22 /run/netns/peer; }
net_ssh_remedy() { connection 22 | sed 's/.* \(.*\)/ss -K dst \1 sport = :22/'; }
net_ssh_harm() { lost_connection 22; }
net_ssh_undo() { talk_end; peer_down; }

hazard net_iscsi "$NIC_B" network-free "a connection to an iSCSI server"
net_iscsi_make() { b_up && peer_up && talk /run/netns/peer 192.0.2.2 3260 /proc/1/ns/net; }
net_iscsi_remedy() { connection 3260 | sed 's/.*:\([0-9]*\) .*/ss -K dst 192.0.2.2:3260 sport = :\1/'; }
net_iscsi_harm() { lost_connection 3260; }
net_iscsi_undo() { talk_end; peer_down; }

hazard net_virtio "$NIC_C" network-free "a port of a bridge, behind virtio"
net_virtio_make() { ip link add br9 type bridge && ip link set "$(nic_c)" master br9; }
net_virtio_remedy() { echo "ip link set $(nic_c) nomaster"; }
net_virtio_harm() { ls /sys/class/net/br9/lower_* >/dev/null 2>&1 || echo "br9 has lost its port"; }
net_virtio_undo() { ip link del br9; }

hazard net_vf "$IGB" network-free "the parent of a virtual function with an interface that is up" stack=debian13,backports
# udev renames an interface right after the driver has made it.
net_vf_make() {
	echo 1 >"$(pci_dir "$IGB")/sriov_numvfs" && wait_for 30 vf_dev && udevadm settle &&
	ip link set "$(netdev_of "$IGB")" up && ip link set "$(netdev_of "$IGB_VF")" up
}
vf_dev() { [ -n "$(netdev_of "$IGB_VF")" ]; }
net_vf_remedy() { echo "echo 0 > $(pci_dir "$IGB")/sriov_numvfs"; }
net_vf_harm() { [ -e "$(pci_dir "$IGB_VF")" ] || echo "the virtual function is gone"; }

hazard net_address "$NIC_B" network-free "up with an address, but otherwise unused" warn
net_address_make() { b_up; }
net_address_remedy() { echo "ip addr flush dev $(nic_b)"; }
net_address_harm() { [ -n "$(ip -o addr show to 192.0.2.1)" ] || echo "the address is gone"; }
