# SPDX-License-Identifier: GPL-2.0-or-later
# The page in Cockpit: installed as it is, there is nothing to build.
cockpitdir = $(datadir)/cockpit/hostdevctl
cockpit_DATA = \
	packaging/cockpit/device_setup.js \
	packaging/cockpit/device_view.js \
	packaging/cockpit/devices_view.js \
	packaging/cockpit/diff.js \
	packaging/cockpit/dom.js \
	packaging/cockpit/explain_view.js \
	packaging/cockpit/findings.js \
	packaging/cockpit/give_view.js \
	packaging/cockpit/guest_chooser.js \
	packaging/cockpit/handover_view.js \
	packaging/cockpit/held_view.js \
	packaging/cockpit/host_data.js \
	packaging/cockpit/host_view.js \
	packaging/cockpit/index.html \
	packaging/cockpit/look.css \
	packaging/cockpit/main.js \
	packaging/cockpit/manifest.json \
	packaging/cockpit/map_view.js \
	packaging/cockpit/model.js \
	packaging/cockpit/plan.js \
	packaging/cockpit/replug_view.js \
	packaging/cockpit/setup.js \
	packaging/cockpit/setup_view.js \
	packaging/cockpit/theme.js \
	packaging/cockpit/tool.js \
	packaging/cockpit/two_steps.js \
	packaging/cockpit/views.css \
	$(NULL)

# What software centers, and Cockpit's own list of applications, say of it.
metainfodir = $(datadir)/metainfo
metainfo_DATA = packaging/cockpit/org.cockpit_project.hostdevctl.metainfo.xml
EXTRA_DIST += $(metainfo_DATA)
