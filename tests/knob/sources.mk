# SPDX-License-Identifier: GPL-2.0-or-later
UNIT_TESTS += \
	tests/knob/test_framebuffer \
	tests/knob/test_kernel_module \
	tests/knob/test_module \
	tests/knob/test_pci_driver \
	tests/knob/test_pci_state \
	tests/knob/test_unloaded_driver \
	tests/knob/test_value \
	tests/knob/test_vtconsole \
	$(NULL)
tests_knob_test_kernel_module_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=syscall
