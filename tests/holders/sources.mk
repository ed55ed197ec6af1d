# SPDX-License-Identifier: GPL-2.0-or-later
UNIT_TESTS += \
	tests/holders/test_btf \
	tests/holders/test_holders \
	tests/holders/test_holders_live \
	tests/holders/test_nodes \
	$(NULL)
