# SPDX-License-Identifier: GPL-2.0-or-later
UNIT_TESTS += \
	tests/facts/test_facts \
	tests/facts/test_handover_facts \
	tests/facts/test_other_uses \
	tests/facts/test_setup \
	tests/facts/test_unread \
	$(NULL)
# Each read of a file, a link or a folder can be made to fail.
WRAPPED_READS = \
	-Wl,--wrap=open,--wrap=openat,--wrap=__openat_2,--wrap=syscall \
	-Wl,--wrap=read,--wrap=pread,--wrap=readlink,--wrap=readlinkat \
	-Wl,--wrap=fdopendir,--wrap=opendir,--wrap=readdir,--wrap=fstat \
	-Wl,--wrap=fstatat,--wrap=statx,--wrap=getdents64,--wrap=access,--wrap=faccessat \
	-Wl,--wrap=ioctl,--wrap=socket,--wrap=sendto,--wrap=recvmsg \
	-Wl,--wrap=if_indextoname,--wrap=if_nametoindex \
	$(NULL)
tests_facts_test_unread_LDFLAGS = $(WRAPPED_READS)
