# SPDX-License-Identifier: GPL-2.0-or-later
libhostdev_la_SOURCES += \
	src/facts/network/network.c \
	src/facts/network/network.h \
	src/facts/network/network_addresses.c \
	src/facts/network/network_elsewhere.c \
	src/facts/network/network_routes.c \
	src/facts/network/network_routes_kernel.c \
	src/facts/network/network_rtnl.c \
	src/facts/network/network_rtnl.h \
	src/facts/network/network_stack.c \
	src/facts/network/network_stack.h \
	src/facts/network/network_tables.c \
	src/facts/network/network_tables.h \
	src/facts/network/network_tcp.c \
	$(NULL)
