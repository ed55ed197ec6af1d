# SPDX-License-Identifier: GPL-2.0-or-later
# Checks: rows on facts that are made by hand, and golden hosts.
UNIT_CHECK = \
	tests/test_checks \
	tests/test_check_allow \
	tests/test_check_boot \
	tests/test_check_hook \
	tests/test_check_numa \
	tests/test_check_children \
	tests/test_check_companion \
	tests/test_check_cpu \
	tests/test_check_device \
	tests/test_check_display \
	tests/test_check_driver \
	tests/test_check_group \
	tests/test_check_holders \
	tests/test_check_identity \
	tests/test_check_iommu_host \
	tests/test_check_managed \
	tests/test_check_mdev \
	tests/test_check_network \
	tests/test_check_override \
	tests/test_check_pool \
	tests/test_check_remapping \
	tests/test_check_remedy \
	tests/test_check_reset \
	tests/test_check_rom \
	tests/test_check_serial \
	tests/test_check_sriov \
	tests/test_check_storage \
	tests/test_check_topology \
	tests/test_check_usb \
	tests/test_check_vfio_modules \
	tests/test_desktop \
	tests/test_golden \
	tests/test_rom \
	$(NULL)
EXTRA_PROGRAMS += $(UNIT_CHECK)
TESTS += $(UNIT_CHECK)
EXTRA_DIST += tests/hosts

# Regenerates what the checks report for tests/hosts/*.tree: review the difference.
.PHONY: update-golden
update-golden: tests/test_golden hostdevctl tests/maketree
	$(AM_V_GEN)HD_UPDATE_GOLDEN=1 tests/test_golden > /dev/null
	$(AM_V_at)HD_UPDATE_GOLDEN=1 SRCDIR=$(abs_srcdir) BUILDDIR=$(abs_builddir) \
		bash $(srcdir)/tests/cli/test_hosts.sh > /dev/null
	@cd '$(srcdir)' && git --no-pager diff --stat -- tests/hosts 2> /dev/null || :
