# SPDX-License-Identifier: GPL-2.0-or-later
UNIT_TESTS += tests/virt/test_guest_change
