# SPDX-License-Identifier: GPL-2.0-or-later
UNIT_TESTS += \
	tests/explain/test_audit \
	tests/explain/test_compose \
	tests/explain/test_deed \
	tests/explain/test_explain_log \
	tests/explain/test_families \
	tests/explain/test_families_refusal \
	tests/explain/test_families_weak \
	tests/explain/test_fill \
	tests/explain/test_goes_on \
	tests/explain/test_judgement \
	tests/explain/test_level \
	tests/explain/test_messages \
	tests/explain/test_paste \
	tests/explain/test_pattern \
	tests/explain/test_rows \
	tests/explain/test_similar \
	tests/explain/test_sources \
	tests/explain/test_subject \
	tests/explain/test_trouble \
	tests/explain/test_typed \
	$(NULL)
EXTRA_DIST += tests/explain/messages/README tests/explain/messages/fresh.txt \
	tests/explain/messages/fresh2.txt tests/explain/messages/fresh3.txt \
	tests/explain/messages/fresh4.txt tests/explain/messages/fresh5.txt \
	tests/explain/messages/fresh6.txt tests/explain/messages/fresh7.txt \
	tests/explain/messages/fresh8.txt tests/explain/messages/fresh9.txt \
	tests/explain/messages/fresh10.txt tests/explain/messages/fresh11.txt \
	tests/explain/messages/fresh12.txt tests/explain/messages/healthy.txt \
	tests/explain/messages/held.txt tests/explain/messages/held2.txt tests/explain/messages/held3.txt \
	tests/explain/messages/held4.txt tests/explain/messages/held5.txt tests/explain/messages/held6.txt \
	tests/explain/messages/judged.txt tests/explain/messages/open.txt tests/explain/messages/rows.txt \
	tests/explain/messages/sources.txt tests/explain/judgement.h tests/explain/records.h
