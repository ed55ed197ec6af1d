#!/usr/bin/python
# SPDX-License-Identifier: GPL-2.0-or-later
"""Checks a host, devices or a guest."""

DOCUMENTATION = r'''
module: check
short_description: Check whether a host, devices or a guest are ready for passthrough
description:
  - Runs C(hostdevctl check), and fails with each reason and its remedy if a check refuses. Changes nothing.
options:
  devices:
    description: Devices that are to go to a guest. Without O(devices) and O(guest), the host is checked.
    type: list
    elements: str
    default: []
  guest:
    description: The guest whose next start is judged.
    type: str
  must_be_ready:
    description: Whether to fail if a check refuses; else C(ready) says so.
    type: bool
    default: true
extends_documentation_fragment:
  - hostdevctl.host.tool
  - hostdevctl.host.tool.uri
'''

EXAMPLES = r'''
- hostdevctl.host.check:
    devices: ["01:00.0"]
'''

RETURN = r'''
ready:
  description: Whether no check refused.
  returned: success
  type: bool
findings:
  description: Checks that did not pass, those of C(hostdevctl check --json).
  returned: success
  type: list
  elements: dict
'''

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.hostdevctl.host.plugins.module_utils.tool import OF_GUESTS, Tool


def main():
    module = AnsibleModule(dict(OF_GUESTS, guest={'type': 'str'},
                                must_be_ready={'type': 'bool', 'default': True},
                                devices={'type': 'list', 'elements': 'str', 'default': []}),
                           mutually_exclusive=[('guest', 'devices')], supports_check_mode=True)
    params = module.params
    words = [params['guest']] if params['guest'] else params['devices']
    tool = Tool(module)
    answer = tool.ask('check', *words, answers=(0,) if params['must_be_ready'] else (0, 1))
    if answer.get('error'):
        tool.fail(answer)
    module.exit_json(changed=False, ready=answer['ready'],
                     findings=[one for one in answer['findings'] if one['verdict'] in ('fail', 'unknown')])


if __name__ == '__main__':
    main()
