# SPDX-License-Identifier: GPL-2.0-or-later
UNIT_PLAN = \
	tests/test_journal \
	tests/test_apply \
	tests/test_recover \
	tests/test_crash \
	tests/test_crash_write \
	$(NULL)
check_PROGRAMS += $(UNIT_PLAN)
TESTS += $(UNIT_PLAN)
tests_test_journal_SOURCES = tests/test_journal.c
tests_test_journal_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_journal_LDADD = $(TEST_LIBS)
tests_test_apply_SOURCES = tests/test_apply.c
tests_test_apply_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_apply_LDADD = $(TEST_LIBS)
tests_test_recover_SOURCES = tests/test_recover.c
tests_test_recover_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_recover_LDADD = $(TEST_LIBS)
tests_test_crash_SOURCES = tests/test_crash.c tests/support/tracer.c tests/support/tracer.h
tests_test_crash_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_crash_LDADD = $(TEST_LIBS)
tests_test_crash_write_SOURCES = tests/test_crash_write.c
tests_test_crash_write_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_crash_write_LDADD = $(TEST_LIBS)
