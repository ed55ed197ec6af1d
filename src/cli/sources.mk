# SPDX-License-Identifier: GPL-2.0-or-later
libhostdevcli_la_SOURCES += \
	src/cli/allow_options.c \
	src/cli/allow_options.h \
	src/cli/apart.c \
	src/cli/apart.h \
	src/cli/attach.c \
	src/cli/attach.h \
	src/cli/captured_host.c \
	src/cli/captured_host.h \
	src/cli/case.c \
	src/cli/case.h \
	src/cli/change.c \
	src/cli/change.h \
	src/cli/cmd_attach.c \
	src/cli/cmd_capture.c \
	src/cli/cmd_check.c \
	src/cli/cmd_complete.c \
	src/cli/cmd_detach.c \
	src/cli/cmd_detach_from.c \
	src/cli/cmd_doctor.c \
	src/cli/cmd_explain.c \
	src/cli/cmd_list.c \
	src/cli/cmd_map.c \
	src/cli/cmd_nodedev.c \
	src/cli/cmd_plan.c \
	src/cli/cmd_reattach.c \
	src/cli/cmd_recover.c \
	src/cli/cmd_setup.c \
	src/cli/cmd_show.c \
	src/cli/cmd_status.c \
	src/cli/cmd_xml.c \
	src/cli/columns.c \
	src/cli/columns.h \
	src/cli/columns_choose.c \
	src/cli/command.h \
	src/cli/commands.c \
	src/cli/complete.c \
	src/cli/complete.h \
	src/cli/complete_offer.c \
	src/cli/elements.c \
	src/cli/elements.h \
	src/cli/giveback.c \
	src/cli/giveback.h \
	src/cli/guest_change.c \
	src/cli/guest_change.h \
	src/cli/guest_scope.c \
	src/cli/guest_scope.h \
	src/cli/guest_slots.c \
	src/cli/guest_slots.h \
	src/cli/guest_xml.c \
	src/cli/guest_xml.h \
	src/cli/help.c \
	src/cli/help.h \
	src/cli/judge.c \
	src/cli/judge.h \
	src/cli/list_tree.c \
	src/cli/list_tree.h \
	src/cli/listing.c \
	src/cli/listing.h \
	src/cli/message_findings.c \
	src/cli/message_findings.h \
	src/cli/nodedev_mdev.c \
	src/cli/nodedev_mdev.h \
	src/cli/nodedevs.c \
	src/cli/nodedevs.h \
	src/cli/operands.c \
	src/cli/operands.h \
	src/cli/options.c \
	src/cli/options.h \
	src/cli/setup.h \
	src/cli/setup_bind.c \
	src/cli/setup_boot_pages.c \
	src/cli/setup_host.c \
	src/cli/setup_hugepages.c \
	src/cli/setup_hugepages.h \
	src/cli/setup_mdev.c \
	src/cli/setup_pages.c \
	src/cli/setup_vfs.c \
	src/cli/setup_vfs.h \
	src/cli/setup_vfs_free.c \
	src/cli/take.c \
	src/cli/take.h \
	src/cli/virt.h \
	src/cli/without_step.c \
	src/cli/without_step.h \
	$(NULL)

# What needs libvirt is loaded by the commands that do (virt_module.h).
libhostdevcli_la_SOURCES += src/cli/virt_load.c src/cli/virt_module.h
if HAVE_LIBVIRT
pkglib_LTLIBRARIES += hostdevctl-libvirt.la
hostdevctl_libvirt_la_SOURCES = \
	src/cli/apart.c \
	src/cli/virt.c \
	src/cli/virt_guest.c \
	src/cli/virt_mdev.c \
	src/cli/virt_module.c \
	src/cli/virt_nodedevs.c \
	src/cli/virt_open.h \
	src/domain/hostdev_elements.c \
	src/inventory/nodedev_xml.c \
	src/inventory/nodedev_xml.h \
	$(NULL)
hostdevctl_libvirt_la_CPPFLAGS = $(AM_CPPFLAGS) $(LIBVIRT_CFLAGS) $(LIBXML2_CFLAGS)
hostdevctl_libvirt_la_LIBADD = libhostdev.la $(LIBVIRT_LIBS)
hostdevctl_libvirt_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -shared \
	-export-symbols-regex '^hd_virt_module$$'
# AddressSanitizer looks up what it wraps when a program starts (of these libraries, xdr_*()),
# and calls NULL for what is loaded later.
SANITIZED_LIBVIRT = $(if $(findstring -fsanitize,$(HD_CFLAGS)),-Xlinker --no-as-needed $(LIBVIRT_LIBS))
endif

sbin_PROGRAMS = hostdevctl
hostdevctl_SOURCES = src/cli/main.c
hostdevctl_CFLAGS = $(AM_CFLAGS) $(HD_PIE_CFLAGS)
hostdevctl_LDFLAGS = $(AM_LDFLAGS) $(HD_PIE_LDFLAGS) $(SANITIZED_LIBVIRT) -R $(pkglibdir)
hostdevctl_LDADD = libhostdevcli.la libhostdev.la
