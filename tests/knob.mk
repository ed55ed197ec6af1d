# SPDX-License-Identifier: GPL-2.0-or-later
UNIT_KNOB = tests/test_pci_state tests/test_pci_driver tests/test_hook_run tests/test_spawn tests/test_module \
	tests/test_transaction tests/test_transaction_crash tests/test_value
EXTRA_PROGRAMS += $(UNIT_KNOB)
TESTS += $(UNIT_KNOB)
tests_test_pci_state_SOURCES = tests/test_pci_state.c
tests_test_pci_state_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_pci_state_LDADD = $(TEST_LIBS)
tests_test_pci_driver_SOURCES = tests/test_pci_driver.c
tests_test_pci_driver_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_pci_driver_LDADD = $(TEST_LIBS)
tests_test_spawn_SOURCES = tests/test_spawn.c
tests_test_spawn_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_spawn_LDADD = $(TEST_LIBS)
tests_test_module_SOURCES = tests/test_module.c
tests_test_module_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_module_LDADD = $(TEST_LIBS)
tests_test_hook_run_SOURCES = tests/test_hook_run.c
tests_test_hook_run_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_hook_run_LDADD = libhostdevcli.la $(TEST_LIBS)
tests_test_transaction_SOURCES = tests/test_transaction.c
tests_test_transaction_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_transaction_LDADD = libtestsupport.la libhostdevcli.la libhostdev.la $(CMOCKA_LIBS)
tests_test_transaction_crash_SOURCES = tests/test_transaction_crash.c \
	tests/support/tracer.c tests/support/tracer.h
tests_test_transaction_crash_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_transaction_crash_LDADD = libtestsupport.la libhostdevcli.la libhostdev.la \
	$(CMOCKA_LIBS)
tests_test_value_SOURCES = tests/test_value.c
tests_test_value_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_value_LDADD = libhostdevcli.la $(TEST_LIBS)
