# SPDX-License-Identifier: GPL-2.0-or-later
libhostdevcli_la_SOURCES += \
	src/virt/bounded_work.c \
	src/virt/bounded_work.h \
	src/virt/guest_change.c \
	src/virt/guest_change.h \
	src/virt/guest_power.c \
	src/virt/guest_power.h \
	src/virt/guest_xml.c \
	src/virt/guest_xml.h \
	src/virt/libvirt_calls.h \
	src/virt/libvirt_load.c \
	src/virt/libvirt_module.h \
	src/virt/mdev_define.c \
	src/virt/mdev_define.h \
	src/virt/remote_devices.c \
	src/virt/remote_devices.h \
	$(NULL)

# What needs libvirt is loaded by the commands that do (libvirt_module.h).
if HAVE_LIBVIRT
pkglib_LTLIBRARIES += hostdevctl-libvirt.la
hostdevctl_libvirt_la_SOURCES = \
	src/domain/hostdev_elements.c \
	src/domain/move_devices.c \
	src/inventory/nodedev_xml.c \
	src/inventory/nodedev_xml.h \
	src/virt/bounded_work.c \
	src/virt/guest_calls.c \
	src/virt/libvirt_connect.c \
	src/virt/libvirt_connect.h \
	src/virt/libvirt_module.c \
	src/virt/mdev_calls.c \
	src/virt/nodedev_calls.c \
	src/virt/power_calls.c \
	$(NULL)
hostdevctl_libvirt_la_CPPFLAGS = $(HD_CPPFLAGS) $(LIBVIRT_CFLAGS) $(LIBXML2_CFLAGS)
hostdevctl_libvirt_la_LIBADD = libhostdev.la $(LIBVIRT_LIBS)
hostdevctl_libvirt_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -shared \
	-export-symbols-regex '^hd_virt_module$$'
# AddressSanitizer looks up what it wraps when a program starts (of these libraries, xdr_*()),
# and calls NULL for what is loaded later.
SANITIZED_LIBVIRT = $(if $(findstring -fsanitize,$(HD_CFLAGS)),-Xlinker --no-as-needed $(LIBVIRT_LIBS))
endif
