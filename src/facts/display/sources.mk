# SPDX-License-Identifier: GPL-2.0-or-later
libhostdev_la_SOURCES += \
	src/facts/display/display.c \
	src/facts/display/display.h \
	src/facts/display/display_console.c \
	src/facts/display/display_internal.h \
	src/facts/display/display_memory.c \
	src/facts/display/display_refs.c \
	src/facts/display/display_session.c \
	src/facts/display/driver_stack.c \
	src/facts/display/driver_stack.h \
	src/facts/display/handover.h \
	$(NULL)
