# SPDX-License-Identifier: GPL-2.0-or-later
# Not in the hook, whose checks have the headers alone.
libhostdevcli_la_SOURCES += \
	src/scheduler/address_pattern.c \
	src/scheduler/address_pattern.h \
	src/scheduler/configuration.c \
	src/scheduler/configuration.h \
	src/scheduler/configuration_internal.h \
	src/scheduler/document.c \
	src/scheduler/document.h \
	src/scheduler/document_json.c \
	src/scheduler/document_yaml.c \
	src/scheduler/offered.h \
	src/scheduler/read_kubernetes.c \
	src/scheduler/read_nova.c \
	src/scheduler/read_proxmox.c \
	$(NULL)
