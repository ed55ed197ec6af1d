# SPDX-License-Identifier: GPL-2.0-or-later
libhostdev_la_SOURCES += \
	src/facts/serial/serial.c \
	src/facts/serial/serial.h \
	$(NULL)
