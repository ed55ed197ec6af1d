# SPDX-License-Identifier: GPL-2.0-or-later
# What libvirt runs: a program that links only the C library, and the engine that it
# loads for a guest that may have host devices.
hooksbindir = $(sbindir)
hooksbin_PROGRAMS = hostdevctl-hook
hostdevctl_hook_SOURCES = \
	hooks/announce.c \
	hooks/domain_input.c \
	hooks/engine.h \
	hooks/held.c \
	hooks/hook.h \
	hooks/operations.c \
	hooks/qemu.c \
	hooks/supervise.c \
	src/base/clock.c \
	src/base/error.c \
	src/base/log.c \
	src/base/macro.c \
	src/base/process.c \
	src/base/read.c \
	src/base/utf8.c \
	src/domain/early_exit.c \
	src/domain/xml_bounds.c \
	$(NULL)
hostdevctl_hook_CPPFLAGS = $(HD_CPPFLAGS)
hostdevctl_hook_CFLAGS = $(AM_CFLAGS) $(HD_PIE_CFLAGS)
hostdevctl_hook_LDFLAGS = $(AM_LDFLAGS) $(HD_PIE_LDFLAGS) -R $(pkglibdir)
hostdevctl_hook_LDADD =

pkglib_LTLIBRARIES += hostdevctl-engine.la
hostdevctl_engine_la_SOURCES = \
	hooks/answer.c \
	hooks/engine.h \
	hooks/operations.c \
	hooks/prepare.c \
	hooks/left.c \
	hooks/release.c \
	hooks/session.c \
	hooks/session.h \
	hooks/start_failure.c \
	hooks/verify.c \
	$(NULL)
hostdevctl_engine_la_CPPFLAGS = $(HD_CPPFLAGS)
hostdevctl_engine_la_LIBADD = libhostdev.la
# It loads modules of its own, from the same place.
hostdevctl_engine_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -shared -R $(pkglibdir) \
	-export-symbols-regex '^hd_hook_engine$$'

# AppArmor lets libvirtd run programs in sbin; the hook directory gets a link to it.
hookdir = $(sysconfdir)/libvirt/hooks/qemu.d
HOOK_LINK = $(DESTDIR)$(hookdir)/50-hostdevctl

install-data-local:
	$(MKDIR_P) '$(DESTDIR)$(hookdir)'
	rm -f '$(HOOK_LINK)'
	$(LN_S) '$(sbindir)/hostdevctl-hook' '$(HOOK_LINK)'

# The engine is loaded by name, so libtool's .la file is useless once installed.
install-exec-hook:
	rm -f '$(DESTDIR)$(pkglibdir)'/hostdevctl-*.la

# libvirt looks for hooks only when it starts or reloads.
install-data-hook:
	@echo 'hostdevctl: if this is the first hook on this host, reload the daemon now:'
	@echo '    systemctl reload libvirtd    (or virtqemud)'
	@echo 'hostdevctl: to give devices back after a crash of the daemon:'
	@echo '    systemctl enable hostdevctl-recover.service'
	@echo 'hostdevctl: for [sleep] of hostdevctl.conf(5):'
	@echo '    systemctl enable hostdevctl-sleep.service'

uninstall-local:
	rm -f '$(HOOK_LINK)' '$(DESTDIR)$(pkglibdir)/hostdevctl-engine.so' \
		'$(DESTDIR)$(pkglibdir)/hostdevctl-libvirt.so' \
		'$(DESTDIR)$(pkglibdir)/hostdevctl-systemd.so'

# sleep.target requires what the link names: without the unit the host would never sleep again.
uninstall-hook:
	-rm -f '$(DESTDIR)/etc/systemd/system/sleep.target.requires/hostdevctl-sleep.service'
	-rmdir '$(DESTDIR)$(hookdir)' '$(DESTDIR)$(pkglibdir)' \
		'$(DESTDIR)$(libvirtguestsdir)' '$(DESTDIR)$(udevrulesdir)' \
		'$(DESTDIR)$(examplesdir)' '$(DESTDIR)$(docdir)' 2>/dev/null || :

EXTRA_DIST += hooks/90-hostdevctl-replug.rules hooks/hostdevctl-recover.service.in \
	hooks/hostdevctl-replug@.service.in hooks/hostdevctl-sleep.service.in \
	hooks/hostdevctl-metrics.service.in hooks/hostdevctl-metrics.timer \
	hooks/libvirt-guests.service.d/50-hostdevctl.conf
libvirtguestsdir = $(systemdsystemunitdir)/libvirt-guests.service.d
if HAVE_SYSTEMD
libvirtguests_DATA = hooks/libvirt-guests.service.d/50-hostdevctl.conf
udevrules_DATA = hooks/90-hostdevctl-replug.rules
systemdsystemunit_DATA = hooks/hostdevctl-recover.service \
	hooks/hostdevctl-replug-bind@.service hooks/hostdevctl-replug-remove@.service \
	hooks/hostdevctl-sleep.service hooks/hostdevctl-metrics.service
CLEANFILES += $(systemdsystemunit_DATA)
systemdsystemunit_DATA += hooks/hostdevctl-metrics.timer
hooks/hostdevctl-recover.service hooks/hostdevctl-sleep.service hooks/hostdevctl-metrics.service: %: %.in Makefile
	$(AM_V_GEN)$(MKDIR_P) hooks && \
	$(SED) 's|@sbindir[@]|$(sbindir)|' '$(srcdir)/$@.in' > '$@'
# One text: its name says for which event it is.
hooks/hostdevctl-replug-bind@.service hooks/hostdevctl-replug-remove@.service: \
		hooks/hostdevctl-replug@.service.in Makefile
	$(AM_V_GEN)$(MKDIR_P) hooks && \
	$(SED) 's|@sbindir[@]|$(sbindir)|' '$(srcdir)/hooks/hostdevctl-replug@.service.in' > '$@'
endif
