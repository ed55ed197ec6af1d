# SPDX-License-Identifier: GPL-2.0-or-later
# The Ansible collection.
SHELL_TESTS += tests/ansible/test_collection.sh
EXTRA_DIST += tests/ansible/documented.py tests/ansible/fleet.yml tests/ansible/revert.yml tests/ansible/role.yml
