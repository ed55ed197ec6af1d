# SPDX-License-Identifier: GPL-2.0-or-later
libhostdev_la_SOURCES += \
	src/plan/build.c \
	src/plan/knob.h \
	src/plan/plan.h \
	$(NULL)
