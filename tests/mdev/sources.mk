# SPDX-License-Identifier: GPL-2.0-or-later
UNIT_TESTS += \
	tests/mdev/test_mdev \
	tests/mdev/test_mdev_types \
	$(NULL)
