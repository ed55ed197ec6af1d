# SPDX-License-Identifier: GPL-2.0-or-later
UNIT_TESTS += tests/virt/test_guest_change

# It is libvirt itself.
if HAVE_LIBVIRT
UNIT_TESTS += tests/virt/test_guest_calls tests/virt/test_power_calls
tests_virt_test_guest_calls_SOURCES = tests/virt/test_guest_calls.c src/virt/guest_calls.c
tests_virt_test_guest_calls_CPPFLAGS = $(AM_CPPFLAGS) $(LIBVIRT_CFLAGS)
tests_virt_test_power_calls_SOURCES = tests/virt/test_power_calls.c src/virt/power_calls.c
tests_virt_test_power_calls_CPPFLAGS = $(AM_CPPFLAGS) $(LIBVIRT_CFLAGS)
endif
