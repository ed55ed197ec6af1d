#!/usr/bin/python
# SPDX-License-Identifier: GPL-2.0-or-later
"""Prepares a host for passthrough, or undoes that."""

DOCUMENTATION = r'''
module: setup
short_description: Prepare a host for passthrough, or undo that
description:
  - Runs C(hostdevctl setup). Without O(subject), kernel parameters and modules are prepared.
  - Never reboots; the return value C(reboot_needed) says whether the host has to.
options:
  subject:
    description: What is to be prepared.
    type: str
    choices: [vfs, hugepages, bind, unbind, mdev]
  operands:
    description: As C(hostdevctl setup) takes them after the subject, such as an interface and a number.
    type: list
    elements: str
    default: []
  state:
    description: With V(absent), all that setup has ever changed on the host is undone.
    type: str
    choices: [present, absent]
    default: present
  at_boot:
    description: Only prepare the next boot.
    type: bool
    default: false
extends_documentation_fragment:
  - hostdevctl.host.tool
  - hostdevctl.host.tool.uri
'''

EXAMPLES = r'''
- hostdevctl.host.setup:
  register: host
- hostdevctl.host.setup:
    subject: vfs
    operands: [enp3s0, 4]
- ansible.builtin.reboot:
  when: host.reboot_needed
'''

RETURN = r'''
reboot_needed:
  description: Whether kernel parameters are configured that the host was booted without.
  returned: success
  type: bool
complete:
  description: Whether nothing is left that a person has to do; C(notes) say what.
  returned: success
  type: bool
notes:
  description: For people.
  returned: success
  type: list
  elements: str
'''

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.hostdevctl.host.plugins.module_utils.tool import OF_GUESTS, Tool


def differences(answer):
    """As Ansible shows them: files and values of the kernel."""
    return [{'before_header': one['path'], 'after_header': one['path'],
             'before': one['old'] or '', 'after': one['new'] or ''}
            for one in answer['files'] + answer['values']]


def needs_reboot(tool):
    """Only what a reboot mends: not a menu to be made, and not a parameter that the next boot lacks."""
    return any(one['id'] == 'boot-parameters-active' and one['verdict'] == 'fail' and one['remedy'] == 'reboot'
               for one in tool.ask('check', answers=(0, 1))['findings'])


def main():
    module = AnsibleModule(dict(OF_GUESTS, operands={'type': 'list', 'elements': 'str', 'default': []},
                                subject={'type': 'str',
                                         'choices': ['vfs', 'hugepages', 'bind', 'unbind', 'mdev']},
                                state={'type': 'str', 'choices': ['present', 'absent'],
                                       'default': 'present'},
                                at_boot={'type': 'bool', 'default': False}),
                           supports_check_mode=True)
    params = module.params
    tool = Tool(module)
    words = [params['subject'], *params['operands']] if params['subject'] else []
    options = ['--at-boot'] if params['at_boot'] else []
    act = ['--apply']
    if params['state'] == 'absent':
        if words or options:
            module.fail_json(msg='state=absent undoes everything, and takes no subject, operands or at_boot')
        options, act = ['--revert'], []

    # 1: a check refused, which has findings or an error; or a person has to do the rest.
    before = tool.ask('setup', *words, options=[*options, '--dry-run'], answers=(0, 1))
    if tool.refused(before):
        tool.fail(before)
    changed = bool(before['files'] or before['values'] or before['commands'] or before['done'])
    after = before
    if changed and not module.check_mode:
        after = tool.ask('setup', *words, options=[*options, *act], answers=(0, 1))
        if tool.refused(after):
            tool.fail(after)
    module.exit_json(changed=changed, diff=differences(before), complete=after['complete'],
                     notes=after['notes'], done=after['done'],
                     reboot_needed=not module.check_mode and needs_reboot(tool))


if __name__ == '__main__':
    main()
