# SPDX-License-Identifier: GPL-2.0-or-later
UNIT_BASE = tests/test_text tests/test_utf8 tests/test_pciaddr tests/test_arena tests/test_config_file \
	tests/test_kernel_cmdline tests/test_lock tests/test_log tests/test_process tests/test_ranges tests/test_sysroot
EXTRA_PROGRAMS += $(UNIT_BASE)
TESTS += $(UNIT_BASE)
