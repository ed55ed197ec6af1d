# SPDX-License-Identifier: GPL-2.0-or-later
libhostdev_la_SOURCES += \
	src/facts/storage/storage.c \
	src/facts/storage/storage.h \
	src/facts/storage/storage_backing.c \
	src/facts/storage/storage_blocks.c \
	src/facts/storage/storage_busy.c \
	src/facts/storage/storage_claim.c \
	src/facts/storage/storage_ends.c \
	src/facts/storage/storage_explain.h \
	src/facts/storage/storage_holder.c \
	src/facts/storage/storage_internal.h \
	src/facts/storage/storage_keepers.c \
	src/facts/storage/storage_lvm.c \
	src/facts/storage/storage_match.c \
	src/facts/storage/storage_mount_tree.c \
	src/facts/storage/storage_mounted.c \
	src/facts/storage/storage_mounts.c \
	src/facts/storage/storage_named.c \
	src/facts/storage/storage_names.c \
	src/facts/storage/storage_nvme.c \
	src/facts/storage/storage_signature.c \
	src/facts/storage/storage_sleeping.c \
	src/facts/storage/storage_swap.c \
	src/facts/storage/storage_uses.c \
	$(NULL)
