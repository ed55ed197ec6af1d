# SPDX-License-Identifier: GPL-2.0-or-later
libhostdev_la_SOURCES += \
	src/plan/build.c \
	src/plan/handover_steps.c \
	src/plan/knob.h \
	src/plan/plan.h \
	src/plan/plan_internal.h \
	$(NULL)
