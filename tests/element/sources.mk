# SPDX-License-Identifier: GPL-2.0-or-later
UNIT_TESTS += \
	tests/element/test_element \
	tests/element/test_element_hosts \
	tests/element/test_element_scsi \
	tests/element/test_templates \
	$(NULL)
