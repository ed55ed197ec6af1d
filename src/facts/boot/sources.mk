# SPDX-License-Identifier: GPL-2.0-or-later
libhostdev_la_SOURCES += \
	src/facts/boot/conf_dirs.c \
	src/facts/boot/conf_dirs.h \
	src/facts/boot/modules.c \
	src/facts/boot/modules.h \
	$(NULL)

# Not in the hook.
libhostdevcli_la_SOURCES += \
	src/facts/boot/boot_config.c \
	src/facts/boot/boot_config.h \
	src/facts/boot/boot_loader.c \
	src/facts/boot/grub_default.c \
	src/facts/boot/grub_default.h \
	src/facts/boot/installed_kernels.c \
	src/facts/boot/iommu_log.c \
	src/facts/boot/kernel_parameters.c \
	src/facts/boot/kernel_parameters.h \
	src/facts/boot/vfio_ids.c \
	$(NULL)
