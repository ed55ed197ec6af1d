# SPDX-License-Identifier: GPL-2.0-or-later
# Checks: rows on facts that are made by hand, and golden hosts.
UNIT_TESTS += \
	tests/check/test_allowances \
	tests/check/test_check_allow \
	tests/check/test_check_boot \
	tests/check/test_check_children \
	tests/check/test_check_companion \
	tests/check/test_check_cpu \
	tests/check/test_check_device \
	tests/check/test_check_display \
	tests/check/test_check_driver \
	tests/check/test_check_group \
	tests/check/test_check_handover \
	tests/check/test_check_holders \
	tests/check/test_check_hook \
	tests/check/test_check_hotplug \
	tests/check/test_check_identity \
	tests/check/test_check_iommu_host \
	tests/check/test_check_iommufd \
	tests/check/test_check_managed \
	tests/check/test_check_mdev \
	tests/check/test_check_migration \
	tests/check/test_check_network \
	tests/check/test_check_numa \
	tests/check/test_check_offer \
	tests/check/test_check_other_use \
	tests/check/test_check_override \
	tests/check/test_check_pool \
	tests/check/test_check_remapping \
	tests/check/test_check_remedy \
	tests/check/test_check_reset \
	tests/check/test_check_rom \
	tests/check/test_check_scsi \
	tests/check/test_check_serial \
	tests/check/test_check_sleep \
	tests/check/test_check_sriov \
	tests/check/test_check_storage \
	tests/check/test_check_topology \
	tests/check/test_check_usb \
	tests/check/test_check_vfio_modules \
	tests/check/test_checks \
	tests/check/test_remedy_commands \
	tests/check/test_desktop \
	tests/check/test_golden \
	tests/check/test_handover_answers \
	tests/check/test_other_device \
	tests/check/test_last_look \
	$(NULL)
EXTRA_DIST += tests/hosts

# Regenerates what the checks report for tests/hosts/*.tree: review the difference.
.PHONY: update-golden
update-golden: tests/check/test_golden hostdevctl tests/maketree
	$(AM_V_GEN)HD_UPDATE_GOLDEN=1 tests/check/test_golden > /dev/null
	$(AM_V_at)HD_UPDATE_GOLDEN=1 SRCDIR=$(abs_srcdir) BUILDDIR=$(abs_builddir) \
		bash $(srcdir)/tests/cli/test_hosts.sh > /dev/null
	@cd '$(srcdir)' && git --no-pager diff --stat -- tests/hosts 2> /dev/null || :
