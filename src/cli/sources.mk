# SPDX-License-Identifier: GPL-2.0-or-later
libhostdevcli_la_SOURCES += \
	src/cli/attach_missing.c \
	src/cli/attach_missing.h \
	src/cli/captured_host.c \
	src/cli/captured_host.h \
	src/cli/cells.c \
	src/cli/check_against.c \
	src/cli/check_against.h \
	src/cli/choose_again.c \
	src/cli/choose_again.h \
	src/cli/choose_any.c \
	src/cli/choose_any.h \
	src/cli/cmd_attach.c \
	src/cli/cmd_capture.c \
	src/cli/cmd_check.c \
	src/cli/cmd_complete.c \
	src/cli/cmd_detach.c \
	src/cli/cmd_detach_from.c \
	src/cli/cmd_doctor.c \
	src/cli/cmd_explain.c \
	src/cli/cmd_export.c \
	src/cli/cmd_handover.c \
	src/cli/cmd_list.c \
	src/cli/cmd_map.c \
	src/cli/cmd_metrics.c \
	src/cli/cmd_monitor.c \
	src/cli/cmd_nodedev.c \
	src/cli/cmd_plan.c \
	src/cli/cmd_reattach.c \
	src/cli/cmd_recover.c \
	src/cli/cmd_relocate.c \
	src/cli/cmd_replug.c \
	src/cli/cmd_rehearse.c \
	src/cli/cmd_setup.c \
	src/cli/cmd_show.c \
	src/cli/cmd_sleep.c \
	src/cli/cmd_start.c \
	src/cli/cmd_status.c \
	src/cli/cmd_xml.c \
	src/cli/columns.c \
	src/cli/columns.h \
	src/cli/command.h \
	src/cli/commands.c \
	src/cli/complete.c \
	src/cli/complete.h \
	src/cli/confirm.c \
	src/cli/confirm.h \
	src/cli/explain_host.c \
	src/cli/explain_host.h \
	src/cli/explain_named.c \
	src/cli/explain_named.h \
	src/cli/handover_modes.h \
	src/cli/handover_plan.c \
	src/cli/handover_policy.c \
	src/cli/handover_rehearse.c \
	src/cli/host_pool.c \
	src/cli/host_pool.h \
	src/cli/list_tree.c \
	src/cli/list_tree.h \
	src/cli/listing.c \
	src/cli/listing.h \
	src/cli/many_choose.c \
	src/cli/many_hosts.c \
	src/cli/many_hosts.h \
	src/cli/metrics_held.c \
	src/cli/metrics_held.h \
	src/cli/move_guest.c \
	src/cli/move_guest.h \
	src/cli/notes_stream.c \
	src/cli/notes_stream.h \
	src/cli/node_name.c \
	src/cli/node_name.h \
	src/cli/operands.c \
	src/cli/operands.h \
	src/cli/options.c \
	src/cli/options.h \
	src/cli/rehearsal.c \
	src/cli/rehearsal.h \
	src/cli/run_on_host.c \
	src/cli/run_on_host.h \
	src/cli/set_replug.c \
	src/cli/set_replug.h \
	src/cli/show_report.c \
	src/cli/show_report.h \
	src/cli/terminal.c \
	src/cli/terminal.h \
	src/cli/xml_split.c \
	src/cli/xml_split.h \
	$(NULL)

sbin_PROGRAMS = hostdevctl
hostdevctl_SOURCES = src/cli/main.c
hostdevctl_CPPFLAGS = $(HD_CPPFLAGS)
hostdevctl_CFLAGS = $(AM_CFLAGS) $(HD_PIE_CFLAGS)
hostdevctl_LDFLAGS = $(AM_LDFLAGS) $(HD_PIE_LDFLAGS) $(SANITIZED_LIBVIRT) -R $(pkglibdir)
hostdevctl_LDADD = libhostdevcli.la libhostdev.la
