# SPDX-License-Identifier: GPL-2.0-or-later
# The tool from the outside (shell) and its rows from the inside.
UNIT_TESTS += \
	tests/cli/test_cli_options \
	tests/cli/test_cli_tree \
	tests/cli/test_completion \
	tests/cli/test_host_pool \
	tests/cli/test_notes_stream \
	tests/cli/test_rehearsal_unit \
	tests/cli/test_verdict \
	$(NULL)
SHELL_TESTS += \
	tests/cli/test_against.sh \
	tests/cli/test_attach.sh \
	tests/cli/test_attach_live.sh \
	tests/cli/test_capture.sh \
	tests/cli/test_check.sh \
	tests/cli/test_complete.sh \
	tests/cli/test_detach.sh \
	tests/cli/test_doctor.sh \
	tests/cli/test_explain.sh \
	tests/cli/test_export.sh \
	tests/cli/test_guest.sh \
	tests/cli/test_handover.sh \
	tests/cli/test_hostile.sh \
	tests/cli/test_hosts.sh \
	tests/cli/test_hotplug.sh \
	tests/cli/test_list.sh \
	tests/cli/test_manual.sh \
	tests/cli/test_many_hosts.sh \
	tests/cli/test_map.sh \
	tests/cli/test_metrics.sh \
	tests/cli/test_monitor.sh \
	tests/cli/test_names.sh \
	tests/cli/test_plan_handover.sh \
	tests/cli/test_pools.sh \
	tests/cli/test_replug.sh \
	tests/cli/test_replug_live.sh \
	tests/cli/test_override.sh \
	tests/cli/test_schema.sh \
	tests/cli/test_scsi.sh \
	tests/cli/test_setup.sh \
	tests/cli/test_setup_devices.sh \
	tests/cli/test_setup_grub.sh \
	tests/cli/test_show.sh \
	tests/cli/test_sleep.sh \
	tests/cli/test_status.sh \
	tests/cli/test_usage.sh \
	tests/cli/test_xml.sh \
	tests/cli/test_xml_guest.sh \
	$(NULL)
EXTRA_DIST += tests/cli/export-odd-devices.txt tests/cli/export-workstation.txt tests/cli/list-cheap.txt tests/cli/list-judged.txt tests/cli/list-tree.txt \
	tests/cli/list-remote.txt tests/cli/list-usual.txt tests/cli/nodedevs.xml tests/cli/scsi.txt tests/cli/show.txt tests/cli/map.txt tests/cli/map-svg.txt

# All commands and the hook's engine in one program; libvirt's answer is made up.
tests_cli_test_verdict_SOURCES = $(hostdevctl_engine_la_SOURCES) tests/cli/test_verdict.c
tests_cli_test_verdict_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=hd_guest_state
