# SPDX-License-Identifier: GPL-2.0-or-later
UNIT_FACTS = \
	tests/test_tree \
	tests/test_lines \
	tests/test_pci \
	tests/test_pci_parts \
	tests/test_iommu \
	tests/test_host \
	tests/test_modules \
	tests/test_variant \
	tests/test_facts \
	tests/test_actor \
	tests/test_inventory \
	tests/test_namespaces \
	tests/test_nodedev \
	tests/test_pciids \
	tests/test_memory \
	tests/test_mdev_types \
	tests/test_setup \
	tests/test_pcilib \
	tests/test_pools \
	tests/test_resolve \
	tests/test_unread \
	$(NULL)
EXTRA_PROGRAMS += $(UNIT_FACTS)
TESTS += $(UNIT_FACTS)
tests_test_tree_SOURCES = tests/test_tree.c
tests_test_tree_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_tree_LDADD = $(TEST_LIBS)
tests_test_lines_SOURCES = tests/test_lines.c
tests_test_lines_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_lines_LDADD = $(TEST_LIBS)
tests_test_pci_SOURCES = tests/test_pci.c
tests_test_pci_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_pci_LDADD = $(TEST_LIBS)
tests_test_pci_parts_SOURCES = tests/test_pci_parts.c
tests_test_pci_parts_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_pci_parts_LDADD = $(TEST_LIBS)
tests_test_iommu_SOURCES = tests/test_iommu.c
tests_test_iommu_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_iommu_LDADD = $(TEST_LIBS)
tests_test_host_SOURCES = tests/test_host.c
tests_test_host_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_host_LDADD = $(TEST_LIBS)
tests_test_modules_SOURCES = tests/test_modules.c
tests_test_modules_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_modules_LDADD = $(TEST_LIBS)
tests_test_variant_SOURCES = tests/test_variant.c
tests_test_variant_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_variant_LDADD = $(TEST_LIBS)
tests_test_facts_SOURCES = tests/test_facts.c
tests_test_facts_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_facts_LDADD = $(TEST_LIBS)
tests_test_actor_SOURCES = tests/test_actor.c
tests_test_actor_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_actor_LDADD = libhostdevcli.la $(TEST_LIBS)
tests_test_inventory_SOURCES = tests/test_inventory.c
tests_test_inventory_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_inventory_LDADD = libhostdevcli.la $(TEST_LIBS)
tests_test_namespaces_SOURCES = tests/test_namespaces.c
tests_test_namespaces_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_namespaces_LDADD = $(TEST_LIBS)
tests_test_nodedev_SOURCES = tests/test_nodedev.c
tests_test_nodedev_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_nodedev_LDADD = libhostdevcli.la $(TEST_LIBS)
tests_test_pciids_SOURCES = tests/test_pciids.c
tests_test_pciids_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_pciids_LDADD = libhostdevcli.la $(TEST_LIBS)
tests_test_pools_SOURCES = tests/test_pools.c
tests_test_pools_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_pools_LDADD = $(TEST_LIBS)
tests_test_resolve_SOURCES = tests/test_resolve.c
tests_test_resolve_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_resolve_LDADD = libhostdevcli.la $(TEST_LIBS)
tests_test_pcilib_SOURCES = tests/test_pcilib.c
tests_test_pcilib_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_pcilib_LDADD = libhostdevcli.la $(TEST_LIBS)

# Who uses the functions: storage, network, guests, holders.
UNIT_USERS = \
	tests/test_storage \
	tests/test_storage_mounted \
	tests/test_storage_sleeping \
	tests/test_storage_uses \
	tests/test_claim \
	tests/test_network \
	tests/test_network_kernel \
	tests/test_display \
	tests/test_guests \
	tests/test_btf \
	tests/test_holders \
	tests/test_holders_live \
	tests/test_nodes \
	tests/test_input \
	tests/test_mdev \
	tests/test_serial \
	tests/test_usb \
	$(NULL)
EXTRA_PROGRAMS += $(UNIT_USERS)
TESTS += $(UNIT_USERS)
STORAGE_ROW = tests/support/storagerow.c tests/support/storagerow.h
tests_test_storage_SOURCES = tests/test_storage.c $(STORAGE_ROW)
tests_test_storage_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_storage_LDADD = $(TEST_LIBS)
tests_test_storage_mounted_SOURCES = tests/test_storage_mounted.c $(STORAGE_ROW)
tests_test_storage_mounted_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_storage_mounted_LDADD = $(TEST_LIBS)
tests_test_storage_sleeping_SOURCES = tests/test_storage_sleeping.c $(STORAGE_ROW)
tests_test_storage_sleeping_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_storage_sleeping_LDADD = $(TEST_LIBS)
tests_test_storage_uses_SOURCES = tests/test_storage_uses.c $(STORAGE_ROW)
tests_test_storage_uses_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_storage_uses_LDADD = $(TEST_LIBS)
tests_test_claim_SOURCES = tests/test_claim.c tests/support/loopdev.c tests/support/loopdev.h
tests_test_claim_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_claim_LDADD = $(TEST_LIBS)
tests_test_display_SOURCES = tests/test_display.c
tests_test_display_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_display_LDADD = $(TEST_LIBS)
tests_test_network_SOURCES = tests/test_network.c
tests_test_network_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_network_LDADD = $(TEST_LIBS)
tests_test_network_kernel_SOURCES = tests/test_network_kernel.c
tests_test_network_kernel_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_network_kernel_LDADD = $(TEST_LIBS)
tests_test_guests_SOURCES = tests/test_guests.c
tests_test_guests_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_guests_LDADD = $(TEST_LIBS)
tests_test_input_SOURCES = tests/test_input.c
tests_test_input_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_input_LDADD = $(TEST_LIBS)
tests_test_mdev_SOURCES = tests/test_mdev.c
tests_test_mdev_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_mdev_LDADD = $(TEST_LIBS)
tests_test_serial_SOURCES = tests/test_serial.c
tests_test_serial_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_serial_LDADD = $(TEST_LIBS)
tests_test_usb_SOURCES = tests/test_usb.c
tests_test_usb_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_usb_LDADD = $(TEST_LIBS)
tests_test_holders_SOURCES = tests/test_holders.c
tests_test_holders_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_holders_LDADD = $(TEST_LIBS)
tests_test_holders_live_SOURCES = tests/test_holders_live.c tests/support/loopdev.c tests/support/loopdev.h
tests_test_holders_live_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_holders_live_LDADD = $(TEST_LIBS)
tests_test_nodes_SOURCES = tests/test_nodes.c
tests_test_nodes_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_nodes_LDADD = $(TEST_LIBS)
tests_test_btf_SOURCES = tests/test_btf.c
tests_test_btf_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_btf_LDADD = $(TEST_LIBS)
tests_test_memory_SOURCES = tests/test_memory.c
tests_test_memory_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_memory_LDADD = $(TEST_LIBS)
tests_test_setup_SOURCES = tests/test_setup.c
tests_test_setup_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_setup_LDADD = libhostdevcli.la $(TEST_LIBS)
tests_test_mdev_types_SOURCES = tests/test_mdev_types.c
tests_test_mdev_types_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_mdev_types_LDADD = libhostdevcli.la $(TEST_LIBS)
WRAPPED_READS = \
	-Wl,--wrap=open,--wrap=openat,--wrap=__openat_2,--wrap=syscall \
	-Wl,--wrap=read,--wrap=pread,--wrap=readlink,--wrap=readlinkat \
	-Wl,--wrap=fdopendir,--wrap=opendir,--wrap=readdir,--wrap=fstat \
	-Wl,--wrap=fstatat,--wrap=statx,--wrap=getdents64,--wrap=access,--wrap=faccessat \
	-Wl,--wrap=ioctl,--wrap=socket,--wrap=sendto,--wrap=recvmsg \
	-Wl,--wrap=if_indextoname,--wrap=if_nametoindex \
	$(NULL)
tests_test_unread_SOURCES = \
	tests/test_unread.c \
	tests/support/faultread.c \
	tests/support/faultread.h \
	tests/support/loopdev.c \
	tests/support/loopdev.h \
	$(NULL)
tests_test_unread_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_unread_LDFLAGS = $(WRAPPED_READS)
tests_test_unread_LDADD = $(TEST_LIBS)
