#!/usr/bin/python
# SPDX-License-Identifier: GPL-2.0-or-later
"""Removes devices from a guest."""

DOCUMENTATION = r'''
module: detach
short_description: Remove host devices from a guest, and give them back to the host
description:
  - Runs C(hostdevctl detach-from). A device that the guest does not have is left out.
extends_documentation_fragment:
  - hostdevctl.host.tool
  - hostdevctl.host.tool.uri
  - hostdevctl.host.tool.guest
  - hostdevctl.host.tool.devices
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
