# SPDX-License-Identifier: GPL-2.0-or-later
libhostdev_la_SOURCES += \
	src/facts/host/distribution.c \
	src/facts/host/host.c \
	src/facts/host/host.h \
	src/facts/host/iommu.c \
	src/facts/host/iommu.h \
	src/facts/host/iommu_group.c \
	src/facts/host/lines.c \
	src/facts/host/lines.h \
	src/facts/host/memory.c \
	src/facts/host/memory.h \
	src/facts/host/namespaces.c \
	src/facts/host/namespaces.h \
	src/facts/host/processor.c \
	src/facts/host/processor.h \
	src/facts/host/remapping.c \
	src/facts/host/remapping.h \
	$(NULL)

# Not in the hook.
libhostdevcli_la_SOURCES += \
	src/facts/host/actor.c \
	src/facts/host/actor.h \
	src/facts/host/kernel_log.c \
	$(NULL)
