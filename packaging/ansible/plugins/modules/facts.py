#!/usr/bin/python
# SPDX-License-Identifier: GPL-2.0-or-later
"""Collects what hostdevctl says of a host."""

DOCUMENTATION = r'''
module: facts
short_description: Collect the devices of a host that can go to guests
description:
  - Sets the fact C(hostdevctl) to the devices of the host with their verdicts, what is held for guests,
    and whether the host is ready for passthrough. Changes nothing.
options:
  only:
    description: What is to be listed, in the words of C(hostdevctl list), such as C(gpu) or C(nvme).
    type: list
    elements: str
    default: []
extends_documentation_fragment:
  - hostdevctl.host.tool
'''

EXAMPLES = r'''
- hostdevctl.host.facts:
    only: [gpu]
- ansible.builtin.debug:
    msg: "{{ hostdevctl.devices | selectattr('verdict', 'eq', 'ready') | map(attribute='address') }}"
'''

RETURN = r'''
ansible_facts:
  description: The fact C(hostdevctl).
  returned: success
  type: dict
  contains:
    hostdevctl:
      description: Its members C(ready) and C(findings) are those of C(hostdevctl check --json), C(devices)
        those of C(hostdevctl list --long --json), C(held) those of C(hostdevctl status --json).
      type: dict
'''

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.hostdevctl.host.plugins.module_utils.tool import COMMON, Tool


def main():
    module = AnsibleModule(dict(COMMON, only={'type': 'list', 'elements': 'str', 'default': []}),
                           supports_check_mode=True)
    tool = Tool(module)
    check = tool.ask('check', answers=(0, 1))
    module.exit_json(changed=False, ansible_facts={'hostdevctl': {
        'ready': check['ready'],
        'findings': [one for one in check['findings'] if one['verdict'] in ('fail', 'unknown')],
        'devices': tool.ask('list', *module.params['only'], options=['--long'])['devices'],
        'held': tool.ask('status')['held'],
    }})


if __name__ == '__main__':
    main()
