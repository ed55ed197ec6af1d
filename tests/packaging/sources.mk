# SPDX-License-Identifier: GPL-2.0-or-later
SHELL_TESTS += tests/packaging/test_version.sh
EXTRA_DIST += tests/packaging/life.sh tests/packaging/rpm.sh tests/packaging/run
