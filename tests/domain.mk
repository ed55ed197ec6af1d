# SPDX-License-Identifier: GPL-2.0-or-later
EXTRA_DIST += tests/domains

DOMAIN_TESTS = tests/test_request tests/test_request_bad tests/test_request_limits \
	tests/test_policy tests/test_prescan

DOMAIN_TESTS += tests/test_pick

DOMAIN_TESTS += tests/test_slots

DOMAIN_TESTS += tests/test_slots_random
EXTRA_DIST += tests/test_slots_libvirt.sh
TESTS += tests/test_slots_libvirt.sh
tests/test_slots_libvirt.log: tests/test_slots_random

EXTRA_PROGRAMS += $(DOMAIN_TESTS)
TESTS += $(DOMAIN_TESTS)
