#!/usr/bin/python
# SPDX-License-Identifier: GPL-2.0-or-later
"""Lets a guest take the host's only graphics card."""

DOCUMENTATION = r'''
module: handover
short_description: Let a guest take the only graphics card of its host
description:
  - Runs C(hostdevctl handover --enable) or C(--disable), which writes into the metadata of the guest what
    each start may end. Nothing ends by this module.
options:
  state:
    description: Whether the metadata asks for the hand-over.
    type: str
    choices: [present, absent]
    default: present
  sessions:
    description: What becomes of graphical sessions on the card.
    type: str
    choices: [end, refuse]
  units:
    description: Units of systemd that a start stops, instead of the usual ones.
    type: list
    elements: str
extends_documentation_fragment:
  - hostdevctl.host.tool
  - hostdevctl.host.tool.uri
  - hostdevctl.host.tool.guest
'''

EXAMPLES = r'''
- hostdevctl.host.handover:
    guest: win11
'''

RETURN = r'''
notes:
  description: What was done, for people.
  returned: success
  type: list
  elements: str
'''

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.hostdevctl.host.plugins.module_utils.tool import OF_GUESTS, Tool, dry_run


def main():
    module = AnsibleModule(dict(OF_GUESTS, guest={'type': 'str', 'required': True},
                                state={'type': 'str', 'choices': ['present', 'absent'],
                                       'default': 'present'},
                                sessions={'type': 'str', 'choices': ['end', 'refuse']},
                                units={'type': 'list', 'elements': 'str'}),
                           supports_check_mode=True)
    params = module.params
    is_wanted = params['state'] == 'present'
    options = ['--enable' if is_wanted else '--disable', '--yes', *dry_run(module)]
    if is_wanted and params['sessions']:
        options += ['--sessions', params['sessions']]
    if is_wanted and params['units']:
        options += ['--units', ','.join(params['units'])]
    answer = Tool(module).ask('handover', params['guest'], options=options)
    module.exit_json(changed=answer['changed'], notes=answer.get('notes', []))


if __name__ == '__main__':
    main()
