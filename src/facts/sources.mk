# SPDX-License-Identifier: GPL-2.0-or-later
libhostdev_la_SOURCES += \
	src/facts/facts.c \
	src/facts/facts.h \
	src/facts/function_facts.c \
	src/facts/function_facts.h \
	src/facts/last_look.c \
	src/facts/named_devices.c \
	src/facts/named_devices.h \
	src/facts/query.c \
	$(NULL)

# Not in the hook.
libhostdevcli_la_SOURCES += \
	src/facts/capture.c \
	src/facts/capture.h \
	src/facts/capture_areas.c \
	src/facts/capture_areas.h \
	src/facts/capture_text.c \
	src/facts/inventory.c \
	src/facts/inventory.h \
	src/facts/inventory_guests.c \
	src/facts/inventory_guests.h \
	src/facts/inventory_internal.h \
	src/facts/inventory_mdev.c \
	src/facts/inventory_names.c \
	src/facts/inventory_names.h \
	src/facts/inventory_nodedev.c \
	src/facts/inventory_nodedev.h \
	src/facts/inventory_nodedev_parts.h \
	src/facts/inventory_nodedev_pci.c \
	src/facts/inventory_pci.c \
	src/facts/inventory_serial.c \
	src/facts/inventory_usb.c \
	src/facts/known.c \
	src/facts/known.h \
	src/facts/known_nodes.c \
	src/facts/nodedev_xml.c \
	src/facts/nodedev_xml.h \
	src/facts/resolve.c \
	src/facts/resolve.h \
	src/facts/resolve_id.c \
	src/facts/resolve_named.c \
	src/facts/resolve_parts.h \
	src/facts/resolve_path.c \
	src/facts/resolve_sysfs.c \
	src/facts/resolve_usb.c \
	src/facts/resolve_virtual.c \
	src/facts/setup.c \
	src/facts/setup.h \
	src/facts/setup_parts.h \
	src/facts/stable.c \
	src/facts/stable.h \
	$(NULL)

include $(srcdir)/src/facts/boot/sources.mk
include $(srcdir)/src/facts/display/sources.mk
include $(srcdir)/src/facts/holders/sources.mk
include $(srcdir)/src/facts/host/sources.mk
include $(srcdir)/src/facts/libvirt/sources.mk
include $(srcdir)/src/facts/mdev/sources.mk
include $(srcdir)/src/facts/network/sources.mk
include $(srcdir)/src/facts/pci/sources.mk
include $(srcdir)/src/facts/serial/sources.mk
include $(srcdir)/src/facts/storage/sources.mk
include $(srcdir)/src/facts/usb/sources.mk
