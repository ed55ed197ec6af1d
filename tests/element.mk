# SPDX-License-Identifier: GPL-2.0-or-later
# Elements for guests: templates, and what is composed for each kind of device.
ELEMENT_TESTS = tests/test_template tests/test_templates tests/test_element tests/test_element_hosts
EXTRA_PROGRAMS += $(ELEMENT_TESTS)
TESTS += $(ELEMENT_TESTS)
tests_test_template_SOURCES = tests/test_template.c
tests_test_template_CPPFLAGS = $(TEST_CLI_CPPFLAGS) $(LIBXML2_CFLAGS)
tests_test_template_LDADD = $(TEST_CLI_LIBS) $(LIBXML2_LIBS)
tests_test_element_SOURCES = tests/test_element.c tests/support/schema.c tests/support/schema.h
tests_test_element_CPPFLAGS = $(TEST_CLI_CPPFLAGS) $(LIBXML2_CFLAGS)
tests_test_element_LDADD = $(TEST_CLI_LIBS) $(LIBXML2_LIBS)
tests_test_templates_SOURCES = tests/test_templates.c
tests_test_templates_CPPFLAGS = $(TEST_CLI_CPPFLAGS)
tests_test_templates_LDADD = $(TEST_CLI_LIBS)
tests_test_element_hosts_SOURCES = tests/test_element_hosts.c tests/support/schema.c \
	tests/support/schema.h
tests_test_element_hosts_CPPFLAGS = $(TEST_CLI_CPPFLAGS) $(LIBXML2_CFLAGS)
tests_test_element_hosts_LDADD = $(TEST_CLI_LIBS) $(LIBXML2_LIBS)
