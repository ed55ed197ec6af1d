# SPDX-License-Identifier: GPL-2.0-or-later
UNIT_TESTS += \
	tests/storage/test_claim \
	tests/storage/test_claim_explained \
	tests/storage/test_storage \
	tests/storage/test_storage_busy \
	tests/storage/test_storage_mounted \
	tests/storage/test_storage_shares \
	tests/storage/test_storage_sleeping \
	tests/storage/test_storage_uses \
	$(NULL)
