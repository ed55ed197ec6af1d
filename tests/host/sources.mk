# SPDX-License-Identifier: GPL-2.0-or-later
UNIT_TESTS += \
	tests/host/test_actor \
	tests/host/test_host \
	tests/host/test_host_events \
	tests/host/test_iommu \
	tests/host/test_iommufd \
	tests/host/test_lines \
	tests/host/test_memory \
	tests/host/test_namespaces \
	tests/host/test_host_sleep \
	$(NULL)
