# SPDX-License-Identifier: GPL-2.0-or-later
"""What a support case about host devices needs, for sos: `sos report -o hostdevctl`."""

from sos.report.plugins import Plugin, DebianPlugin, RedHatPlugin, UbuntuPlugin


class Hostdevctl(Plugin, DebianPlugin, RedHatPlugin, UbuntuPlugin):

    short_desc = 'host devices of libvirt guests'
    plugin_name = 'hostdevctl'
    profiles = ('virt', 'hardware')
    packages = ('hostdevctl',)
    commands = ('hostdevctl',)

    def setup(self):
        self.add_copy_spec([
            '/etc/hostdevctl.conf',
            '/etc/hostdevctl.conf.d',
            '/run/hostdevctl',
            '/var/lib/hostdevctl',
        ])
        # They change nothing and end by themselves.  doctor is left out: it runs the hook.
        self.add_cmd_output([
            'hostdevctl --version',
            'hostdevctl capture --redact',
            'hostdevctl check',
            'hostdevctl list --long',
            'hostdevctl status',
            'hostdevctl metrics',
            'hostdevctl setup --json',
        ])
        # The hook; and what administrators, udev's units and the host's sleep did.
        for name in ('hostdevctl-hook', 'hostdevctl'):
            self.add_journal(identifier=name)
