# SPDX-License-Identifier: GPL-2.0-or-later
# Checks: rows on facts that are made by hand, and golden hosts.
libtestsupport_la_SOURCES += \
	tests/support/checkcase.c \
	tests/support/checkcase.h \
	$(NULL)
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
tests_test_checks_SOURCES = tests/test_checks.c
tests_test_checks_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_checks_LDADD = $(TEST_LIBS)
tests_test_check_allow_SOURCES = tests/test_check_allow.c
tests_test_check_allow_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_check_allow_LDADD = $(TEST_LIBS)
tests_test_check_boot_SOURCES = tests/test_check_boot.c
tests_test_check_boot_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_check_boot_LDADD = $(TEST_LIBS)
tests_test_check_hook_SOURCES = tests/test_check_hook.c
tests_test_check_hook_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_check_hook_LDADD = $(TEST_LIBS)
tests_test_check_numa_SOURCES = tests/test_check_numa.c
tests_test_check_numa_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_check_numa_LDADD = $(TEST_LIBS)
tests_test_check_children_SOURCES = tests/test_check_children.c
tests_test_check_children_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_check_children_LDADD = $(TEST_LIBS)
tests_test_check_companion_SOURCES = tests/test_check_companion.c
tests_test_check_companion_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_check_companion_LDADD = $(TEST_LIBS)
tests_test_check_cpu_SOURCES = tests/test_check_cpu.c
tests_test_check_cpu_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_check_cpu_LDADD = $(TEST_LIBS)
tests_test_check_device_SOURCES = tests/test_check_device.c
tests_test_check_device_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_check_device_LDADD = $(TEST_LIBS)
tests_test_check_display_SOURCES = tests/test_check_display.c
tests_test_check_display_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_check_display_LDADD = $(TEST_LIBS)
tests_test_check_driver_SOURCES = tests/test_check_driver.c
tests_test_check_driver_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_check_driver_LDADD = $(TEST_LIBS)
tests_test_check_group_SOURCES = tests/test_check_group.c
tests_test_check_group_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_check_group_LDADD = $(TEST_LIBS)
tests_test_check_holders_SOURCES = tests/test_check_holders.c
tests_test_check_holders_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_check_holders_LDADD = $(TEST_LIBS)
tests_test_check_identity_SOURCES = tests/test_check_identity.c
tests_test_check_identity_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_check_identity_LDADD = $(TEST_LIBS)
tests_test_check_iommu_host_SOURCES = tests/test_check_iommu_host.c
tests_test_check_iommu_host_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_check_iommu_host_LDADD = $(TEST_LIBS)
tests_test_check_managed_SOURCES = tests/test_check_managed.c
tests_test_check_managed_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_check_managed_LDADD = $(TEST_LIBS)
tests_test_check_mdev_SOURCES = tests/test_check_mdev.c
tests_test_check_mdev_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_check_mdev_LDADD = $(TEST_LIBS)
tests_test_check_serial_SOURCES = tests/test_check_serial.c
tests_test_check_serial_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_check_serial_LDADD = $(TEST_LIBS)
tests_test_check_usb_SOURCES = tests/test_check_usb.c
tests_test_check_usb_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_check_usb_LDADD = $(TEST_LIBS)
tests_test_check_network_SOURCES = tests/test_check_network.c
tests_test_check_network_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_check_network_LDADD = $(TEST_LIBS)
tests_test_check_override_SOURCES = tests/test_check_override.c
tests_test_check_override_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_check_override_LDADD = $(TEST_LIBS)
tests_test_check_pool_SOURCES = tests/test_check_pool.c
tests_test_check_pool_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_check_pool_LDADD = $(TEST_LIBS)
tests_test_check_remapping_SOURCES = tests/test_check_remapping.c
tests_test_check_remapping_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_check_remapping_LDADD = $(TEST_LIBS)
tests_test_check_remedy_SOURCES = tests/test_check_remedy.c
tests_test_check_remedy_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_check_remedy_LDADD = $(TEST_LIBS)
tests_test_check_reset_SOURCES = tests/test_check_reset.c
tests_test_check_reset_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_check_reset_LDADD = $(TEST_LIBS)
tests_test_check_rom_SOURCES = tests/test_check_rom.c
tests_test_check_rom_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_check_rom_LDADD = $(TEST_LIBS)
tests_test_check_sriov_SOURCES = tests/test_check_sriov.c
tests_test_check_sriov_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_check_sriov_LDADD = $(TEST_LIBS)
tests_test_check_storage_SOURCES = tests/test_check_storage.c
tests_test_check_storage_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_check_storage_LDADD = $(TEST_LIBS)
tests_test_check_topology_SOURCES = tests/test_check_topology.c
tests_test_check_topology_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_check_topology_LDADD = $(TEST_LIBS)
tests_test_check_vfio_modules_SOURCES = tests/test_check_vfio_modules.c
tests_test_check_vfio_modules_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_check_vfio_modules_LDADD = $(TEST_LIBS)
tests_test_rom_SOURCES = tests/test_rom.c
tests_test_rom_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_rom_LDADD = $(TEST_LIBS)
tests_test_desktop_SOURCES = tests/test_desktop.c
tests_test_desktop_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_desktop_LDADD = $(TEST_LIBS)
tests_test_golden_SOURCES = tests/test_golden.c
tests_test_golden_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_golden_LDADD = $(TEST_LIBS)
EXTRA_DIST += tests/hosts

# Regenerates what the checks report for tests/hosts/*.tree: review the difference.
.PHONY: update-golden
update-golden: tests/test_golden hostdevctl tests/maketree
	$(AM_V_GEN)HD_UPDATE_GOLDEN=1 tests/test_golden > /dev/null
	$(AM_V_at)HD_UPDATE_GOLDEN=1 SRCDIR=$(abs_srcdir) BUILDDIR=$(abs_builddir) \
		bash $(srcdir)/tests/cli/test_hosts.sh > /dev/null
	@cd '$(srcdir)' && git --no-pager diff --stat -- tests/hosts 2> /dev/null || :
