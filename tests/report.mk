# SPDX-License-Identifier: GPL-2.0-or-later
TEST_CLI_CPPFLAGS = $(TEST_CPPFLAGS) $(JANSSON_CFLAGS)
TEST_CLI_LIBS = libtestsupport.la libhostdevcli.la libhostdev.la $(CMOCKA_LIBS)
UNIT_REPORT = tests/test_report_json tests/test_report_refusal tests/test_report_table \
	tests/test_report_text
EXTRA_PROGRAMS += $(UNIT_REPORT)
TESTS += $(UNIT_REPORT)
tests_test_report_json_SOURCES = tests/test_report_json.c tests/support/sample.c \
	tests/support/sample.h
tests_test_report_json_CPPFLAGS = $(TEST_CLI_CPPFLAGS)
tests_test_report_json_LDADD = $(TEST_CLI_LIBS)
tests_test_report_refusal_SOURCES = tests/test_report_refusal.c tests/support/sample.c \
	tests/support/sample.h
tests_test_report_refusal_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_report_refusal_LDADD = $(TEST_LIBS)
tests_test_report_table_SOURCES = tests/test_report_table.c
tests_test_report_table_CPPFLAGS = $(TEST_CLI_CPPFLAGS)
tests_test_report_table_LDADD = $(TEST_CLI_LIBS)
tests_test_report_text_SOURCES = tests/test_report_text.c tests/support/sample.c \
	tests/support/sample.h
tests_test_report_text_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_report_text_LDADD = $(TEST_LIBS)

# The tool from the outside (tests/cli/test_*.sh) and its rows from the inside.
cli_shell_tests = tests/cli/test_attach.sh tests/cli/test_attach_live.sh \
	tests/cli/test_capture.sh tests/cli/test_check.sh \
	tests/cli/test_complete.sh tests/cli/test_detach.sh tests/cli/test_doctor.sh tests/cli/test_setup.sh \
	tests/cli/test_setup_grub.sh \
	tests/cli/test_explain.sh tests/cli/test_guest.sh tests/cli/test_hostile.sh tests/cli/test_hosts.sh \
	tests/cli/test_list.sh tests/cli/test_manual.sh tests/cli/test_map.sh tests/cli/test_names.sh \
	tests/cli/test_override.sh tests/cli/test_setup_devices.sh \
	tests/cli/test_show.sh tests/cli/test_status.sh \
	tests/cli/test_usage.sh tests/cli/test_xml.sh tests/cli/test_xml_guest.sh
EXTRA_PROGRAMS += tests/test_guest_change
TESTS += tests/test_guest_change
tests_test_guest_change_SOURCES = tests/test_guest_change.c
tests_test_guest_change_CPPFLAGS = $(TEST_CLI_CPPFLAGS)
tests_test_guest_change_LDADD = $(TEST_CLI_LIBS)
EXTRA_PROGRAMS += tests/test_cli_options tests/test_cli_tree
check_PROGRAMS += tests/maketree
TESTS += tests/test_cli_options tests/test_cli_tree $(cli_shell_tests)
EXTRA_DIST += $(cli_shell_tests) tests/support/clitap.sh
EXTRA_DIST += tests/cli/list-cheap.txt tests/cli/list-judged.txt tests/cli/list-tree.txt \
	tests/cli/list-remote.txt tests/cli/list-usual.txt tests/cli/nodedevs.xml tests/cli/show.txt
tests_test_cli_options_SOURCES = tests/test_cli_options.c
tests_test_cli_options_CPPFLAGS = $(TEST_CLI_CPPFLAGS)
tests_test_cli_options_LDADD = $(TEST_CLI_LIBS)
EXTRA_PROGRAMS += tests/test_map
TESTS += tests/test_map
EXTRA_DIST += tests/cli/map.txt
tests_test_map_SOURCES = tests/test_map.c
tests_test_map_CPPFLAGS = $(TEST_CLI_CPPFLAGS) $(LIBXML2_CFLAGS)
tests_test_map_LDADD = $(TEST_CLI_LIBS) $(LIBXML2_LIBS)
EXTRA_PROGRAMS += tests/test_complete
TESTS += tests/test_complete
tests_test_complete_SOURCES = tests/test_complete.c
tests_test_complete_CPPFLAGS = $(TEST_CLI_CPPFLAGS)
tests_test_complete_LDADD = $(TEST_CLI_LIBS)
tests_test_cli_tree_SOURCES = tests/test_cli_tree.c
tests_test_cli_tree_CPPFLAGS = $(TEST_CLI_CPPFLAGS)
tests_test_cli_tree_LDADD = $(TEST_CLI_LIBS)
tests_maketree_SOURCES = tests/support/maketree.c tests/fuzz/mutate.c tests/fuzz/mutate.h \
	tests/fuzz/pool.c tests/fuzz/pool.h
tests_maketree_CPPFLAGS = $(TEST_CPPFLAGS)
tests_maketree_LDADD = $(TEST_LIBS)
