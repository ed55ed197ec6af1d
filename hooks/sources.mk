# SPDX-License-Identifier: GPL-2.0-or-later
# What libvirt runs: a program that links the C library alone, and the engine
# that it loads for a guest that may pass a device.
pkglib_LTLIBRARIES = hostdevctl-engine.la
hostdevctl_engine_la_SOURCES = \
	hooks/event.c \
	hooks/event.h \
	hooks/prepare.c \
	hooks/release.c \
	hooks/session.c \
	hooks/session.h \
	hooks/verify.c \
	$(NULL)
hostdevctl_engine_la_LIBADD = libhostdev.la
hostdevctl_engine_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -shared \
	-export-symbols-regex '^hd_hook_engine$$'
