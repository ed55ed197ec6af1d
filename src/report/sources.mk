# SPDX-License-Identifier: GPL-2.0-or-later
libhostdev_la_SOURCES += \
	src/report/handover_notice.c \
	src/report/handover_notice.h \
	src/report/handover_record.c \
	src/report/handover_record.h \
	src/report/plan_words.c \
	src/report/plan_words.h \
	src/report/refusal.c \
	src/report/repeated.c \
	src/report/repeated.h \
	src/report/report.h \
	src/report/report_text.c \
	src/report/text_console.c \
	src/report/text_console.h \
	$(NULL)

# Not in the hook.
libhostdevcli_la_SOURCES += \
	src/report/device_report.c \
	src/report/device_report.h \
	src/report/diff.c \
	src/report/event_report.c \
	src/report/event_report.h \
	src/report/explain.h \
	src/report/explain_json.c \
	src/report/explain_text.c \
	src/report/export.c \
	src/report/export.h \
	src/report/export_harvester.c \
	src/report/export_kubevirt.c \
	src/report/export_nova.c \
	src/report/export_proxmox.c \
	src/report/handover_ends.c \
	src/report/handover_ends.h \
	src/report/handover_report.c \
	src/report/handover_report.h \
	src/report/host_answer.c \
	src/report/host_answer.h \
	src/report/hosts_report.c \
	src/report/hosts_report.h \
	src/report/map.h \
	src/report/map_equal.c \
	src/report/map_fit.c \
	src/report/map_html.c \
	src/report/map_layout.c \
	src/report/map_layout.h \
	src/report/map_measure.c \
	src/report/map_pieces.c \
	src/report/map_port.c \
	src/report/map_svg.c \
	src/report/map_text.c \
	src/report/map_words.c \
	src/report/map_words.h \
	src/report/map_write.c \
	src/report/map_write.h \
	src/report/map_tree.c \
	src/report/metrics.c \
	src/report/metrics.h \
	src/report/recovery_json.c \
	src/report/recovery_json.h \
	src/report/report_json.c \
	src/report/report_json.h \
	src/report/setup_report.c \
	src/report/setup_report.h \
	src/report/table.c \
	src/report/table.h \
	src/report/table_fit.c \
	src/report/table_json.c \
	src/report/table_merge.c \
	src/report/table_merge.h \
	$(NULL)

# Style sheets and the script of maps, as texts in C with their hashes for the page's policy.
map_assets = \
	$(srcdir)/src/report/map_page.css \
	$(srcdir)/src/report/map_page.js \
	$(srcdir)/src/report/map_svg.css \
	$(NULL)
EXTRA_DIST += $(map_assets) src/report/map_assets.sh
BUILT_SOURCES += src/report/map_assets.h
CLEANFILES += src/report/map_assets.h
src/report/map_assets.h: $(map_assets) $(srcdir)/src/report/map_assets.sh
	$(AM_V_GEN)$(MKDIR_P) src/report && \
	$(SHELL) $(srcdir)/src/report/map_assets.sh $(map_assets) > $@.tmp && mv $@.tmp $@
$(libhostdevcli_la_OBJECTS): | src/report/map_assets.h
