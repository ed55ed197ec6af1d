# SPDX-License-Identifier: GPL-2.0-or-later
# The hook from the outside (test_hook*, test_live, test_install.sh) and its parts from the inside.
UNIT_TESTS += \
	tests/hooks/test_cost \
	tests/hooks/test_hook \
	tests/hooks/test_hook_held \
	tests/hooks/test_hook_input \
	tests/hooks/test_hook_limit \
	tests/hooks/test_hook_start_failure \
	tests/hooks/test_live \
	tests/hooks/test_live_override \
	$(NULL)
SLOW_TESTS += tests/hooks/test_hang
SHELL_TESTS += \
	tests/hooks/test_hook_program.sh \
	tests/hooks/test_install.sh \
	$(NULL)
tests_hooks_test_hook_held_SOURCES = tests/hooks/test_hook_held.c hooks/held.c
tests_hooks_test_hook_input_SOURCES = tests/hooks/test_hook_input.c hooks/domain_input.c
tests_hooks_test_hook_limit_SOURCES = tests/hooks/test_hook_limit.c hooks/session.c
