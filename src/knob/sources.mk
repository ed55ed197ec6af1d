# SPDX-License-Identifier: GPL-2.0-or-later
libhostdev_la_SOURCES += \
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
	src/knob/unloaded_driver.c \
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
