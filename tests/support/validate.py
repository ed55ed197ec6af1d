# SPDX-License-Identifier: GPL-2.0-or-later
"""Is what a command wrote with --json what the schema of that command says?

validate.py SCHEMA FILE...: each FILE is named COMMAND.N and has one output.  The schema lets members
be added at any time; here, a member that it does not name is an error, so that none is forgotten.
"""
import json
import os
import sys

import jsonschema


def close(schema):
    """Objects have the members that are named, and no others."""
    if isinstance(schema, dict):
        if "properties" in schema:
            schema.setdefault("additionalProperties", False)
        for part in schema.values():
            close(part)
    elif isinstance(schema, list):
        for part in schema:
            close(part)


def reasons(error, depth=0):
    """An error of a choice, with those of the choices."""
    yield "  " * depth + "/" + "/".join(map(str, error.absolute_path)) + ": " + error.message[:200]
    for part in error.context:
        yield from reasons(part, depth + 1)


def main(path, files):
    with open(path, encoding="utf-8") as text:
        schema = json.load(text)
    jsonschema.Draft202012Validator.check_schema(schema)
    close(schema)
    bad = 0
    for name in files:
        command = os.path.basename(name).split(".")[0]
        with open(name, encoding="utf-8") as text:
            found = json.load(text)
        validator = jsonschema.Draft202012Validator({**schema, "anyOf": [
            {"$ref": "#/$defs/" + command}]})
        for error in validator.iter_errors(found):
            bad += 1
            print(command + ":", *reasons(error), sep="\n  ")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
