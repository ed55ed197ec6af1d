# SPDX-License-Identifier: GPL-2.0-or-later
libhostdev_la_SOURCES += \
	src/base/arena.c \
	src/base/arena.h \
	src/base/beneath.c \
	src/base/beneath.h \
	src/base/clock.c \
	src/base/clock.h \
	src/base/config_file.c \
	src/base/config_file.h \
	src/base/dir.c \
	src/base/dir.h \
	src/base/error.c \
	src/base/error.h \
	src/base/exit.c \
	src/base/exit.h \
	src/base/lock.c \
	src/base/lock.h \
	src/base/log.c \
	src/base/log.h \
	src/base/macro.c \
	src/base/macro.h \
	src/base/pciaddr.c \
	src/base/pciaddr.h \
	src/base/ranges.c \
	src/base/ranges.h \
	src/base/read.c \
	src/base/read.h \
	src/base/sysroot.c \
	src/base/sysroot.h \
	src/base/sysroot_at.c \
	src/base/sysroot_dir.c \
	src/base/text.c \
	src/base/text.h \
	src/base/utf8.c \
	src/base/utf8.h \
	$(NULL)
