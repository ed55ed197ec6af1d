# SPDX-License-Identifier: GPL-2.0-or-later
libhostdevcli_la_SOURCES += \
	src/setup/applied_store.c \
	src/setup/applied_store.h \
	src/setup/bind_at_boot.c \
	src/setup/boot_changes.c \
	src/setup/boot_changes.h \
	src/setup/boot_grub.c \
	src/setup/change_list.c \
	src/setup/change_list.h \
	src/setup/host_parameters.c \
	src/setup/hugepages.c \
	src/setup/hugepages_mount.c \
	src/setup/hugepages_mount.h \
	src/setup/manifest.c \
	src/setup/mediated_device.c \
	src/setup/pages_per_node.c \
	src/setup/pages_per_node.h \
	src/setup/replace_file.c \
	src/setup/replace_file.h \
	src/setup/run_command.c \
	src/setup/subjects.c \
	src/setup/subjects.h \
	src/setup/take_back.c \
	src/setup/transaction.c \
	src/setup/transaction.h \
	src/setup/transaction_internal.h \
	src/setup/udev_rules.c \
	src/setup/udev_rules.h \
	src/setup/virtual_functions.c \
	$(NULL)
