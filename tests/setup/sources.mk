# SPDX-License-Identifier: GPL-2.0-or-later
UNIT_TESTS += \
	tests/setup/test_boot \
	tests/setup/test_boot_grub \
	tests/setup/test_setup_pages \
	tests/setup/test_transaction \
	tests/setup/test_transaction_crash \
	tests/setup/test_udev_rules \
	$(NULL)
