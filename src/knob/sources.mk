# SPDX-License-Identifier: GPL-2.0-or-later
libhostdev_la_SOURCES += \
	src/knob/bus_driver.c \
	src/knob/bus_driver.h \
	src/knob/card_answers.c \
	src/knob/card_idle.c \
	src/knob/end_session.c \
	src/knob/framebuffer.c \
	src/knob/kernel_module.c \
	src/knob/knobs.c \
	src/knob/knobs.h \
	src/knob/modprobe.c \
	src/knob/modprobe.h \
	src/knob/module.c \
	src/knob/pci_driver_libvirt.c \
	src/knob/pci_driver_sysfs.c \
	src/knob/pci_state.c \
	src/knob/pci_state.h \
	src/knob/systemd_load.c \
	src/knob/systemd_module.h \
	src/knob/unit.c \
	src/knob/unloaded_driver.c \
	src/knob/usb_driver.c \
	src/knob/vtconsole.c \
	src/knob/wait.c \
	src/knob/wait.h \
	$(NULL)

# Not in the hook.
libhostdevcli_la_SOURCES += \
	src/knob/value.c \
	src/knob/value.h \
	src/knob/value_explain.c \
	src/knob/value_explain.h \
	$(NULL)

# What needs libsystemd is loaded by the steps that do (systemd_module.h).
if HAVE_SYSTEMD_BUS
pkglib_LTLIBRARIES += hostdevctl-systemd.la
hostdevctl_systemd_la_SOURCES = \
	src/base/clock.c \
	src/base/error.c \
	src/base/macro.c \
	src/base/utf8.c \
	src/knob/systemd_module.c \
	$(NULL)
hostdevctl_systemd_la_CPPFLAGS = $(HD_CPPFLAGS) $(SYSTEMD_BUS_CFLAGS)
hostdevctl_systemd_la_LIBADD = $(SYSTEMD_BUS_LIBS)
hostdevctl_systemd_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -shared \
	-export-symbols-regex '^hd_systemd_module$$'
endif
