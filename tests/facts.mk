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
WRAPPED_READS = \
	-Wl,--wrap=open,--wrap=openat,--wrap=__openat_2,--wrap=syscall \
	-Wl,--wrap=read,--wrap=pread,--wrap=readlink,--wrap=readlinkat \
	-Wl,--wrap=fdopendir,--wrap=opendir,--wrap=readdir,--wrap=fstat \
	-Wl,--wrap=fstatat,--wrap=statx,--wrap=getdents64,--wrap=access,--wrap=faccessat \
	-Wl,--wrap=ioctl,--wrap=socket,--wrap=sendto,--wrap=recvmsg \
	-Wl,--wrap=if_indextoname,--wrap=if_nametoindex \
	$(NULL)
tests_test_unread_LDFLAGS = $(WRAPPED_READS)
