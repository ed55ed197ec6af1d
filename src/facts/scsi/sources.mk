# SPDX-License-Identifier: GPL-2.0-or-later
libhostdev_la_SOURCES += \
	src/facts/scsi/scsi.c \
	src/facts/scsi/scsi.h \
	src/facts/scsi/scsi_unit.c \
	src/facts/scsi/scsi_unit.h \
	$(NULL)
