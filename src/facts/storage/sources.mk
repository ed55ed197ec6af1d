# SPDX-License-Identifier: GPL-2.0-or-later
libhostdev_la_SOURCES += \
	src/facts/storage/storage.c \
	src/facts/storage/storage.h \
	src/facts/storage/storage_backing.c \
	src/facts/storage/storage_blocks.c \
	src/facts/storage/storage_claim.c \
	src/facts/storage/storage_holder.c \
	src/facts/storage/storage_internal.h \
	src/facts/storage/storage_mounted.c \
	src/facts/storage/storage_mounts.c \
	src/facts/storage/storage_named.c \
	src/facts/storage/storage_namespaces.c \
	src/facts/storage/storage_shares.c \
	src/facts/storage/storage_sleeping.c \
	$(NULL)
