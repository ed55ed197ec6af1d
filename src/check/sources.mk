# SPDX-License-Identifier: GPL-2.0-or-later
libhostdev_la_SOURCES += \
	src/check/below.c \
	src/check/below.h \
	src/check/check.h \
	src/check/checks.c \
	src/check/checks.h \
	src/check/companion.c \
	src/check/cpu.c \
	src/check/device.c \
	src/check/display.c \
	src/check/driver.c \
	src/check/exclusive.c \
	src/check/group.c \
	src/check/holders.c \
	src/check/identity.c \
	src/check/iommu_host.c \
	src/check/managed.c \
	src/check/mdev.c \
	src/check/names.c \
	src/check/network.c \
	src/check/override.c \
	src/check/override_match.c \
	src/check/pool.c \
	src/check/remapping.c \
	src/check/remedy.c \
	src/check/remedy.h \
	src/check/reset.c \
	src/check/rom.c \
	src/check/serial.c \
	src/check/serial_free.c \
	src/check/sriov.c \
	src/check/storage.c \
	src/check/topology.c \
	src/check/usb.c \
	src/check/usb_free.c \
	src/check/vfio_modules.c \
	$(NULL)
