# SPDX-License-Identifier: GPL-2.0-or-later
libhostdev_la_SOURCES += \
	src/report/names.c \
	src/report/names.h \
	src/report/refusal.c \
	src/report/report.h \
	src/report/text.c \
	$(NULL)

# Not in the hook.
libhostdevcli_la_SOURCES += \
	src/report/changes.c \
	src/report/changes.h \
	src/report/device.c \
	src/report/device.h \
	src/report/diff.c \
	src/report/explain.h \
	src/report/explain_json.c \
	src/report/explain_text.c \
	src/report/json.c \
	src/report/json.h \
	src/report/map.h \
	src/report/map_fit.c \
	src/report/map_layout.c \
	src/report/map_measure.h \
	src/report/map_svg.c \
	src/report/map_text.c \
	src/report/map_tree.c \
	src/report/table.c \
	src/report/table.h \
	src/report/table_json.c \
	$(NULL)
