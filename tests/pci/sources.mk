# SPDX-License-Identifier: GPL-2.0-or-later
UNIT_TESTS += \
	tests/pci/test_migration \
	tests/pci/test_pci \
	tests/pci/test_pci_parts \
	tests/pci/test_pcilib \
	tests/pci/test_rom \
	tests/pci/test_variant \
	$(NULL)
