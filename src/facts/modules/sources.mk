# SPDX-License-Identifier: GPL-2.0-or-later
libhostdev_la_SOURCES += \
	src/facts/modules/modules.c \
	src/facts/modules/modules.h \
	$(NULL)
