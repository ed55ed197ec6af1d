# SPDX-License-Identifier: GPL-2.0-or-later
# Targets beyond `make check`. Sub-builds have their own folders, which are kept.

AM_DISTCHECK_CONFIGURE_FLAGS = --enable-werror \
	--with-systemdsystemunitdir='$${prefix}/lib/systemd/system'

.PHONY: lint check-times check-sanitize distcheck-sanitize check-valgrind check-compilers check-hazards fuzz soak bench \
	explain-score

lint:
	@bash '$(srcdir)/tests/lint/run'

# CPU time of the tests that `make check` ran last, the slowest first.
check-times:
	@awk '$$1 == ":cpu-ms:" { \
			n += $$2; sub(/\.trs$$/, "", FILENAME); printf "%7.1f s  %s\n", $$2 / 1000, FILENAME } \
		END { printf "%7.1f s  in all\n", n / 1000 }' tests/*/*.trs | sort -rn | head -n 20

comma = ,

# $(call sub_build,FOLDER,CONFIGURE-ARGUMENTS): configures once.
sub_build = $(MKDIR_P) $(1) && cd $(1) && \
	{ test -f config.status || '$(abs_srcdir)/configure' -q --enable-werror $(2); }

# The page and Ansible ask the same hostdevctl as the other shell tests do; they add minutes and no code.
SANITIZED_TESTS = $(filter-out tests/cockpit/test_host.sh tests/cockpit/test_page.sh tests/ansible/%,$(TESTS))
SANITIZED = TEST_CPU_LIMIT= TESTS='$(SANITIZED_TESTS)'
LEAKS = LSAN_OPTIONS='suppressions=$(abs_srcdir)/tests/support/lsan.supp:print_suppressions=0'
check-sanitize:
	@$(call sub_build,sub-sanitize,--enable-sanitizers) && $(LEAKS) $(MAKE) -s check $(SANITIZED)

# The same of what a release will have.
distcheck-sanitize:
	@$(LEAKS) $(MAKE) -s distcheck DISTCHECK_CONFIGURE_FLAGS=--enable-sanitizers $(SANITIZED)

# Guided by coverage, each of FUZZ_TARGETS for FUZZ_SECONDS; see tests/fuzz/README.
FUZZ_SECONDS = 60
FUZZ_TARGETS = $(FUZZERS:tests/fuzz/fuzz_%=%)
FUZZ_FINDS = $(abs_srcdir)/tests/fuzz/corpus
FUZZ_CAN = echo 'int LLVMFuzzerTestOneInput(void) { return 0; }' | \
	clang -fsanitize=fuzzer,address,undefined -x c -o /dev/null - 2> /dev/null
fuzz:
	@if ! { $(FUZZ_CAN); }; then \
		echo 'SKIP: fuzz: clang with libFuzzer is not installed (Debian: clang, libclang-rt-dev)'; \
	else \
		$(call sub_build,sub-fuzz,--enable-sanitizers --disable-werror CC=clang \
			CFLAGS='-g -O1 -fsanitize=fuzzer-no-link$(comma)address$(comma)undefined') && \
		$(MAKE) -s $(FUZZ_TARGETS:%=tests/fuzz/fuzz_%) FUZZ_ENGINE= \
			FUZZ_LINK_FLAGS=-fsanitize=fuzzer && \
		FUZZ_SECONDS='$(FUZZ_SECONDS)' FUZZ_FINDS='$(FUZZ_FINDS)' bash \
			'$(abs_srcdir)/tests/fuzz/run' . '$(abs_srcdir)' $(FUZZ_TARGETS); \
	fi

# In this build, not one of its own: what is tested is what is installed.  Left out are shell tests (their programs
# do not run under valgrind), fuzzers (they have ASan), what needs openat2(2), which valgrind lacks, and
# what stops processes at system calls, measures time, or runs each command on each host.
VALGRIND_LACKS = tests/fuzz/fuzz_% tests/base/test_config_file tests/host/test_namespaces tests/pci/test_rom tests/base/test_sysroot \
	tests/run/test_apply tests/holders/test_holders_live tests/run/test_crash tests/run/test_crash_write tests/domain/test_request_limits \
	tests/domain/test_slots_random tests/base/test_spawn tests/run/test_hook_run tests/setup/test_transaction_crash tests/facts/test_unread \
	tests/cli/test_verdict tests/report/test_handover_notice
VALGRIND = valgrind -q --error-exitcode=99 --leak-check=full --show-leak-kinds=definite \
	--errors-for-leak-kinds=definite --child-silent-after-fork=yes \
	--suppressions='$(abs_srcdir)/tests/support/valgrind.supp'
VALGRIND_TESTS = $(filter-out %.sh $(VALGRIND_LACKS),$(TESTS))
check-valgrind:
	@if ! command -v valgrind > /dev/null; then \
		echo 'SKIP: check-valgrind: valgrind is not installed'; \
	else \
		$(MAKE) -s check TEST_CPU_LIMIT= TESTS='$(VALGRIND_TESTS)' LOG_COMPILER='$(VALGRIND)'; \
	fi

# `all` starts its own make, so these run one after the other: in parallel, two makes would build
# the same library.  Nothing runs what they make, and clang warns before it optimizes: without that it needs a fifth
# of the time.
COMPILERS = gcc clang
check-compilers:
	@for cc in $(COMPILERS); do \
		if ! command -v $$cc > /dev/null; then \
			echo "SKIP: check-compilers: $$cc is not installed"; \
		elif ( $(call sub_build,sub-$$cc,CC=$$cc $$([ $$cc != clang ] || echo CFLAGS=-O0)) && \
			$(MAKE) -s all && $(MAKE) -s $(EXTRA_PROGRAMS) $(check_PROGRAMS) ); then \
			echo "PASS: check-compilers: $$cc"; \
		else \
			echo "FAIL: check-compilers: $$cc"; exit 1; \
		fi; \
	done

# Needs root, and two or three hours.  HAZARDS="hazard-mounted_ext4 ..." runs only these.
check-hazards:
	@$(call sub_build,sub-lab,--prefix=/usr --sysconfdir=/etc --localstatedir=/var) && \
	$(MAKE) -s all && rm -rf tree && $(MAKE) -s install DESTDIR="$$(pwd)/tree" > install.log && \
	'$(abs_srcdir)/tests/lab/check-hazards' tree lab '$(abs_srcdir)/docs/hazards.md' $(HAZARDS)

# The races of the lab, 10,000 times: needs root, and one or two hours.
soak:
	@$(call sub_build,sub-lab,--prefix=/usr --sysconfdir=/etc --localstatedir=/var) && \
	$(MAKE) -s all && rm -rf tree && $(MAKE) -s install DESTDIR="$$(pwd)/tree" > install.log && \
	for stack in debian12 debian13 backports; do \
		LAB_LIMIT=16000 '$(abs_srcdir)/tests/lab/run' $$stack iommu tree soak-$$stack \
			--script '$(abs_srcdir)/tests/lab/soak.sh' || exit 1; \
	done

clean-local:
	rm -rf sub-sanitize sub-gcc sub-clang sub-lab sub-fuzz deb rpm

BENCHES = tests/bench/bench_apply tests/bench/bench_empty tests/bench/bench_holders \
	tests/bench/bench_host tests/bench/bench_run
EXTRA_PROGRAMS += $(BENCHES)
tests_bench_bench_empty_CFLAGS = $(AM_CFLAGS) $(HD_PIE_CFLAGS)
tests_bench_bench_empty_LDFLAGS = $(AM_LDFLAGS) $(HD_PIE_LDFLAGS)
tests_bench_bench_empty_LDADD =
bench: all
	@$(MAKE) -s $(BENCHES) libpreloadkernel.la
	@bash '$(srcdir)/tests/bench/run' .

# What explain makes of messages that nobody listed.  EXPLAIN_HALF=open shows each answer.
EXTRA_PROGRAMS += tests/explain/explain_score
EXPLAIN_HALF =
explain-score:
	@$(MAKE) -s tests/explain/explain_score
	@LD_LIBRARY_PATH='$(abs_top_builddir)/.libs' tests/explain/explain_score \
		'$(srcdir)/tests/explain/messages' $(EXPLAIN_HALF)
CLEANFILES += $(EXTRA_PROGRAMS)
EXTRA_DIST += tests/support/lsan.supp tests/support/valgrind.supp
EXTRA_DIST += tests/bench/run tests/lint tests/lab quickstart .ci
