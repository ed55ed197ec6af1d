# SPDX-License-Identifier: GPL-2.0-or-later
# The driver of every fuzzer; tests/fuzz/README tells how to add one.
FUZZ_DRIVER = \
	tests/fuzz/driver.c \
	tests/fuzz/mutate.c \
	tests/fuzz/mutate.h \
	tests/fuzz/pool.c \
	tests/fuzz/pool.h \
	$(NULL)
EXTRA_DIST += tests/fuzz/README
