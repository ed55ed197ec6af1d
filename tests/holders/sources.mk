# SPDX-License-Identifier: GPL-2.0-or-later
UNIT_TESTS += \
	tests/holders/test_btf \
	tests/holders/test_holders \
	tests/holders/test_holders_live \
	tests/holders/test_nodes \
	tests/holders/test_vfio_busy \
	$(NULL)
tests_holders_test_vfio_busy_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=hd_sysroot_fd
