# SPDX-License-Identifier: GPL-2.0-or-later
libhostdev_la_SOURCES += \
	src/plan/build.c \
	src/plan/build.h \
	src/plan/build_reattach.c \
	src/plan/build_step.c \
	src/plan/knob.h \
	src/plan/plan.h \
	$(NULL)

# Not in the hook.
libhostdevcli_la_SOURCES += \
	src/plan/boot.c \
	src/plan/boot.h \
	src/plan/boot_entries.c \
	src/plan/boot_grub.c \
	src/plan/changes.c \
	src/plan/changes.h \
	src/plan/grub_default.c \
	src/plan/grub_default.h \
	src/plan/grub_reader.c \
	src/plan/grub_reader.h \
	src/plan/grub_words.c \
	src/plan/parameters.c \
	src/plan/parameters.h \
	src/plan/setup_host.c \
	src/plan/setup_host.h \
	src/plan/setup_pages.c \
	src/plan/setup_pages.h \
	src/plan/udev_rules.c \
	src/plan/udev_rules.h \
	$(NULL)
