# SPDX-License-Identifier: GPL-2.0-or-later
libhostdev_la_SOURCES += \
	src/facts/mdev/mdev.c \
	src/facts/mdev/mdev.h \
	$(NULL)

# Not in the hook.
libhostdevcli_la_SOURCES += \
	src/facts/mdev/mdev_types.c \
	src/facts/mdev/mdev_types.h \
	$(NULL)
