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
	src/facts/setup.c \
	src/facts/setup.h \
	src/facts/setup_parts.h \
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
