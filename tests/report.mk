# SPDX-License-Identifier: GPL-2.0-or-later
UNIT_REPORT = tests/test_report_json tests/test_report_refusal tests/test_report_table \
	tests/test_report_text
EXTRA_PROGRAMS += $(UNIT_REPORT)
TESTS += $(UNIT_REPORT)

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
EXTRA_PROGRAMS += tests/test_cli_options tests/test_cli_tree
check_PROGRAMS += tests/maketree
TESTS += tests/test_cli_options tests/test_cli_tree $(cli_shell_tests)
EXTRA_DIST += $(cli_shell_tests) tests/support/clitap.sh
EXTRA_DIST += tests/cli/list-cheap.txt tests/cli/list-judged.txt tests/cli/list-tree.txt \
	tests/cli/list-remote.txt tests/cli/list-usual.txt tests/cli/nodedevs.xml tests/cli/show.txt
EXTRA_PROGRAMS += tests/test_map
TESTS += tests/test_map
EXTRA_DIST += tests/cli/map.txt
EXTRA_PROGRAMS += tests/test_complete
TESTS += tests/test_complete
tests_maketree_SOURCES = tests/support/maketree.c
