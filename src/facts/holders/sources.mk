# SPDX-License-Identifier: GPL-2.0-or-later
libhostdev_la_SOURCES += \
	src/facts/holders/btf.c \
	src/facts/holders/btf.h \
	src/facts/holders/holders.c \
	src/facts/holders/holders.h \
	src/facts/holders/holders_internal.h \
	src/facts/holders/holders_kernel.c \
	src/facts/holders/holders_maps.c \
	src/facts/holders/holders_proc.c \
	src/facts/holders/holders_scan.c \
	src/facts/holders/holders_who.c \
	src/facts/holders/nodes.c \
	src/facts/holders/nodes.h \
	src/facts/holders/vfio_holders.c \
	$(NULL)
