# SPDX-License-Identifier: GPL-2.0-or-later
# bigtree.awk - writes a captured host of N functions: two sockets, each with many cards.
#
# usage: awk -v N=4000 -f bigtree.awk.  On each port is a network card with 62 VFs, of which guests have
# some; every eighth port has a graphics card with its sound, or an NVMe controller.

function function_at(path, addr, class, vendor, device, driver, group, node, more) {
	printf "@ %s/%s\nvendor = 0x%s\ndevice = 0x%s\nclass = 0x%s\nnuma_node = %d\n", path, addr,
		vendor, device, class, node
	printf "driver_override = (null)\nreset_method = flr bus\n%s", more
	printf "iommu_group -> %skernel/iommu_groups/%d\n", up(path), group
	if (driver != "")
		printf "driver -> %sbus/pci/drivers/%s\n", up(path), driver
	printf "\n"
	links = links sprintf("%s -> ../../../%s/%s\n", addr, substr(path, 5), addr)
	members[group] = members[group] sprintf("%s -> ../../../../%s/%s\n", addr, substr(path, 5), addr)
	n_functions++
}

# From a function below PATH to sys.
function up(path, n, parts) {
	n = split(path, parts, "/")
	return substr("../../../../../../../", 1, 3 * n)
}

function link_width(now, most) {
	return sprintf("current_link_speed = 16.0 GT/s PCIe\ncurrent_link_width = %d\n" \
		"max_link_speed = 16.0 GT/s PCIe\nmax_link_width = %d\n", now, most)
}

function network_card(path, bus, group, node, n, i, pf, addr, vfs, driver) {
	pf = bus ":00.0"
	for (i = 0; i < n; i++)
		vfs = vfs sprintf("virtfn%d -> ../%s:%02x.%x\n", i, bus, 1 + int(i / 8), i % 8)
	function_at(path, pf, "020000", "8086", "1592", "ice", group, node,
		link_width(16, 16) "sriov_totalvfs = 62\nsriov_numvfs = " n "\n" vfs)
	for (i = 0; i < n; i++) {
		addr = sprintf("%s:%02x.%x", bus, 1 + int(i / 8), i % 8)
		driver = i % 9 == 4 ? "vfio-pci" : "iavf"
		function_at(path, addr, "020000", "8086", "1889", driver, group + 1 + i, node,
			"physfn -> ../" pf "\n")
		if (i % 9 == 4)
			guest(sprintf("net%d", 1 + n_guests % 40), bus, 1 + int(i / 8), i % 8)
	}
	return group + 1 + n
}

# One of the VFs of a guest.
function guest(name, bus, slot, fn) {
	n_guests++
	split(bus, at, ":")
	devices[name] = devices[name] sprintf("<hostdev mode='subsystem' type='pci' managed='no'><source>" \
		"<address domain='0x%s' bus='0x%s' slot='0x%02x' function='0x%x'/></source></hostdev>\\n",
		at[1], at[2], slot, fn)
}

function other_card(path, bus, group, node, i) {
	if (i % 16 == 0) {
		function_at(path, bus ":00.0", "030000", "10de", "2204", "nouveau", group, node, link_width(16, 16))
		function_at(path, bus ":00.1", "040300", "10de", "1aef", "snd_hda_intel", group, node,
			link_width(16, 16))
	} else {
		function_at(path, bus ":00.0", "010802", "144d", "a80a", "nvme", group, node, link_width(2, 4))
	}
	return group + 1
}

function prelude() {
	printf "@ proc\ncmdline = root=/dev/vda1 ro intel_iommu=on\n"
	printf "cpuinfo = processor\\t: 0\\nvendor_id\\t: GenuineIntel\\nflags\\t\\t: fpu vmx\n"
	printf "swaps = Filename\nmodules = \n\n"
	printf "@ proc/net\nroute = Iface\n\n@ proc/sys/kernel\nosrelease = 6.1.0\n\n"
	printf "@ proc/self\nmountinfo = 22 1 0:25 / / rw,relatime shared:1 - tmpfs none rw\n\n"
	printf "@ dev/vfio\nvfio = \n\n@ sys/module/vfio_pci\ninitstate = live\n\n"
	printf "@ sys/module/vfio\ninitstate = live\n\n@ sys/module/vfio_iommu_type1\ninitstate = live\n\n"
	printf "@ sys/firmware/acpi/tables\nDMAR = DMAR\n\n"
	printf "@ sys/class/iommu\ndmar0 -> ../../devices/virtual/iommu/dmar0\n\n"
	printf "@ sys/devices/virtual/iommu/dmar0/intel-iommu\necap = f050da\n\n"
}

BEGIN {
	prelude()
	group = 1
	for (i = 0; n_functions < N; i++) {
		node = i % 2
		# A domain has 7 ports: their buses, and the parts of the machine on its root bus.
		domain = sprintf("%04x", int(i / 14) * 2 + node)
		slot = int(i / 2) % 7
		root = "sys/devices/pci" domain ":00"
		if (slot == 0)
			for (k = 0; k < 8 && n_functions < N; k++)
				function_at(root, sprintf("%s:00:1e.%x", domain, k), "088000", "8086",
					"3450", "", group++, node, "")
		port = sprintf("%s:00:%02x.0", domain, slot + 1)
		function_at(root, port, "060400", "8086", "347a", "pcieport", group++, node,
			link_width(16, 16))
		bus = sprintf("%s:%02x", domain, slot + 1)
		left = N - n_functions
		if (i % 8 == 0)
			group = other_card(root "/" port, bus, group, node, i)
		else if (left > 1)
			group = network_card(root "/" port, bus, group, node, left < 63 ? left - 1 : 62)
	}
	printf "@ sys/bus/pci/devices\n%s\n", links
	for (name in members)
		printf "@ sys/kernel/iommu_groups/%s/devices\n%s\n", name, members[name]
	printf "@ etc/libvirt/qemu\n"
	for (name in devices)
		printf "%s.xml = %s\n", name, domain_xml(name)
	printf "\n@ run/libvirt/qemu\n"
	for (name in devices)
		if (length(name) % 2)
			printf "%s.xml = <domstatus state='running' pid='812'>\\n%s\\n</domstatus>\n", name,
				domain_xml(name)
}

function domain_xml(name) {
	return "<domain type='kvm'>\\n<name>" name "</name>\\n<devices>\\n" devices[name] "</devices>\\n</domain>"
}
