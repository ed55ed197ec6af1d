# SPDX-License-Identifier: GPL-2.0-or-later
UNIT_TESTS += \
	tests/act/test_candidates \
	tests/act/test_card_is_away \
	tests/act/test_offers \
	tests/act/test_pinned_place \
	tests/act/test_replug_claim \
	tests/act/test_replug_decision \
	tests/act/test_replug_state \
	tests/act/test_sleep \
	tests/act/test_sleep_decision \
	tests/act/test_sleep_state \
	tests/act/test_wake \
	$(NULL)
