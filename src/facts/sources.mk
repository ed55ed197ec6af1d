# SPDX-License-Identifier: GPL-2.0-or-later
libhostdev_la_SOURCES += \
	src/facts/facts.c \
	src/facts/facts.h \
	src/facts/facts_internal.h \
	src/facts/function_facts.c \
	src/facts/handover_facts.c \
	src/facts/last_look.c \
	src/facts/named_devices.c \
	src/facts/other_uses.c \
	src/facts/pools.c \
	$(NULL)

include $(srcdir)/src/facts/boot/sources.mk
include $(srcdir)/src/facts/display/sources.mk
include $(srcdir)/src/facts/holders/sources.mk
include $(srcdir)/src/facts/host/sources.mk
include $(srcdir)/src/facts/libvirt/sources.mk
include $(srcdir)/src/facts/mdev/sources.mk
include $(srcdir)/src/facts/modules/sources.mk
include $(srcdir)/src/facts/network/sources.mk
include $(srcdir)/src/facts/pci/sources.mk
include $(srcdir)/src/facts/scsi/sources.mk
include $(srcdir)/src/facts/serial/sources.mk
include $(srcdir)/src/facts/setup/sources.mk
include $(srcdir)/src/facts/storage/sources.mk
include $(srcdir)/src/facts/usb/sources.mk
