# SPDX-License-Identifier: GPL-2.0-or-later
# Every test program links the whole library and tests/support; each writes TAP.
# They are EXTRA_PROGRAMS: automake builds check_PROGRAMS before the first test runs, and these
# right before their own, so that `make check TESTS=tests/test_text` builds one.

check_LTLIBRARIES += libtestsupport.la
libtestsupport_la_SOURCES = \
	tests/support/fakehost.c \
	tests/support/fakehost.h \
	tests/support/fakekernel.c \
	tests/support/fakekernel.h \
	tests/support/fakepci.c \
	tests/support/fakeplan.c \
	tests/support/fakeplan.h \
	tests/support/goodhost.c \
	tests/support/unit.h \
	tests/support/valgrind.h \
	$(NULL)
libtestsupport_la_CPPFLAGS = $(TEST_CPPFLAGS)
TEST_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) -DSRCDIR='"$(abs_top_srcdir)"' \
	-DBUILDDIR='"$(abs_top_builddir)"'
TEST_LIBS = libtestsupport.la libhostdev.la $(CMOCKA_LIBS)

# Freed memory is filled with a byte that is never 0: a stale pointer shows.
AM_TESTS_ENVIRONMENT = MALLOC_PERTURB_=165 CMOCKA_MESSAGE_OUTPUT=TAP \
	LD_LIBRARY_PATH='$(abs_top_builddir)/.libs' \
	SRCDIR='$(abs_top_srcdir)' BUILDDIR='$(abs_top_builddir)'; \
	export MALLOC_PERTURB_ CMOCKA_MESSAGE_OUTPUT LD_LIBRARY_PATH SRCDIR BUILDDIR;
TEST_EXTENSIONS = .sh

# What sleeps for long comes first: the others run beside it.
SLOW_TESTS = tests/test_hang tests/test_hang_keeper
EXTRA_PROGRAMS += $(SLOW_TESTS)
TESTS += $(SLOW_TESTS)
# make starts what need not wait for config.h, the shell tests, before all others.
$(TEST_LOGS): config.h

LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
AM_LOG_DRIVER_FLAGS = -- bash '$(top_srcdir)/tests/support/skipped.sh'
EXTRA_DIST += tests/support/skipped.sh
SH_LOG_DRIVER = $(LOG_DRIVER)
SH_LOG_COMPILER = bash
