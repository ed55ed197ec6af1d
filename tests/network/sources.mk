# SPDX-License-Identifier: GPL-2.0-or-later
UNIT_TESTS += \
	tests/network/test_network \
	tests/network/test_network_kernel \
	$(NULL)
