# SPDX-License-Identifier: GPL-2.0-or-later
UNIT_TESTS += \
	tests/libvirt/test_guests \
	tests/libvirt/test_pools \
	tests/libvirt/test_start_log \
	$(NULL)
