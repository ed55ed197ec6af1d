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
extends_documentation_fragment:
  - hostdevctl.host.tool
  - hostdevctl.host.tool.uri
  - hostdevctl.host.tool.guest
  - hostdevctl.host.tool.devices
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
