# SPDX-License-Identifier: GPL-2.0-or-later
UNIT_TESTS += \
	tests/report/test_handover_notice \
	tests/report/test_handover_report \
	tests/report/test_map \
	tests/report/test_map_picture \
	tests/report/test_report_json \
	tests/report/test_report_refusal \
	tests/report/test_report_table \
	tests/report/test_report_text \
	tests/report/test_table_merge \
	tests/report/test_text_console \
	$(NULL)

tests_report_test_text_console_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=ioctl
