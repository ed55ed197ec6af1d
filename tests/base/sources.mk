# SPDX-License-Identifier: GPL-2.0-or-later
UNIT_TESTS += \
	tests/base/test_arena \
	tests/base/test_config_file \
	tests/base/test_did_you_mean \
	tests/base/test_kernel_cmdline \
	tests/base/test_lock \
	tests/base/test_log \
	tests/base/test_pciaddr \
	tests/base/test_scsiaddr \
	tests/base/test_process \
	tests/base/test_ranges \
	tests/base/test_spawn \
	tests/base/test_sysroot \
	tests/base/test_text \
	tests/base/test_utf8 \
	$(NULL)
