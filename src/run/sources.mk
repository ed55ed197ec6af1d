# SPDX-License-Identifier: GPL-2.0-or-later
libhostdev_la_SOURCES += \
	src/run/apply.c \
	src/run/apply.h \
	src/run/claims.c \
	src/run/claims.h \
	src/run/counts.c \
	src/run/counts.h \
	src/run/journal.c \
	src/run/journal.h \
	src/run/journal_internal.h \
	src/run/journal_parse.c \
	src/run/journal_read.c \
	src/run/keeper.c \
	src/run/keeper.h \
	src/run/recover.c \
	src/run/recover.h \
	src/run/step_child.c \
	src/run/step_child.h \
	src/run/undo.c \
	src/run/undo.h \
	$(NULL)

# Not in the hook.
libhostdevcli_la_SOURCES += \
	src/run/hook_trial.c \
	src/run/hook_trial.h \
	$(NULL)
