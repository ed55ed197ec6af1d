# SPDX-License-Identifier: GPL-2.0-or-later
libhostdev_la_SOURCES += \
	src/facts/again.c \
	src/facts/boot_modules.c \
	src/facts/conf_dirs.c \
	src/facts/conf_dirs.h \
	src/facts/cpu.c \
	src/facts/cpu.h \
	src/facts/distribution.c \
	src/facts/facts.c \
	src/facts/facts.h \
	src/facts/fn_facts.c \
	src/facts/fn_facts.h \
	src/facts/host.c \
	src/facts/host.h \
	src/facts/iommu.c \
	src/facts/iommu.h \
	src/facts/iommu_group.c \
	src/facts/lines.c \
	src/facts/lines.h \
	src/facts/modprobe_conf.c \
	src/facts/modules.c \
	src/facts/modules.h \
	src/facts/pci.c \
	src/facts/pci.h \
	src/facts/pci_driver.c \
	src/facts/pci_list.c \
	src/facts/pci_parts.c \
	src/facts/pci_parts.h \
	src/facts/query.c \
	src/facts/remapping.c \
	src/facts/remapping.h \
	src/facts/rom.c \
	src/facts/rom.h \
	src/facts/variant.c \
	src/facts/variant.h \
	$(NULL)

# Not in the hook: libpci, and who it is that runs a command.
libhostdevcli_la_SOURCES += \
	src/facts/actor.c \
	src/facts/actor.h \
	src/facts/pcilib.c \
	src/facts/pcilib.h \
	$(NULL)

# Who uses the functions.
libhostdev_la_SOURCES += \
	src/facts/display.c \
	src/facts/display.h \
	src/facts/display_compute.c \
	src/facts/display_console.c \
	src/facts/display_internal.h \
	src/facts/display_memory.c \
	src/facts/display_other.c \
	src/facts/display_refs.c \
	src/facts/display_session.c \
	src/facts/guests.c \
	src/facts/guests.h \
	src/facts/holders.c \
	src/facts/holders.h \
	src/facts/holders_internal.h \
	src/facts/holders_maps.c \
	src/facts/holders_proc.c \
	src/facts/holders_who.c \
	src/facts/mdev.c \
	src/facts/mdev.h \
	src/facts/named.c \
	src/facts/named.h \
	src/facts/network.c \
	src/facts/network.h \
	src/facts/network_addresses.c \
	src/facts/network_kind.c \
	src/facts/network_ovs.c \
	src/facts/network_ovs.h \
	src/facts/network_routes.c \
	src/facts/network_routes_files.c \
	src/facts/network_routes_kernel.c \
	src/facts/network_rtnl.c \
	src/facts/network_rtnl.h \
	src/facts/network_sshd.c \
	src/facts/network_stack.c \
	src/facts/network_stack.h \
	src/facts/network_tables.c \
	src/facts/network_tables.h \
	src/facts/network_tcp.c \
	src/facts/network_tcp.h \
	src/facts/nodes.c \
	src/facts/nodes.h \
	src/facts/nodes_fn.c \
	src/facts/serial.c \
	src/facts/serial.h \
	src/facts/storage.c \
	src/facts/storage.h \
	src/facts/storage_backing.c \
	src/facts/storage_blocks.c \
	src/facts/storage_busy.c \
	src/facts/storage_claim.c \
	src/facts/storage_ends.c \
	src/facts/storage_explain.h \
	src/facts/storage_holder.c \
	src/facts/storage_internal.h \
	src/facts/storage_keepers.c \
	src/facts/storage_match.c \
	src/facts/storage_mount_tree.c \
	src/facts/storage_mounted.c \
	src/facts/storage_mounts.c \
	src/facts/storage_named.c \
	src/facts/storage_names.c \
	src/facts/storage_nvme.c \
	src/facts/storage_signature.c \
	src/facts/storage_sleeping.c \
	src/facts/storage_swap.c \
	src/facts/storage_uses.c \
	src/facts/usb.c \
	src/facts/usb.h \
	src/facts/vfio_use.c \
	$(NULL)
