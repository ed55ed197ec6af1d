# SPDX-License-Identifier: GPL-2.0-or-later
# The version and the date of a release are the same wherever they are written.
. "$SRCDIR/tests/support/tap.sh"
version=$(sed -n 's/^AC_INIT(\[hostdevctl\], \[\(.*\)\])$/\1/p' "$SRCDIR/configure.ac")
date=$(sed -n '/^hostdevctl /{s/.*(\(.*\))$/\1/p;q}' "$SRCDIR/NEWS")
debian=$SRCDIR/packaging/debian/changelog spec=$SRCDIR/packaging/hostdevctl.spec

ok 'configure.ac has a semantic version' grep -qE '^[0-9]+\.[0-9]+\.[0-9]+$' <<< "$version"
ok 'NEWS begins with it' [ "$(grep -m 1 '^hostdevctl ' "$SRCDIR/NEWS")" = "hostdevctl $version ($date)" ]
ok "so does Debian's changelog" grep -q "^hostdevctl ($version) " <(head -1 "$debian")
ok 'of the same day' \
	[ "$(date -u -d "$(sed -n '/^ -- /{s/.*>  //p;q}' "$debian")" +%F)" = "$date" ]
ok 'the spec file has it' grep -qE "^Version: +$version$" "$spec"
ok 'and its changelog' \
	[ "$(sed -n '/^%changelog/{n;s/.* - \(.*\)-1$/\1/p;}' "$spec")" = "$version" ]
ok 'of the same day, too' \
	[ "$(date -u -d "$(sed -n '/^%changelog/{n;s/^\* \(.*[0-9]\{4\}\) .*/\1/p;}' "$spec")" +%F)" = "$date" ]
ok 'the Ansible collection has it' grep -qx "version: $version" "$SRCDIR/packaging/ansible/galaxy.yml"
tap_end
