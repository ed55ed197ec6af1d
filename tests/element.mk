# SPDX-License-Identifier: GPL-2.0-or-later
# Elements for guests: templates, and what is composed for each kind of device.
ELEMENT_TESTS = tests/test_template tests/test_templates tests/test_element tests/test_element_hosts
EXTRA_PROGRAMS += $(ELEMENT_TESTS)
TESTS += $(ELEMENT_TESTS)
