# SPDX-License-Identifier: GPL-2.0-or-later
# What is released: the tarball with its checksum, and packages of it.
EXTRA_DIST += \
	NEWS \
	packaging \
	$(NULL)

.PHONY: release deb rpm check-packages

# The tarball depends on the tree and on the date of NEWS alone: no owner, no time, no order of readdir.
RELEASE_TAR = --sort=name --owner=0 --group=0 --numeric-owner --mode=u+rw,go=rX \
	--mtime=$$($(RELEASE_DATE))
RELEASE_DATE = $(SED) -n '/^hostdevctl /{s/.*(\(.*\))/\1T00:00:00Z/p;q}' '$(srcdir)/NEWS'
RELEASE_TARBALL = $(distdir).tar.xz
release:
	@TAR_OPTIONS="$(RELEASE_TAR)" XZ_OPT=-6 $(MAKE) -s dist
	@sha256sum '$(RELEASE_TARBALL)' > SHA256SUMS && cat SHA256SUMS
CLEANFILES += SHA256SUMS

# The packages of each Debian release, built in a root of its own: deb/SUITE/hostdevctl_VERSION_ARCH.deb.
# The tests are those of `make check`; DEB_BUILD_OPTIONS= runs them once more.
DEB_SUITES = bookworm trixie
DEB_BUILD_OPTIONS = nocheck
deb: release
	@for suite in $(DEB_SUITES); do \
		DEB_BUILD_OPTIONS='$(DEB_BUILD_OPTIONS) parallel='"$$(nproc)" \
			'$(srcdir)/packaging/build-deb' $$suite '$(RELEASE_TARBALL)' deb/$$suite || exit 1; \
		ls deb/$$suite/*.deb; \
	done

rpm: release
	@'$(srcdir)/packaging/build-rpm' '$(RELEASE_TARBALL)' rpm && ls rpm/*.rpm

# All of them, built, compared and tried; see tests/packaging/run.
check-packages: release libpreloadkernel.la tests/maketree$(EXEEXT)
	@'$(srcdir)/tests/packaging/run' . '$(RELEASE_TARBALL)' $(DEB_SUITES) trixie-backports rpm
