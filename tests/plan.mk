# SPDX-License-Identifier: GPL-2.0-or-later
UNIT_PLAN = \
	tests/test_journal \
	tests/test_apply \
	tests/test_crash \
	$(NULL)
check_PROGRAMS += $(UNIT_PLAN)
TESTS += $(UNIT_PLAN)
tests_test_journal_SOURCES = tests/test_journal.c
tests_test_journal_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_journal_LDADD = $(TEST_LIBS)
tests_test_apply_SOURCES = tests/test_apply.c
tests_test_apply_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_apply_LDADD = $(TEST_LIBS)
tests_test_crash_SOURCES = tests/test_crash.c tests/support/tracer.c tests/support/tracer.h
tests_test_crash_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_crash_LDADD = $(TEST_LIBS)
