# SPDX-License-Identifier: GPL-2.0-or-later
UNIT_PLAN = \
	tests/test_boot \
	tests/test_build \
	tests/test_child \
	tests/test_confirm \
	tests/test_keeper \
	tests/test_journal \
	tests/test_apply \
	tests/test_recover \
	tests/test_crash \
	tests/test_crash_write \
	tests/test_setup_pages \
	tests/test_udev_rules \
	$(NULL)
EXTRA_PROGRAMS += $(UNIT_PLAN)
TESTS += $(UNIT_PLAN)
