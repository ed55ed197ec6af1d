# SPDX-License-Identifier: GPL-2.0-or-later
libhostdev_la_SOURCES += \
	src/inventory/capture_read.c \
	src/inventory/capture_read.h \
	$(NULL)

# Not in the hook.
libhostdevcli_la_SOURCES += \
	src/inventory/any_of.c \
	src/inventory/any_of.h \
	src/inventory/capture.c \
	src/inventory/capture.h \
	src/inventory/capture_areas.c \
	src/inventory/capture_areas.h \
	src/inventory/capture_write.c \
	src/inventory/completion_names.c \
	src/inventory/completion_names.h \
	src/inventory/filters.c \
	src/inventory/filters.h \
	src/inventory/inventory.c \
	src/inventory/inventory.h \
	src/inventory/inventory_guests.c \
	src/inventory/inventory_internal.h \
	src/inventory/inventory_mdev.c \
	src/inventory/inventory_names.c \
	src/inventory/inventory_nodedev.c \
	src/inventory/inventory_pci.c \
	src/inventory/inventory_scsi.c \
	src/inventory/inventory_serial.c \
	src/inventory/inventory_usb.c \
	src/inventory/lasting_names.c \
	src/inventory/lasting_names.h \
	src/inventory/machinery.c \
	src/inventory/machinery.h \
	src/inventory/nodedev_xml.c \
	src/inventory/nodedev_xml.h \
	src/inventory/redact.c \
	src/inventory/resolve.c \
	src/inventory/resolve.h \
	src/inventory/resolve_named.c \
	src/inventory/resolve_internal.h \
	src/inventory/resolve_operands.c \
	src/inventory/resolve_operands.h \
	src/inventory/resolve_path.c \
	src/inventory/resolve_scsi.c \
	src/inventory/resolve_sysfs.c \
	src/inventory/resolve_usb.c \
	$(NULL)
