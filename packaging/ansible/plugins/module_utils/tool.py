# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs hostdevctl and reads its JSON, for all modules of this collection."""

import json

# What all modules take: where the tool is, and which libvirt it asks.
COMMON = {
    'executable': {'type': 'path', 'default': 'hostdevctl'},
}
OF_GUESTS = dict(COMMON, uri={'type': 'str'})
OF_DEVICES = dict(OF_GUESTS, guest={'type': 'str', 'required': True},
                  devices={'type': 'list', 'elements': 'str', 'required': True},
                  where={'type': 'str', 'choices': ['both', 'live', 'config'], 'default': 'config'})


class Tool:
    """hostdevctl, as the parameters of a module say. Its commands end by themselves."""

    def __init__(self, module):
        self.module = module
        self.path = module.params['executable']
        if '/' not in self.path:
            # Not every account has /usr/sbin in its PATH.
            self.path = module.get_bin_path(self.path, required=True)
        self.options = ['--connect', module.params['uri']] if module.params.get('uri') else []

    def ask(self, command, *words, options=(), answers=(0,)):
        """The JSON of a command, if it ends with one of these statuses; else the module fails."""
        argv = [self.path, command, '--json', *self.options, *options, '--', *words]
        status, out, err = self.module.run_command(argv)
        try:
            answer = json.loads(out)
        except ValueError:
            self.module.fail_json(msg=err.strip() or f'{self.path} {command} printed no JSON', rc=status)
        if status not in answers:
            self.fail(answer, err.strip() or f'exit status {status}')
        return answer

    def refused(self, answer):
        return bool(answer.get('error') or wrong(answer))

    def fail(self, answer, otherwise=''):
        findings = wrong(answer)
        why = ([answer['error']] if answer.get('error') else []) + [sentence(one) for one in findings]
        self.module.fail_json(msg='; '.join(why) or otherwise, findings=findings)


def dry_run(module):
    return ['--dry-run'] if module.check_mode else []


def where(module):
    """The options of a command that changes a guest."""
    word = module.params['where']
    return ([] if word == 'both' else [f'--{word}']) + dry_run(module)


def wrong(answer):
    """Findings that refuse, worst first as the tool sorts them."""
    return [one for one in answer.get('findings', [])
            if one['verdict'] in ('fail', 'unknown') and one['severity'] == 'error'
            and not one['allowed_by']]


def sentence(finding):
    text = f"{finding['id']} ({finding['subject']})"
    for part in ('evidence', 'remedy'):
        if finding[part]:
            text += f": {finding[part]}"
    return text
