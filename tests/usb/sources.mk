# SPDX-License-Identifier: GPL-2.0-or-later
UNIT_TESTS += \
	tests/usb/test_input \
	tests/usb/test_usb \
	$(NULL)
