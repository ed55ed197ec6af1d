# SPDX-License-Identifier: GPL-2.0-or-later
UNIT_BASE = tests/test_text tests/test_pciaddr tests/test_arena tests/test_config_file \
	tests/test_lock tests/test_sysroot
check_PROGRAMS += $(UNIT_BASE)
TESTS += $(UNIT_BASE)
tests_test_text_SOURCES = tests/test_text.c
tests_test_text_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_text_LDADD = $(TEST_LIBS)
tests_test_pciaddr_SOURCES = tests/test_pciaddr.c
tests_test_pciaddr_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_pciaddr_LDADD = $(TEST_LIBS)
tests_test_arena_SOURCES = tests/test_arena.c
tests_test_arena_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_arena_LDADD = $(TEST_LIBS)
tests_test_config_file_SOURCES = tests/test_config_file.c
tests_test_config_file_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_config_file_LDADD = $(TEST_LIBS)
tests_test_lock_SOURCES = tests/test_lock.c
tests_test_lock_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_lock_LDADD = $(TEST_LIBS)
tests_test_sysroot_SOURCES = tests/test_sysroot.c
tests_test_sysroot_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_sysroot_LDADD = $(TEST_LIBS)
