# SPDX-License-Identifier: GPL-2.0-or-later
libhostdev_la_SOURCES += \
	src/facts/usb/input_devices.c \
	src/facts/usb/input_devices.h \
	src/facts/usb/usb.c \
	src/facts/usb/usb.h \
	$(NULL)
