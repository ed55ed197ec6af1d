# SPDX-License-Identifier: GPL-2.0-or-later
"""Documents what several modules take, as module_utils/tool.py defines it."""


class ModuleDocFragment:
    # COMMON: all modules.
    DOCUMENTATION = r'''
options:
  executable:
    description: The program.
    type: path
    default: hostdevctl
author: The hostdevctl developers
'''

    # OF_GUESTS: those that ask libvirt.
    URI = r'''
options:
  uri:
    description: Libvirt's connection.
    type: str
'''

    # Those that change a guest.
    GUEST = r'''
options:
  guest:
    description: Its name or UUID.
    type: str
    required: true
'''

    # OF_DEVICES: those that change a guest's devices.
    DEVICES = r'''
options:
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
'''
