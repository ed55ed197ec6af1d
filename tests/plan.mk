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
tests_test_boot_SOURCES = tests/test_boot.c
tests_test_boot_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_boot_LDADD = libtestsupport.la libhostdevcli.la libhostdev.la $(CMOCKA_LIBS)
tests_test_build_SOURCES = tests/test_build.c
tests_test_build_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_build_LDADD = $(TEST_LIBS)
tests_test_child_SOURCES = tests/test_child.c
tests_test_child_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_child_LDADD = $(TEST_LIBS)
tests_test_confirm_SOURCES = \
	tests/support/loopdev.c \
	tests/support/loopdev.h \
	tests/test_confirm.c \
	$(NULL)
tests_test_confirm_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_confirm_LDADD = $(TEST_LIBS)
tests_test_keeper_SOURCES = tests/test_keeper.c
tests_test_keeper_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_keeper_LDADD = $(TEST_LIBS)
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
tests_test_setup_pages_SOURCES = tests/test_setup_pages.c
tests_test_setup_pages_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_setup_pages_LDADD = libhostdevcli.la $(TEST_LIBS)
tests_test_udev_rules_SOURCES = tests/test_udev_rules.c
tests_test_udev_rules_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_udev_rules_LDADD = libhostdevcli.la $(TEST_LIBS)
