# SPDX-License-Identifier: GPL-2.0-or-later
# A test program is one file, links all libraries, and writes TAP.
# They are EXTRA_PROGRAMS: automake builds check_PROGRAMS before the first test runs, and these
# right before their own, so that `make check TESTS=tests/base/test_text` builds one.

check_LTLIBRARIES += libtestsupport.la
libtestsupport_la_SOURCES = \
	tests/fuzz/host.c \
	tests/fuzz/host.h \
	tests/fuzz/mutate.c \
	tests/fuzz/mutate.h \
	tests/fuzz/pool.c \
	tests/fuzz/pool.h \
	tests/support/bighost.c \
	tests/support/bighost.h \
	tests/support/bootcase.c \
	tests/support/bootcase.h \
	tests/support/checkcase.c \
	tests/support/checkcase.h \
	tests/support/devicehost.c \
	tests/support/devicehost.h \
	tests/support/domains.c \
	tests/support/domains.h \
	tests/support/fakehost.c \
	tests/support/fakehost.h \
	tests/support/mapcase.c \
	tests/support/mapcase.h \
	tests/support/fakekernel.c \
	tests/support/fakekernel.h \
	tests/support/fakepci.c \
	tests/support/fakeplan.c \
	tests/support/fakeplan.h \
	tests/support/faultread.c \
	tests/support/faultread.h \
	tests/support/goodhost.c \
	tests/support/hang.c \
	tests/support/hang.h \
	tests/support/hookhost.c \
	tests/support/hookhost.h \
	tests/support/livedisk.c \
	tests/support/livedisk.h \
	tests/support/livehost.c \
	tests/support/livehost.h \
	tests/support/liveuse.c \
	tests/support/liveuse.h \
	tests/support/loopdev.c \
	tests/support/loopdev.h \
	tests/support/runhook.c \
	tests/support/runhook.h \
	tests/support/sample.c \
	tests/support/sample.h \
	tests/support/schema.c \
	tests/support/schema.h \
	tests/support/storagerow.c \
	tests/support/storagerow.h \
	tests/support/tracer.c \
	tests/support/tracer.h \
	tests/support/unit.h \
	tests/support/valgrind.h \
	$(NULL)
check_PROGRAMS += tests/maketree
tests_maketree_SOURCES = tests/support/maketree.c
# A preload: libtool makes a shared object only of what would be installed somewhere.
check_LTLIBRARIES += libpreloadkernel.la
libpreloadkernel_la_SOURCES = tests/support/preloadkernel.c
libpreloadkernel_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -shared -rpath /nowhere
check_LTLIBRARIES += libfakelibvirt.la
libfakelibvirt_la_SOURCES = tests/support/fakelibvirt.c
libfakelibvirt_la_LIBADD = libhostdev.la
libfakelibvirt_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -shared -rpath /nowhere
check_LTLIBRARIES += libbadengine.la
libbadengine_la_SOURCES = tests/support/badengine.c
libbadengine_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -shared -rpath /nowhere

AM_CPPFLAGS = $(HD_CPPFLAGS) $(CMOCKA_CFLAGS) $(JANSSON_CFLAGS) $(LIBXML2_CFLAGS) \
	-DSRCDIR='"$(abs_top_srcdir)"' -DBUILDDIR='"$(abs_top_builddir)"'
# Only fuzzers need something of their engine: main().
LDADD = $(FUZZ_ENGINE) libtestsupport.la libhostdevcli.la libhostdev.la $(LIBXML2_LIBS) $(CMOCKA_LIBS)

# libtool takes two thirds of the time that a link takes, and each change of the code links two hundred tests again.
# They need none of it: nothing of ours is shared.  (private: not for the libraries that are made for them.)
$(SLOW_TESTS) $(UNIT_TESTS): private LINK = $(CCLD) $(AM_CFLAGS) $(CFLAGS) $(AM_LDFLAGS) $(LDFLAGS) -o $@
$(SLOW_TESTS) $(UNIT_TESTS): private LDADD = $(FUZZ_ENGINE:%.la=.libs/%.a) .libs/libtestsupport.a .libs/libhostdevcli.a \
	.libs/libhostdev.a $(libhostdevcli_la_LIBADD) $(libhostdev_la_LIBADD) $(CMOCKA_LIBS)

# Freed memory is filled with a byte that is never 0: a stale pointer shows.
AM_TESTS_ENVIRONMENT = MALLOC_PERTURB_=165 CMOCKA_MESSAGE_OUTPUT=TAP \
	LD_LIBRARY_PATH='$(abs_top_builddir)/.libs' \
	SRCDIR='$(abs_top_srcdir)' BUILDDIR='$(abs_top_builddir)'; \
	export MALLOC_PERTURB_ CMOCKA_MESSAGE_OUTPUT LD_LIBRARY_PATH SRCDIR BUILDDIR;
TEST_EXTENSIONS = .sh

# What the folders add to.  What sleeps for long comes first: the others run beside it.
SLOW_TESTS =
UNIT_TESTS =
SHELL_TESTS =
include tests/act/sources.mk
include tests/ansible/sources.mk
include tests/base/sources.mk
include tests/boot/sources.mk
include tests/check/sources.mk
include tests/cli/sources.mk
include tests/cockpit/sources.mk
include tests/display/sources.mk
include tests/domain/sources.mk
include tests/element/sources.mk
include tests/explain/sources.mk
include tests/facts/sources.mk
include tests/fuzz/sources.mk
include tests/holders/sources.mk
include tests/hooks/sources.mk
include tests/host/sources.mk
include tests/inventory/sources.mk
include tests/knob/sources.mk
include tests/lab/sources.mk
include tests/libvirt/sources.mk
include tests/mdev/sources.mk
include tests/network/sources.mk
include tests/packaging/sources.mk
include tests/pci/sources.mk
include tests/plan/sources.mk
include tests/report/sources.mk
include tests/run/sources.mk
include tests/scheduler/sources.mk
include tests/scsi/sources.mk
include tests/serial/sources.mk
include tests/setup/sources.mk
include tests/storage/sources.mk
include tests/usb/sources.mk
include tests/virt/sources.mk
EXTRA_PROGRAMS += $(SLOW_TESTS) $(UNIT_TESTS)
TESTS += $(SLOW_TESTS) $(UNIT_TESTS) $(SHELL_TESTS)
EXTRA_DIST += $(SHELL_TESTS)
# make starts what need not wait for config.h, the shell tests, before all others.
$(TEST_LOGS): config.h

LOG_DRIVER = env AM_TAP_AWK='$(AWK)' TEST_CPU_LIMIT='$(TEST_CPU_LIMIT)' bash $(top_srcdir)/tests/support/driver.sh \
	$(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
# Seconds of CPU that one test may take without a line that says so.
TEST_CPU_LIMIT = 60
AM_LOG_DRIVER_FLAGS = -- bash '$(top_srcdir)/tests/support/skipped.sh'
EXTRA_DIST += tests/support/bigtree.awk tests/support/clitap.sh tests/support/contrast.py tests/support/daemontap.sh \
	tests/support/driver.sh tests/support/keyboard.tree tests/support/skipped.sh tests/support/tap.sh \
	tests/support/schedulers.py tests/support/validate.py
SH_LOG_DRIVER = $(LOG_DRIVER)
SH_LOG_COMPILER = bash
