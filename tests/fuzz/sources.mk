# SPDX-License-Identifier: GPL-2.0-or-later
# Fuzzers; tests/fuzz/README tells how to add one.
FUZZERS = \
	tests/fuzz/fuzz_boot \
	tests/fuzz/fuzz_btf \
	tests/fuzz/fuzz_config \
	tests/fuzz/fuzz_configuration \
	tests/fuzz/fuzz_domain \
	tests/fuzz/fuzz_explain \
	tests/fuzz/fuzz_files \
	tests/fuzz/fuzz_guests \
	tests/fuzz/fuzz_guestxml \
	tests/fuzz/fuzz_journal \
	tests/fuzz/fuzz_keeper \
	tests/fuzz/fuzz_manifest \
	tests/fuzz/fuzz_nodedev \
	tests/fuzz/fuzz_policy \
	tests/fuzz/fuzz_resolve \
	tests/fuzz/fuzz_template \
	tests/fuzz/fuzz_tree \
	$(NULL)
UNIT_TESTS += $(FUZZERS)
EXTRA_DIST += tests/fuzz/README tests/fuzz/run tests/fuzz/corpus tests/fuzz/dict

# What runs them in `make check`; `make fuzz` puts libFuzzer in its place.
FUZZ_ENGINE = libfuzzdriver.la
check_LTLIBRARIES += libfuzzdriver.la
libfuzzdriver_la_SOURCES = tests/fuzz/driver.c tests/fuzz/fuzz.h
