# SPDX-License-Identifier: GPL-2.0-or-later
libhostdev_la_SOURCES += \
	src/facts/libvirt/daemon.c \
	src/facts/libvirt/daemon.h \
	src/facts/libvirt/guests.c \
	src/facts/libvirt/guests.h \
	src/facts/libvirt/guests_internal.h \
	src/facts/libvirt/hotplug.h \
	src/facts/libvirt/start_log.c \
	src/facts/libvirt/start_log.h \
	$(NULL)

# Not in the hook.
libhostdevcli_la_SOURCES += \
	src/facts/libvirt/replug_guests.c \
	src/facts/libvirt/replug_guests.h \
	src/facts/libvirt/running_guests.c \
	src/facts/libvirt/running_guests.h \
	$(NULL)
