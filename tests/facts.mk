# SPDX-License-Identifier: GPL-2.0-or-later
UNIT_FACTS = \
	tests/test_tree \
	tests/test_lines \
	tests/test_pci \
	tests/test_pci_parts \
	tests/test_iommu \
	tests/test_host \
	tests/test_modules \
	tests/test_variant \
	$(NULL)
check_PROGRAMS += $(UNIT_FACTS)
TESTS += $(UNIT_FACTS)
tests_test_tree_SOURCES = tests/test_tree.c
tests_test_tree_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_tree_LDADD = $(TEST_LIBS)
tests_test_lines_SOURCES = tests/test_lines.c
tests_test_lines_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_lines_LDADD = $(TEST_LIBS)
tests_test_pci_SOURCES = tests/test_pci.c
tests_test_pci_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_pci_LDADD = $(TEST_LIBS)
tests_test_pci_parts_SOURCES = tests/test_pci_parts.c
tests_test_pci_parts_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_pci_parts_LDADD = $(TEST_LIBS)
tests_test_iommu_SOURCES = tests/test_iommu.c
tests_test_iommu_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_iommu_LDADD = $(TEST_LIBS)
tests_test_host_SOURCES = tests/test_host.c
tests_test_host_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_host_LDADD = $(TEST_LIBS)
tests_test_modules_SOURCES = tests/test_modules.c
tests_test_modules_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_modules_LDADD = $(TEST_LIBS)
tests_test_variant_SOURCES = tests/test_variant.c
tests_test_variant_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_variant_LDADD = $(TEST_LIBS)

# Who uses the functions: storage, network, guests, holders.
UNIT_USERS = \
	tests/test_storage \
	tests/test_storage_uses \
	$(NULL)
check_PROGRAMS += $(UNIT_USERS)
TESTS += $(UNIT_USERS)
STORAGE_ROW = tests/support/storagerow.c tests/support/storagerow.h
tests_test_storage_SOURCES = tests/test_storage.c $(STORAGE_ROW)
tests_test_storage_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_storage_LDADD = $(TEST_LIBS)
tests_test_storage_uses_SOURCES = tests/test_storage_uses.c $(STORAGE_ROW)
tests_test_storage_uses_CPPFLAGS = $(TEST_CPPFLAGS)
tests_test_storage_uses_LDADD = $(TEST_LIBS)
