# SPDX-License-Identifier: GPL-2.0-or-later
UNIT_TESTS += \
	tests/knob/test_card_answers \
	tests/knob/test_card_idle \
	tests/knob/test_framebuffer \
	tests/knob/test_kernel_module \
	tests/knob/test_module \
	tests/knob/test_pci_driver \
	tests/knob/test_pci_state \
	tests/knob/test_unloaded_driver \
	tests/knob/test_usb_driver \
	tests/knob/test_value \
	tests/knob/test_vtconsole \
	$(NULL)
tests_knob_test_card_answers_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=hd_sysroot_write
tests_knob_test_kernel_module_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=syscall
tests_knob_test_vtconsole_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=hd_sysroot_write,--wrap=ioctl

# On a bus of their own, with what the module links.
if HAVE_SYSTEMD_BUS
UNIT_TESTS += tests/knob/test_end_session tests/knob/test_unit
FAKE_BUS = tests/support/fakebus.c tests/support/fakebus.h
FAKE_BUS_CPPFLAGS = $(AM_CPPFLAGS) $(SYSTEMD_BUS_CFLAGS)
tests_knob_test_end_session_SOURCES = tests/knob/test_end_session.c $(FAKE_BUS)
tests_knob_test_end_session_CPPFLAGS = $(FAKE_BUS_CPPFLAGS)
tests_knob_test_end_session_LDADD = $(LDADD) $(SYSTEMD_BUS_LIBS)
EXTRA_tests_knob_test_end_session_DEPENDENCIES = hostdevctl-systemd.la
tests_knob_test_unit_SOURCES = tests/knob/test_unit.c $(FAKE_BUS)
tests_knob_test_unit_CPPFLAGS = $(FAKE_BUS_CPPFLAGS)
tests_knob_test_unit_LDADD = $(LDADD) $(SYSTEMD_BUS_LIBS)
EXTRA_tests_knob_test_unit_DEPENDENCIES = hostdevctl-systemd.la
endif
