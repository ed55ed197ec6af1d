# SPDX-License-Identifier: GPL-2.0-or-later
# What messages mean.
UNIT_EXPLAIN = tests/test_explain_log tests/test_messages tests/test_pattern \
	tests/test_start_log
EXTRA_PROGRAMS += $(UNIT_EXPLAIN)
TESTS += $(UNIT_EXPLAIN)
tests_test_messages_SOURCES = tests/test_messages.c
tests_test_messages_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_messages_LDADD = $(TEST_LIBS)
tests_test_pattern_SOURCES = tests/test_pattern.c
tests_test_pattern_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_pattern_LDADD = $(TEST_LIBS)
tests_test_explain_log_SOURCES = tests/test_explain_log.c
tests_test_explain_log_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_explain_log_LDADD = $(TEST_LIBS)
tests_test_start_log_SOURCES = tests/test_start_log.c
tests_test_start_log_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_start_log_LDADD = $(TEST_LIBS)
