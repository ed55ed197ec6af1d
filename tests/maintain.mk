# SPDX-License-Identifier: GPL-2.0-or-later
# What goes beyond `make check`. Sub-builds have folders of their own, and are kept.

AM_DISTCHECK_CONFIGURE_FLAGS = --enable-werror \
	--with-systemdsystemunitdir='$${prefix}/lib/systemd/system'

.PHONY: lint check-sanitize check-valgrind check-compilers bench

lint:
	@bash '$(srcdir)/tests/lint/run'

# $(call sub_build,FOLDER,CONFIGURE-ARGUMENTS): configures once.
sub_build = $(MKDIR_P) $(1) && cd $(1) && \
	{ test -f config.status || '$(abs_srcdir)/configure' -q --enable-werror $(2); }

check-sanitize:
	@$(call sub_build,sub-sanitize,--enable-sanitizers) && $(MAKE) -s check

# Test programs only: the shell tests run programs that are not under valgrind.
VALGRIND = valgrind -q --error-exitcode=99 --leak-check=full --show-leak-kinds=definite \
	--errors-for-leak-kinds=definite --child-silent-after-fork=yes
VALGRIND_TESTS = $(filter-out %.sh,$(TESTS))
check-valgrind:
	@if ! command -v valgrind > /dev/null; then \
		echo 'SKIP: check-valgrind: valgrind is not installed'; \
	else \
		$(call sub_build,sub-valgrind,CFLAGS='-g -O1') && \
		$(MAKE) -s check TESTS='$(VALGRIND_TESTS)' LOG_COMPILER='$(VALGRIND)'; \
	fi

COMPILERS = gcc clang
check-compilers:
	@for cc in $(COMPILERS); do \
		if ! command -v $$cc > /dev/null; then \
			echo "SKIP: check-compilers: $$cc is not installed"; \
		elif ( $(call sub_build,sub-$$cc,CC=$$cc) && $(MAKE) -s all $(check_PROGRAMS) ); then \
			echo "PASS: check-compilers: $$cc"; \
		else \
			echo "FAIL: check-compilers: $$cc"; exit 1; \
		fi; \
	done

clean-local:
	rm -rf sub-sanitize sub-valgrind sub-gcc sub-clang
