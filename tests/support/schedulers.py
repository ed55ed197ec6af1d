# SPDX-License-Identifier: GPL-2.0-or-later
"""What `export` wrote, read as its scheduler reads it, offers nothing that it must not.

    schedulers.py HOST...

HOST is a folder with a file `list`: `list --json` of the host, with the columns that are used here.  Each format has a
file of its name.  Prints "read: HOST", or what is wrong.  Sources: nova.conf(5), [pci];
KubeVirt's type PermittedHostDevices; Harvester's PCIDeviceClaim; Proxmox VE's administration guide,
"Resource Mapping", and its API, /cluster/mapping/pci.
"""
import collections
import configparser
import json
import os
import re
import sys
import traceback

import jsonschema
import yaml

HEX4 = '[0-9a-f]{4}'
SLOT = '[0-9a-f]{4,}:[0-9a-f]{2}:[0-9a-f]{2}'
ADDRESS = f'{SLOT}[.][0-7]'
RESOURCE = '^[a-z]([-a-z0-9.]*[a-z0-9])?/[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$'


def closed(required, **members):
    """An object with these members and no others."""
    return {'type': 'object', 'properties': members, 'required': required, 'additionalProperties': False}


def text(pattern):
    return {'type': 'string', 'pattern': pattern}


YES = {'enum': ['yes', 'no']}
SPEC = closed(['vendor_id', 'product_id', 'address'], vendor_id=text(f'^{HEX4}$'), product_id=text(f'^{HEX4}$'),
              address=text(f'^{HEX4}:[0-9a-f]{{2}}:[01][0-9a-f][.][0-7]$'), live_migratable=YES)
ALIAS = closed(['name', 'device_type', 'vendor_id', 'product_id'], name=text('^.{1,256}$'),
               device_type={'enum': ['type-PCI', 'type-PF', 'type-VF']}, vendor_id=text(f'^{HEX4}$'),
               product_id=text(f'^{HEX4}$'), live_migratable=YES)
KUBEVIRT = closed(['spec'], spec=closed(['configuration'], configuration=closed(
    ['permittedHostDevices'], permittedHostDevices=closed(
        [],
        pciHostDevices={'type': 'array', 'items': closed(
            ['pciVendorSelector', 'resourceName'], pciVendorSelector=text('^[0-9A-F]{4}:[0-9A-F]{4}$'),
            resourceName=text(RESOURCE), externalResourceProvider={'type': 'boolean'})},
        mediatedDevices={'type': 'array', 'items': closed(
            ['mdevNameSelector', 'resourceName'], mdevNameSelector=text('.'), resourceName=text(RESOURCE),
            externalResourceProvider={'type': 'boolean'})},
        usb={'type': 'array', 'items': closed(
            ['resourceName'], resourceName=text(RESOURCE), externalResourceProvider={'type': 'boolean'},
            selectors={'type': 'array', 'items': closed(
                ['vendor', 'product'], vendor=text(f'^{HEX4}$'), product=text(f'^{HEX4}$'))})}))))
CLAIM = closed(['apiVersion', 'kind', 'metadata', 'spec'],
               apiVersion={'const': 'devices.harvesterhci.io/v1beta1'}, kind={'const': 'PCIDeviceClaim'},
               metadata=closed(['name'], name=text('^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$')),
               spec=closed(['address', 'nodeName', 'userName'], address=text(f'^{ADDRESS}$'),
                           nodeName=text('.'), userName=text('.')))


class Repeated(collections.OrderedDict):
    """Options that may be given more than once, as oslo.config reads them."""
    def __setitem__(self, key, value):
        if isinstance(value, list) and isinstance(self.get(key), list):
            self[key].extend(value)
        else:
            super().__setitem__(key, value)


def nova(exported, devices):
    ini = configparser.RawConfigParser(dict_type=Repeated, strict=False)
    ini.read_string(exported)
    assert ini.sections() == ['pci'] and set(ini['pci']) <= {'device_spec', 'alias'}
    specs, aliases = ([json.loads(line) for line in ini['pci'].get(option, '').split('\n') if line]
                      for option in ('device_spec', 'alias'))
    types = {}
    for spec in specs:
        jsonschema.validate(spec, SPEC)
    for alias in aliases:
        jsonschema.validate(alias, ALIAS)
        assert types.setdefault(alias['name'], alias) is alias, 'a name for two aliases'
        kind = {'type-PCI': lambda d: not d['physical_function'] and not (d['vfs'] or {}).get('total'),
                'type-VF': lambda d: d['physical_function'], 'type-PF': lambda d: (d['vfs'] or {}).get('total')}
        assert any(kind[alias['device_type']](devices[spec['address']]) for spec in specs
                   if spec['product_id'] == alias['product_id']), 'an alias for no device'
    for spec in specs:
        assert devices[spec['address']]['id'] == f'{spec["vendor_id"]}:{spec["product_id"]}'
    return {spec['address'] for spec in specs}


def kubevirt(exported, devices):
    document = yaml.safe_load(exported)
    jsonschema.validate(document, KUBEVIRT)
    permitted = document['spec']['configuration']['permittedHostDevices']
    by_id = collections.defaultdict(set)
    for address, device in devices.items():
        by_id[device['kind'], device['id']].add(address)
    wanted = [('pci', entry['pciVendorSelector'].lower()) for entry in permitted.get('pciHostDevices', [])]
    wanted += [('mdev', entry['mdevNameSelector']) for entry in permitted.get('mediatedDevices', [])]
    wanted += [('usb', f'{selector["vendor"]}:{selector["product"]}') for entry in permitted.get('usb', [])
               for selector in entry['selectors']]
    assert len(wanted) == len(set(wanted)), 'a selector twice'
    return set().union(*(by_id[selector] for selector in wanted))


def harvester(exported, devices):
    offered = set()
    for claim in yaml.safe_load_all(exported):
        if claim is None:
            continue
        jsonschema.validate(claim, CLAIM)
        address = claim['spec']['address']
        assert claim['metadata']['name'] == f'{claim["spec"]["nodeName"]}-{re.sub("[:.]", "", address)}'
        offered.add(address)
    return offered


def sections(exported):
    """Sections of Proxmox's files: a name at the beginning of a line, indented properties, an empty line."""
    section = None
    for line in exported.splitlines():
        if line.startswith('#'):
            continue
        if not line:
            section = None
        elif section is None:
            assert re.fullmatch('[a-z][a-z0-9_-]+', line, re.I), line
            section = line
            yield section, None, None
        else:
            key, value = re.fullmatch(r'\t(\S+) (\S.*)', line).groups()
            yield section, key, value


def proxmox(exported, devices):
    offered, seen = set(), set()
    patterns = {'id': f'{HEX4}:{HEX4}', 'subsystem-id': f'{HEX4}:{HEX4}', 'iommugroup': '[0-9]+',
                'node': '[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?', 'path': f'{SLOT}([.][0-7])?'}
    for section, key, value in sections(exported):
        if key is None:
            assert section not in seen, f'{section} twice'
            seen.add(section)
            continue
        if key == 'live-migration-capable':
            assert value == '1'
            continue
        assert key == 'map', key
        entry = dict(item.split('=') for item in value.split(','))
        assert entry.keys() == patterns.keys()
        for name, pattern in patterns.items():
            assert re.fullmatch(pattern, entry[name]), (name, entry[name])
        path = entry['path']
        first = devices[path if '.' in path else path + '.0']
        assert (entry['id'], entry['subsystem-id'], int(entry['iommugroup'])) == \
               (first['id'], first['subsystem'], first['group'])
        mapped = {address for address in devices if address == path or address.startswith(path + '.')}
        assert not mapped & offered, f'{path} twice'
        offered |= mapped
    return offered


def judge(offered, devices):
    groups = {devices[address]['group'] for address in offered if devices[address]['kind'] == 'pci'}
    for address in offered:
        device = devices[address]
        assert device['verdict'] == 'ready' and not device['used_by'], f'{address} must not be offered'
        assert device['physical_function'] not in offered, f'{address} and its physical function'
        assert device['kind'] == 'pci' or device['parent'] not in offered, f'{address} and its controller'
    for address, device in devices.items():
        assert device['kind'] != 'pci' or device['group'] not in groups or address in offered or \
            'bridge' in device['class'].lower(), f'{address} is missing of group {device["group"]}'


READERS = {'nova': nova, 'kubevirt': kubevirt, 'harvester': harvester, 'proxmox': proxmox}


def read(host):
    with open(os.path.join(host, 'list'), encoding='utf-8') as file:
        devices = {device['address']: device for device in json.load(file)['devices']}
    for name, reader in READERS.items():
        with open(os.path.join(host, name), encoding='ascii') as file:
            offered = reader(file.read(), devices)
        print(name, len(offered), 'of', len(devices))
        judge(offered, devices)


def main(*hosts):
    for host in hosts:
        try:
            read(host)
        except Exception:  # pylint: disable=broad-except
            print('not read:', os.path.basename(host))
            traceback.print_exc(file=sys.stdout)
        else:
            print('read:', os.path.basename(host))


main(*sys.argv[1:])
