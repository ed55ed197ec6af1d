# SPDX-License-Identifier: GPL-2.0-or-later
libhostdev_la_SOURCES += \
	src/facts/host/host.c \
	src/facts/host/host.h \
	src/facts/host/iommu.c \
	src/facts/host/iommu.h \
	src/facts/host/iommufd.c \
	src/facts/host/iommufd.h \
	src/facts/host/inhibitors.c \
	src/facts/host/inhibitors.h \
	src/facts/host/login_session.c \
	src/facts/host/login_session.h \
	src/facts/host/memory.c \
	src/facts/host/memory.h \
	src/facts/host/mount_table.c \
	src/facts/host/mount_table.h \
	src/facts/host/namespaces.c \
	src/facts/host/namespaces.h \
	src/facts/host/host_sleep.c \
	src/facts/host/host_sleep.h \
	src/facts/host/units.c \
	src/facts/host/units.h \
	$(NULL)

# Not in the hook.
libhostdevcli_la_SOURCES += \
	src/facts/host/actor.c \
	src/facts/host/actor.h \
	src/facts/host/folder_events.c \
	src/facts/host/folder_events.h \
	src/facts/host/host_event.h \
	src/facts/host/host_events.c \
	src/facts/host/host_events.h \
	src/facts/host/kernel_log.c \
	src/facts/host/kernel_log.h \
	src/facts/host/uevents.c \
	src/facts/host/uevents.h \
	$(NULL)
