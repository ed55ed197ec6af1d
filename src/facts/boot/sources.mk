# SPDX-License-Identifier: GPL-2.0-or-later
# Not in the hook.
libhostdevcli_la_SOURCES += \
	src/facts/boot/boot_config.c \
	src/facts/boot/boot_config.h \
	src/facts/boot/boot_loader.c \
	src/facts/boot/grub_default.c \
	src/facts/boot/grub_default.h \
	src/facts/boot/kernel_parameters.c \
	src/facts/boot/kernel_parameters.h \
	$(NULL)
