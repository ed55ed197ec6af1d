# SPDX-License-Identifier: GPL-2.0-or-later
"""Does ansible-doc say of each option what the module takes?

documented.py DOC MODULE...: DOC is what `ansible-doc --json` printed; prints what differs.
"""
import importlib
import json
import sys

from ansible.module_utils import basic

FIELDS = ("type", "elements", "required", "default", "choices")


class Taken(Exception):
    """Carries what a module takes; ends it before it acts."""


class Spy:
    def __init__(self, spec, **_):
        raise Taken(spec)


def taken(name):
    basic.AnsibleModule = Spy
    try:
        importlib.import_module(f"ansible_collections.{name.replace('.host.', '.host.plugins.modules.')}").main()
    except Taken as found:
        return found.args[0]
    return {}


def differences(documented, spec):
    for option in sorted({*documented, *spec}):
        for field in FIELDS:
            told, is_so = (where.get(option, {}).get(field) for where in (documented, spec))
            if (told or None) != (is_so or None):
                yield f"{option}: {field} is {is_so}, documented as {told}"


def wrong(found, module):
    name = f"hostdevctl.host.{module}"
    told = found[name]
    yield from differences(told["doc"]["options"], taken(name))
    for part in ("examples", "return"):
        if not told[part]:
            yield f"there is no {part}"


def main(path, *modules):
    with open(path, encoding="utf-8") as text:
        found = json.load(text)
    all_wrong = [f"{module}: {text}" for module in modules for text in wrong(found, module)]
    print(*all_wrong, sep="\n")
    return 1 if all_wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
