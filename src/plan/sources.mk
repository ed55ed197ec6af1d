# SPDX-License-Identifier: GPL-2.0-or-later
libhostdev_la_SOURCES += \
	src/plan/build.c \
	src/plan/build.h \
	src/plan/build_reattach.c \
	src/plan/build_step.c \
	src/plan/knob.h \
	src/plan/plan.h \
	$(NULL)
