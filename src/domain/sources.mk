# SPDX-License-Identifier: GPL-2.0-or-later
libhostdev_la_SOURCES += \
	src/domain/device.c \
	src/domain/devices.h \
	src/domain/disk.c \
	src/domain/hostdev.c \
	src/domain/interface.c \
	src/domain/pages.c \
	src/domain/pages.h \
	src/domain/plain.c \
	src/domain/plain.h \
	src/domain/policy.c \
	src/domain/policy.h \
	src/domain/policy_xml.h \
	src/domain/pool.c \
	src/domain/pool.h \
	src/domain/prescan.c \
	src/domain/prescan.h \
	src/domain/request.c \
	src/domain/request.h \
	src/domain/resources.c \
	src/domain/resources.h \
	src/domain/value.c \
	src/domain/value.h \
	src/domain/xml.c \
	src/domain/xml.h \
	$(NULL)

# Not in the hook.
libhostdevcli_la_SOURCES += \
	src/domain/pick.c \
	src/domain/pick.h \
	src/domain/pins.c \
	src/domain/pins.h \
	src/domain/slots.c \
	src/domain/slots.h \
	src/domain/slots_bus.c \
	src/domain/slots_bus.h \
	src/domain/slots_grow.c \
	src/domain/slots_nodes.c \
	src/domain/slots_place.c \
	src/domain/slots_wish.c \
	src/domain/template.c \
	src/domain/template.h \
	src/domain/template_text.c \
	src/domain/template_tree.h \
	$(NULL)
