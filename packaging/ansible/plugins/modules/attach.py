#!/usr/bin/python
# SPDX-License-Identifier: GPL-2.0-or-later
"""Adds devices to a guest."""

DOCUMENTATION = r'''
module: attach
short_description: Add host devices to a guest, after all checks
description:
  - Runs C(hostdevctl attach). A device that the guest already has is left as it is. If a check refuses,
    the module fails with its reason and remedy, and nothing is changed.
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
  pin:
    description: Whether to pin the identity of the devices that are added, in the metadata of the guest. A
      device that it already has is not pinned.
    type: bool
    default: false
  allow:
    description: Failures that are accepted, each as CHECK=SUBJECT.
    type: list
    elements: str
    default: []
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
- hostdevctl.host.attach:
    guest: win11
    devices: ["10de:2684"]
    pin: true
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
    module = AnsibleModule(dict(OF_DEVICES, pin={'type': 'bool', 'default': False},
                                allow={'type': 'list', 'elements': 'str', 'default': []}),
                           supports_check_mode=True)
    params = module.params
    options = where(module) + (['--pin'] if params['pin'] else [])
    for one in params['allow']:
        options += ['--allow', one]
    answer = Tool(module).ask('attach', params['guest'], *params['devices'], options=options)
    module.exit_json(changed=answer['changed'], notes=answer.get('notes', []))


if __name__ == '__main__':
    main()
