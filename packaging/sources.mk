# SPDX-License-Identifier: GPL-2.0-or-later
# What is released: the tarball with its checksum.
EXTRA_DIST += \
	NEWS \
	$(NULL)

.PHONY: release

# The tarball depends on the tree and on the date of NEWS alone: no owner, no time, no order of readdir.
RELEASE_TAR = --sort=name --owner=0 --group=0 --numeric-owner --mode=u+rw,go=rX \
	--mtime=$$($(RELEASE_DATE))
RELEASE_DATE = $(SED) -n '/^hostdevctl /{s/.*(\(.*\))/\1T00:00:00Z/p;q}' '$(srcdir)/NEWS'
RELEASE_TARBALL = $(distdir).tar.xz
release:
	@TAR_OPTIONS="$(RELEASE_TAR)" XZ_OPT=-6 $(MAKE) -s dist
	@sha256sum '$(RELEASE_TARBALL)' > SHA256SUMS && cat SHA256SUMS
CLEANFILES += SHA256SUMS
