#!/usr/bin/python
# SPDX-License-Identifier: GPL-2.0-or-later
"""Removes devices from a guest."""

DOCUMENTATION = r'''
module: detach
short_description: Remove host devices from a guest, and give them back to the host
description:
  - Runs C(hostdevctl detach-from). A device that the guest does not have is left out.
options:
  guest:
    description: Its name or UUID.
    type: str
    required: true
  devices:
    description: Their names, as C(hostdevctl) takes them.
    type: list
    elements: str
    required: true
  where:
    description: Whether to change the running guest, its definition, or, with V(both), what there is.
    type: str
    choices: [both, live, config]
    default: config
  uri:
    description: Libvirt's connection.
    type: str
  executable:
    description: The program.
    type: path
    default: hostdevctl
author: The hostdevctl developers
'''

EXAMPLES = r'''
- hostdevctl.host.detach:
    guest: win11
    devices: ["10de:2684"]
'''

RETURN = r'''
notes:
  description: What was done, for people.
  returned: success
  type: list
  elements: str
'''

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.hostdevctl.host.plugins.module_utils.tool import OF_DEVICES, Tool, where


def main():
    module = AnsibleModule(OF_DEVICES, supports_check_mode=True)
    params = module.params
    answer = Tool(module).ask('detach-from', params['guest'], *params['devices'],
                              options=[*where(module), '--if-present'])
    module.exit_json(changed=answer['changed'], notes=answer.get('notes', []))


if __name__ == '__main__':
    main()
