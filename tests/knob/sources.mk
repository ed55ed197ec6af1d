# SPDX-License-Identifier: GPL-2.0-or-later
UNIT_TESTS += \
	tests/knob/test_module \
	tests/knob/test_pci_driver \
	tests/knob/test_pci_state \
	tests/knob/test_value \
	$(NULL)
