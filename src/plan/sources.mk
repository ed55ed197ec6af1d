# SPDX-License-Identifier: GPL-2.0-or-later
libhostdev_la_SOURCES += \
	src/plan/apply.c \
	src/plan/apply.h \
	src/plan/build.c \
	src/plan/build.h \
	src/plan/build_reattach.c \
	src/plan/build_step.c \
	src/plan/claims.c \
	src/plan/claims.h \
	src/plan/child.c \
	src/plan/child.h \
	src/plan/confirm.c \
	src/plan/confirm.h \
	src/plan/journal.c \
	src/plan/journal.h \
	src/plan/journal_parse.c \
	src/plan/journal_read.c \
	src/plan/journal_text.c \
	src/plan/journal_text.h \
	src/plan/keeper.c \
	src/plan/keeper.h \
	src/plan/keeper_file.c \
	src/plan/keeper_file.h \
	src/plan/knob.h \
	src/plan/look.c \
	src/plan/look.h \
	src/plan/plan.h \
	src/plan/recover.c \
	src/plan/recover.h \
	src/plan/settle.c \
	src/plan/settle.h \
	src/plan/undo.c \
	src/plan/undo.h \
	$(NULL)

# Not in the hook.
libhostdevcli_la_SOURCES += \
	src/plan/boot.c \
	src/plan/boot.h \
	src/plan/boot_entries.c \
	src/plan/boot_grub.c \
	src/plan/grub_default.c \
	src/plan/grub_default.h \
	src/plan/grub_reader.c \
	src/plan/grub_reader.h \
	src/plan/grub_words.c \
	src/plan/parameters.c \
	src/plan/parameters.h \
	src/plan/setup_host.c \
	src/plan/setup_host.h \
	src/plan/changes.c \
	src/plan/changes.h \
	src/plan/setup_pages.c \
	src/plan/setup_pages.h \
	src/plan/udev_rules.c \
	src/plan/udev_rules.h \
	$(NULL)
