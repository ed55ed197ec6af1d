# SPDX-License-Identifier: GPL-2.0-or-later
libhostdevcli_la_SOURCES += \
	src/element/compose.c \
	src/element/compose.h \
	src/element/element.h \
	src/element/element_options.c \
	src/element/group_members.c \
	src/element/guest_slots.c \
	src/element/guest_slots.h \
	src/element/hostdev_mdev.c \
	src/element/hostdev_pci.c \
	src/element/hostdev_scsi.c \
	src/element/hostdev_usb.c \
	src/element/hostdevs.c \
	src/element/kinds.c \
	src/element/nvme_disk.c \
	src/element/pins_of.c \
	src/element/pins_of.h \
	src/element/replug_policy.c \
	src/element/replug_policy.h \
	src/element/serial_port.c \
	src/element/templates.c \
	src/element/templates.h \
	src/element/vf_interface.c \
	src/element/vf_pool.c \
	$(NULL)

xmltemplatesdir = $(pkgdatadir)/xml-templates
dist_xmltemplates_DATA = \
	xml-templates/controller.xml \
	xml-templates/interface-vf.xml \
	xml-templates/mdev.xml \
	xml-templates/nvme-disk.xml \
	xml-templates/pci.xml \
	xml-templates/pool-interface.xml \
	xml-templates/pool-network.xml \
	xml-templates/scsi.xml \
	xml-templates/serial.xml \
	xml-templates/usb.xml \
	$(NULL)
