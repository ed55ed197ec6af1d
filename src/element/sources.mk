# SPDX-License-Identifier: GPL-2.0-or-later
libhostdevcli_la_SOURCES += \
	src/element/auto.c \
	src/element/compose.c \
	src/element/compose.h \
	src/element/disk.c \
	src/element/element.h \
	src/element/group.c \
	src/element/hostdevs.c \
	src/element/interface.c \
	src/element/kinds.c \
	src/element/mdev.c \
	src/element/options.c \
	src/element/pci.c \
	src/element/serial.c \
	src/element/templates.c \
	src/element/templates.h \
	src/element/usb.c \
	$(NULL)

xmltemplatesdir = $(pkgdatadir)/xml-templates
dist_xmltemplates_DATA = \
	xml-templates/controller.xml \
	xml-templates/interface-vf.xml \
	xml-templates/mdev.xml \
	xml-templates/nvme-disk.xml \
	xml-templates/pci.xml \
	xml-templates/serial.xml \
	xml-templates/usb.xml \
	$(NULL)
