# SPDX-License-Identifier: GPL-2.0-or-later
libhostdev_la_SOURCES += \
	src/explain/errno_name.c \
	src/explain/errno_name.h \
	src/explain/log_search.c \
	src/explain/log_search.h \
	src/explain/message.c \
	src/explain/message.h \
	src/explain/messages_amdgpu.c \
	src/explain/messages_domain.c \
	src/explain/messages_fault.c \
	src/explain/messages_iommu.c \
	src/explain/messages_kubernetes.c \
	src/explain/messages_libvirt.c \
	src/explain/messages_module.c \
	src/explain/messages_nvidia.c \
	src/explain/messages_pci.c \
	src/explain/messages_proxmox.c \
	src/explain/messages_qemu.c \
	src/explain/messages_security.c \
	src/explain/messages_shell.c \
	src/explain/messages_start.c \
	src/explain/messages_tool.c \
	src/explain/messages_usb_nvme.c \
	src/explain/messages_vf.c \
	src/explain/messages_vfio.c \
	src/explain/messages_vgpu.c \
	src/explain/paste.c \
	src/explain/paste.h \
	src/explain/pattern.c \
	src/explain/pattern.h \
	src/explain/subject.c \
	src/explain/subject.h \
	src/explain/trouble.c \
	src/explain/trouble.h \
	src/explain/wrapped.c \
	src/explain/wrapped.h \
	$(NULL)
