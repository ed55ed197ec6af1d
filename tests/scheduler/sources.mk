# SPDX-License-Identifier: GPL-2.0-or-later
UNIT_TESTS += \
	tests/scheduler/test_address_pattern \
	tests/scheduler/test_configuration \
	$(NULL)
