# SPDX-License-Identifier: GPL-2.0-or-later
# The Ansible collection.
SHELL_TESTS += tests/ansible/test_collection.sh tests/ansible/test_role.sh
EXTRA_DIST += tests/ansible/documented.py tests/ansible/fleet.yml tests/ansible/playtap.sh tests/ansible/revert.yml \
	tests/ansible/role.yml
