# SPDX-License-Identifier: GPL-2.0-or-later
EXTRA_DIST += tests/domains

DOMAIN_TESTS = tests/test_request tests/test_request_bad tests/test_request_limits \
	tests/test_policy tests/test_prescan
DOMAIN_SUPPORT = tests/support/domains.c tests/support/domains.h
tests_test_request_SOURCES = tests/test_request.c $(DOMAIN_SUPPORT)
tests_test_request_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_request_LDADD = $(TEST_LIBS)
tests_test_request_bad_SOURCES = tests/test_request_bad.c $(DOMAIN_SUPPORT)
tests_test_request_bad_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_request_bad_LDADD = $(TEST_LIBS)
tests_test_request_limits_SOURCES = tests/test_request_limits.c $(DOMAIN_SUPPORT)
tests_test_request_limits_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_request_limits_LDADD = $(TEST_LIBS)
tests_test_policy_SOURCES = tests/test_policy.c $(DOMAIN_SUPPORT)
tests_test_policy_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_policy_LDADD = $(TEST_LIBS)
tests_test_prescan_SOURCES = tests/test_prescan.c tests/fuzz/mutate.c tests/fuzz/mutate.h \
	$(DOMAIN_SUPPORT)
tests_test_prescan_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_prescan_LDADD = $(TEST_LIBS)

DOMAIN_TESTS += tests/test_pick
tests_test_pick_SOURCES = tests/test_pick.c $(DOMAIN_SUPPORT)
tests_test_pick_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_pick_LDADD = libtestsupport.la libhostdevcli.la libhostdev.la $(CMOCKA_LIBS)

DOMAIN_TESTS += tests/test_slots
tests_test_slots_SOURCES = tests/test_slots.c $(DOMAIN_SUPPORT)
tests_test_slots_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_slots_LDADD = libtestsupport.la libhostdevcli.la libhostdev.la $(CMOCKA_LIBS)

DOMAIN_TESTS += tests/test_slots_random
tests_test_slots_random_SOURCES = tests/test_slots_random.c $(DOMAIN_SUPPORT)
tests_test_slots_random_CPPFLAGS = $(TEST_CPPFLAGS) $(LIBXML2_CFLAGS)
tests_test_slots_random_LDADD = libtestsupport.la libhostdevcli.la libhostdev.la \
	$(LIBXML2_LIBS) $(CMOCKA_LIBS)
EXTRA_DIST += tests/test_slots_libvirt.sh
TESTS += tests/test_slots_libvirt.sh
tests/test_slots_libvirt.log: tests/test_slots_random

EXTRA_PROGRAMS += $(DOMAIN_TESTS)
TESTS += $(DOMAIN_TESTS)
