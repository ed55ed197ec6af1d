# SPDX-License-Identifier: GPL-2.0-or-later
# Not in the hook.
libhostdevcli_la_SOURCES += \
	src/facts/setup/hook_files.c \
	src/facts/setup/host_setup.c \
	src/facts/setup/host_setup.h \
	src/facts/setup/replug_setup.c \
	$(NULL)
