# SPDX-License-Identifier: GPL-2.0-or-later
# The hook from the outside (test_hook*.sh, test_hook.c) and its parts from the inside.
UNIT_HOOK = tests/test_cost tests/test_hook tests/test_hook_held tests/test_hook_input tests/test_live
EXTRA_PROGRAMS += $(UNIT_HOOK)
hook_shell_tests = tests/test_hook_program.sh tests/test_install.sh
TESTS += $(UNIT_HOOK) $(hook_shell_tests)
EXTRA_DIST += $(hook_shell_tests) tests/support/tap.sh

# A preload: libtool makes a shared object only of what would be installed somewhere.
check_LTLIBRARIES += libpreloadkernel.la
libpreloadkernel_la_SOURCES = tests/support/preloadkernel.c
libpreloadkernel_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -shared -rpath /nowhere
check_LTLIBRARIES += libbadengine.la
libbadengine_la_SOURCES = tests/support/badengine.c
libbadengine_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -shared -rpath /nowhere

# All commands and the hook's engine in one program; libvirt's answer is made up.
EXTRA_PROGRAMS += tests/test_verdict
TESTS += tests/test_verdict
tests_test_verdict_SOURCES = $(hostdevctl_engine_la_SOURCES) tests/test_verdict.c
tests_test_verdict_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=hd_guest_state
tests_test_hook_held_SOURCES = tests/test_hook_held.c hooks/held.c
tests_test_hook_input_SOURCES = tests/test_hook_input.c hooks/domain_input.c
