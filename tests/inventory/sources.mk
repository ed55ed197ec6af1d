# SPDX-License-Identifier: GPL-2.0-or-later
UNIT_TESTS += \
	tests/inventory/test_inventory \
	tests/inventory/test_machinery \
	tests/inventory/test_nodedev \
	tests/inventory/test_resolve \
	tests/inventory/test_tree \
	$(NULL)
