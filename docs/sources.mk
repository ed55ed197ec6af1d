# SPDX-License-Identifier: GPL-2.0-or-later
# Manual pages are scdoc source; hostdevctl-checks(7) is printed by a program built from its table.
MANUALS = \
	docs/hostdevctl.1 \
	docs/hostdevctl.conf.5 \
	docs/hostdevctl-hook.8 \
	$(NULL)
EXTRA_DIST += \
	README \
	docs/cockpit-plan.png \
	docs/cockpit.png \
	docs/contributing.md \
	docs/design.md \
	docs/explain.md \
	docs/fleet.md \
	docs/handover.md \
	docs/hazards.md \
	docs/map-server.svg \
	docs/map-workstation.svg \
	docs/tour.md \
	docs/hostdevctl.1.scd \
	docs/hostdevctl.conf.5.scd \
	docs/hostdevctl-hook.8.scd \
	docs/releasing.md \
	docs/security.md \
	docs/testing.md \
	docs/virt-host-validate.md \
	docs/where.md \
	$(NULL)

# The first line tells man(1) to run tbl(1), which scdoc's tables need.
HAS_TABLES = printf '%s\n' "'\\\" t"

if HAVE_SCDOC
man_MANS += $(MANUALS)
CLEANFILES += $(MANUALS)

$(MANUALS): %: %.scd
	$(AM_V_GEN)$(MKDIR_P) docs && { $(HAS_TABLES) && $(SCDOC) < $<; } > $@.tmp && mv $@.tmp $@
endif

# The guest of the README, as an example to copy.
examplesdir = $(docdir)/examples
dist_examples_DATA = xml-templates/guest-nvme.xml \
	packaging/prometheus/hostdevctl.dashboard.json \
	packaging/prometheus/hostdevctl.rules.yml \
	packaging/sos/hostdevctl.py

# What --json writes, for programs that read it and for the tests.
dist_pkgdata_DATA = docs/hostdevctl.schema.json

# hostdevctl-checks(7) is printed from the table of checks.
noinst_PROGRAMS += docs/gen_checks
docs_gen_checks_SOURCES = docs/gen_checks.c
docs_gen_checks_CPPFLAGS = $(HD_CPPFLAGS)
docs_gen_checks_LDADD = libhostdev.la
if HAVE_SCDOC
man_MANS += docs/hostdevctl-checks.7
CLEANFILES += docs/hostdevctl-checks.7

docs/hostdevctl-checks.7: docs/gen_checks$(EXEEXT)
	$(AM_V_GEN)docs/gen_checks$(EXEEXT) > $@.scd && \
		{ $(HAS_TABLES) && $(SCDOC) < $@.scd; } > $@.tmp && \
		rm $@.scd && mv $@.tmp $@
endif
