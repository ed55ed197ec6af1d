# SPDX-License-Identifier: GPL-2.0-or-later
# What messages mean.
UNIT_EXPLAIN = tests/test_explain_log tests/test_messages tests/test_pattern \
	tests/test_start_log
EXTRA_PROGRAMS += $(UNIT_EXPLAIN)
TESTS += $(UNIT_EXPLAIN)
