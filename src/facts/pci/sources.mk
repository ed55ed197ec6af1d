# SPDX-License-Identifier: GPL-2.0-or-later
libhostdev_la_SOURCES += \
	src/facts/pci/boot_binding.c \
	src/facts/pci/boot_binding.h \
	src/facts/pci/migration.c \
	src/facts/pci/migration.h \
	src/facts/pci/pci.c \
	src/facts/pci/pci.h \
	src/facts/pci/pci_list.c \
	src/facts/pci/pci_netdevs.c \
	src/facts/pci/rom.c \
	src/facts/pci/rom.h \
	src/facts/pci/vfio_variant.c \
	src/facts/pci/vfio_variant.h \
	src/facts/pci/virtio.c \
	src/facts/pci/virtio.h \
	$(NULL)

# Not in the hook.
libhostdevcli_la_SOURCES += \
	src/facts/pci/pcilib.c \
	src/facts/pci/pcilib.h \
	$(NULL)
