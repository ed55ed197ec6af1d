# SPDX-License-Identifier: GPL-2.0-or-later
SHELL_TESTS += tests/lab/test_lab.sh
