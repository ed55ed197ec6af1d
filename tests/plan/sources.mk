# SPDX-License-Identifier: GPL-2.0-or-later
UNIT_TESTS += tests/plan/test_build tests/plan/test_handover_steps
