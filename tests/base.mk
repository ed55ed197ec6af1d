# SPDX-License-Identifier: GPL-2.0-or-later
UNIT_BASE = tests/test_text tests/test_pciaddr
check_PROGRAMS += $(UNIT_BASE)
TESTS += $(UNIT_BASE)
tests_test_text_SOURCES = tests/test_text.c
tests_test_text_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_text_LDADD = $(TEST_LIBS)
tests_test_pciaddr_SOURCES = tests/test_pciaddr.c
tests_test_pciaddr_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_pciaddr_LDADD = $(TEST_LIBS)
