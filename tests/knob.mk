# SPDX-License-Identifier: GPL-2.0-or-later
UNIT_KNOB = tests/test_pci_state tests/test_pci_driver tests/test_hook_run tests/test_spawn tests/test_module \
	tests/test_transaction tests/test_transaction_crash tests/test_value
EXTRA_PROGRAMS += $(UNIT_KNOB)
TESTS += $(UNIT_KNOB)
