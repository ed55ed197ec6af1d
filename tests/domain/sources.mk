# SPDX-License-Identifier: GPL-2.0-or-later
UNIT_TESTS += \
	tests/domain/test_move_devices \
	tests/domain/test_pick \
	tests/domain/test_policy \
	tests/domain/test_prescan \
	tests/domain/test_request \
	tests/domain/test_request_bad \
	tests/domain/test_request_limits \
	tests/domain/test_slots \
	tests/domain/test_slots_random \
	tests/domain/test_template \
	$(NULL)
SHELL_TESTS += tests/domain/test_slots_libvirt.sh
EXTRA_DIST += tests/domains
tests/domain/test_slots_libvirt.log: tests/domain/test_slots_random
