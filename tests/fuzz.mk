# SPDX-License-Identifier: GPL-2.0-or-later
# Fuzzers; tests/fuzz/README tells how to add one.
FUZZERS = \
	tests/fuzz_boot \
	tests/fuzz_btf \
	tests/fuzz_config \
	tests/fuzz_domain \
	tests/fuzz_explain \
	tests/fuzz_files \
	tests/fuzz_guests \
	tests/fuzz_guestxml \
	tests/fuzz_journal \
	tests/fuzz_keeper \
	tests/fuzz_manifest \
	tests/fuzz_nodedev \
	tests/fuzz_pciids \
	tests/fuzz_policy \
	tests/fuzz_resolve \
	tests/fuzz_template \
	tests/fuzz_tree \
	$(NULL)
EXTRA_PROGRAMS += $(FUZZERS)
TESTS += $(FUZZERS)
EXTRA_DIST += tests/fuzz/README tests/fuzz/run tests/fuzz/corpus tests/fuzz/dict

# What runs them in `make check`; `make fuzz` puts libFuzzer in its place.
FUZZ_ENGINE = libfuzzdriver.la
FUZZ_LINK_FLAGS =
check_LTLIBRARIES += libfuzzdriver.la
libfuzzdriver_la_SOURCES = \
	tests/fuzz/driver.c \
	tests/fuzz/fuzz.h \
	tests/fuzz/mutate.c \
	tests/fuzz/mutate.h \
	tests/fuzz/pool.c \
	tests/fuzz/pool.h \
	$(NULL)
libfuzzdriver_la_CPPFLAGS = $(TEST_CPPFLAGS)

libtestsupport_la_SOURCES += \
	tests/fuzz/host.c \
	tests/fuzz/host.h \
	$(NULL)

FUZZ_LIBS = $(FUZZ_ENGINE) libtestsupport.la libhostdevcli.la libhostdev.la $(CMOCKA_LIBS)
tests_fuzz_boot_SOURCES = tests/fuzz/fuzz_boot.c
tests_fuzz_boot_LDADD = $(FUZZ_LIBS)
tests_fuzz_boot_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LINK_FLAGS)
tests_fuzz_btf_SOURCES = tests/fuzz/fuzz_btf.c
tests_fuzz_btf_LDADD = $(FUZZ_LIBS)
tests_fuzz_btf_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LINK_FLAGS)
tests_fuzz_config_SOURCES = tests/fuzz/fuzz_config.c
tests_fuzz_config_LDADD = $(FUZZ_LIBS)
tests_fuzz_config_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LINK_FLAGS)
tests_fuzz_domain_SOURCES = tests/fuzz/fuzz_domain.c
tests_fuzz_domain_LDADD = $(FUZZ_LIBS)
tests_fuzz_domain_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LINK_FLAGS)
tests_fuzz_explain_SOURCES = tests/fuzz/fuzz_explain.c
tests_fuzz_explain_LDADD = $(FUZZ_LIBS)
tests_fuzz_explain_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LINK_FLAGS)
tests_fuzz_files_SOURCES = tests/fuzz/fuzz_files.c
tests_fuzz_files_LDADD = $(FUZZ_LIBS)
tests_fuzz_files_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LINK_FLAGS)
tests_fuzz_guests_SOURCES = tests/fuzz/fuzz_guests.c
tests_fuzz_guests_LDADD = $(FUZZ_LIBS)
tests_fuzz_guests_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LINK_FLAGS)
tests_fuzz_guestxml_SOURCES = tests/fuzz/fuzz_guestxml.c
tests_fuzz_guestxml_LDADD = $(FUZZ_LIBS)
tests_fuzz_guestxml_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LINK_FLAGS)
tests_fuzz_journal_SOURCES = tests/fuzz/fuzz_journal.c
tests_fuzz_journal_LDADD = $(FUZZ_LIBS)
tests_fuzz_journal_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LINK_FLAGS)
tests_fuzz_keeper_SOURCES = tests/fuzz/fuzz_keeper.c
tests_fuzz_keeper_LDADD = $(FUZZ_LIBS)
tests_fuzz_keeper_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LINK_FLAGS)
tests_fuzz_manifest_SOURCES = tests/fuzz/fuzz_manifest.c
tests_fuzz_manifest_LDADD = $(FUZZ_LIBS)
tests_fuzz_manifest_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LINK_FLAGS)
tests_fuzz_nodedev_SOURCES = tests/fuzz/fuzz_nodedev.c
tests_fuzz_nodedev_LDADD = $(FUZZ_LIBS)
tests_fuzz_nodedev_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LINK_FLAGS)
tests_fuzz_pciids_SOURCES = tests/fuzz/fuzz_pciids.c
tests_fuzz_pciids_LDADD = $(FUZZ_LIBS)
tests_fuzz_pciids_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LINK_FLAGS)
tests_fuzz_policy_SOURCES = tests/fuzz/fuzz_policy.c
tests_fuzz_policy_LDADD = $(FUZZ_LIBS)
tests_fuzz_policy_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LINK_FLAGS)
tests_fuzz_resolve_SOURCES = tests/fuzz/fuzz_resolve.c
tests_fuzz_resolve_LDADD = $(FUZZ_LIBS)
tests_fuzz_resolve_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LINK_FLAGS)
tests_fuzz_template_SOURCES = tests/fuzz/fuzz_template.c
tests_fuzz_template_LDADD = $(FUZZ_LIBS)
tests_fuzz_template_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LINK_FLAGS)
tests_fuzz_tree_SOURCES = tests/fuzz/fuzz_tree.c
tests_fuzz_tree_LDADD = $(FUZZ_LIBS)
tests_fuzz_tree_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LINK_FLAGS)
