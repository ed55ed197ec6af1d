# SPDX-License-Identifier: GPL-2.0-or-later
libhostdev_la_SOURCES += \
	src/domain/early_exit.c \
	src/domain/early_exit.h \
	src/domain/guest_pages.c \
	src/domain/guest_pages.h \
	src/domain/network_pool.c \
	src/domain/network_pool.h \
	src/domain/policy.c \
	src/domain/policy.h \
	src/domain/read_device.c \
	src/domain/read_device.h \
	src/domain/read_request.c \
	src/domain/request.h \
	src/domain/resources.c \
	src/domain/resources.h \
	src/domain/xml.c \
	src/domain/xml.h \
	src/domain/xml_bounds.c \
	src/domain/xml_bounds.h \
	src/domain/xml_value.c \
	src/domain/xml_value.h \
	$(NULL)

# Not in the hook.
libhostdevcli_la_SOURCES += \
	src/domain/hostdev_elements.c \
	src/domain/hostdev_elements.h \
	src/domain/move_devices.c \
	src/domain/move_devices.h \
	src/domain/pins.c \
	src/domain/pins.h \
	src/domain/slots.c \
	src/domain/slots.h \
	src/domain/slots_internal.h \
	src/domain/slots_place.c \
	src/domain/template.c \
	src/domain/template.h \
	$(NULL)
