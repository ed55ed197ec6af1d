/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * holders_kernel.c - who has a device node open? Asked of the kernel at once.
 *
 * /proc tells it with some system calls for each descriptor, makes and keeps an
 * inode for each of them, and does not tell it of processes that a security
 * module shields from us.  The kernel can also walk all tasks' files and
 * mappings itself and run a program on each (Documentation/bpf/bpf_iterators.rst;
 * files 5.8, mappings 5.12): ours compares one device number, or the number of an
 * inode of sysfs, and writes down those that match.  It is some forty
 * instructions, reads only, and the kernel's verifier proves that it ends.
 *
 * Linux kernel/bpf/task_iter.c skips threads that share their process's table,
 * and visits those that have one of their own.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/magic.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "facts/holders/btf.h"
#include "facts/holders/holders_internal.h"
#include "facts/host/namespaces.h"

#define MAX_MATCHED 512		/* nodes that one program compares */
#define MAX_TRIES 4096		/* one read visits up to a million objects, then says EAGAIN */
#define FIXED_INSNS 50

/* Members of the iterators' contexts (bpf_iter__task_file, bpf_iter__task_vma). */
#define CTX_META 0
#define CTX_TASK 8
#define CTX_FILE 24
#define CTX_VMA 16
#define META_SEQ 0

#define MATCHES (BPF_JMP32 | BPF_JEQ | BPF_K)

/* What the program writes down. */
struct record {
	uint32_t pid, number, mode, flags;
};

/* Where the kernel that runs has what. */
struct hd_kernel_types {
	int file_inode, file_flags, inode_device, inode_mode, task_process, vma_file;
	int inode_number, inode_super, super_magic;
	int iter_file, iter_vma;	/* the ids of the iterators' functions */
};

struct program {
	struct bpf_insn insns[MAX_MATCHED + FIXED_INSNS];
	unsigned n;
	unsigned ends[8];	/* jumps to the end */
	unsigned n_ends;
};

static const struct want {
	const char *name, *member;	/* as in hd_btf_want */
	size_t at;
} wants[] = {
	{ "file", "f_inode", offsetof(struct hd_kernel_types, file_inode) },
	{ "file", "f_flags", offsetof(struct hd_kernel_types, file_flags) },
	{ "inode", "i_rdev", offsetof(struct hd_kernel_types, inode_device) },
	{ "inode", "i_mode", offsetof(struct hd_kernel_types, inode_mode) },
	{ "inode", "i_ino", offsetof(struct hd_kernel_types, inode_number) },
	{ "inode", "i_sb", offsetof(struct hd_kernel_types, inode_super) },
	{ "super_block", "s_magic", offsetof(struct hd_kernel_types, super_magic) },
	{ "task_struct", "tgid", offsetof(struct hd_kernel_types, task_process) },
	{ "vm_area_struct", "vm_file", offsetof(struct hd_kernel_types, vma_file) },
	{ "bpf_iter_task_file", NULL, offsetof(struct hd_kernel_types, iter_file) },
	{ "bpf_iter_task_vma", NULL, offsetof(struct hd_kernel_types, iter_vma) },
};

static int read_types(struct hd_kernel_types *ret, const struct hd_sysroot *root, struct hd_arena *arena)
{
	struct hd_btf_want asked[HD_ARRAY_SIZE(wants)];
	int rc;

	for (size_t i = 0; i < HD_ARRAY_SIZE(wants); i++)
		asked[i] = (struct hd_btf_want){ wants[i].name, wants[i].member, -ENOENT };
	rc = hd_btf_find(asked, HD_ARRAY_SIZE(asked), root, arena);
	for (size_t i = 0; rc == 0 && i < HD_ARRAY_SIZE(wants); i++) {
		int value = asked[i].result;

		/* the programs' loads have 16 bits for an offset */
		if (value < 0 || (wants[i].member && value > INT16_MAX))
			return -ENOENT;
		memcpy((char *)ret + wants[i].at, &value, sizeof(value));
	}
	return rc;
}

static void add_instruction(struct program *program, unsigned code, unsigned to, unsigned from,
			    int offset, int32_t value)
{
	program->insns[program->n++] = (struct bpf_insn){
		.code = (uint8_t)code, .dst_reg = to & 0xf, .src_reg = from & 0xf,
		.off = (int16_t)offset, .imm = value,
	};
}

static void load_member(struct program *program, unsigned size, unsigned to, unsigned from,
			int offset)
{
	add_instruction(program, BPF_LDX | BPF_MEM | size, to, from, offset, 0);
}

/* A jump to the end, whose offset is not known yet. */
static void end_if(struct program *program, unsigned jump, unsigned reg, int32_t value)
{
	program->ends[program->n_ends++] = program->n;
	add_instruction(program, BPF_JMP | jump | BPF_K, reg, 0, 0, value);
}

/* Loads a pointer, and ends if it is NULL. */
static void follow_pointer(struct program *program, unsigned to, unsigned from, int offset)
{
	load_member(program, BPF_DW, to, from, offset);
	end_if(program, BPF_JEQ, to, 0);
}

static void store_member(struct program *program, unsigned from, size_t member)
{
	add_instruction(program, BPF_STX | BPF_MEM | BPF_W, BPF_REG_10, from,
			(int)member - (int)sizeof(struct record), 0);
}

static void finish_program(struct program *program)
{
	for (unsigned i = 0; i < program->n_ends; i++)
		program->insns[program->ends[i]].off =
			(int16_t)(program->n - program->ends[i] - 1);
	add_instruction(program, BPF_ALU64 | BPF_MOV | BPF_K, BPF_REG_0, 0, 0, 0);
	add_instruction(program, BPF_JMP | BPF_EXIT, 0, 0, 0, 0);
}

/* The device, or the file of sysfs, in r9; ends if it is none of ours. */
static void match_nodes(struct program *program, const struct hd_scan *scan, bool is_file)
{
	for (size_t i = 0; i < scan->n_nodes; i++) {
		const struct hd_node *node = &scan->nodes[i];
		unsigned number = is_file ? node->minor : node->major << 20 | node->minor;

		if (hd_node_is_file(node) == is_file)
			add_instruction(program, MATCHES, BPF_REG_9, 0, 0, (int32_t)number);
	}
	end_if(program, BPF_JA, 0, 0);
}

/* Those that match go on here. */
static void end_match(struct program *program)
{
	for (unsigned i = 0; i < program->n; i++)
		if (program->insns[i].code == MATCHES)
			program->insns[i].off = (int16_t)(program->n - i - 1);
}

/* r6 context, r7 file, r8 task, r1 inode, r9 number of device or inode. */
static void match_inode(struct program *program, const struct hd_scan *scan,
			const struct hd_kernel_types *types)
{
	unsigned skip;

	load_member(program, BPF_W, BPF_REG_9, BPF_REG_1, types->inode_device);
	if (scan->n_files) {
		skip = program->n;
		add_instruction(program, BPF_JMP | BPF_JNE | BPF_K, BPF_REG_9, 0, 0, 0);
		follow_pointer(program, BPF_REG_2, BPF_REG_1, types->inode_super);
		load_member(program, BPF_DW, BPF_REG_2, BPF_REG_2, types->super_magic);
		end_if(program, BPF_JNE, BPF_REG_2, SYSFS_MAGIC);
		load_member(program, BPF_DW, BPF_REG_9, BPF_REG_1, types->inode_number);
		match_nodes(program, scan, true);
		program->insns[skip].off = (int16_t)(program->n - skip - 1);
	}
	match_nodes(program, scan, false);
	end_match(program);
}

static void record_holder(struct program *program, const struct hd_kernel_types *types)
{
	store_member(program, BPF_REG_9, offsetof(struct record, number));
	load_member(program, BPF_H, BPF_REG_2, BPF_REG_1, types->inode_mode);
	store_member(program, BPF_REG_2, offsetof(struct record, mode));
	load_member(program, BPF_W, BPF_REG_2, BPF_REG_7, types->file_flags);
	store_member(program, BPF_REG_2, offsetof(struct record, flags));
	load_member(program, BPF_W, BPF_REG_2, BPF_REG_8, types->task_process);
	store_member(program, BPF_REG_2, offsetof(struct record, pid));
	load_member(program, BPF_DW, BPF_REG_1, BPF_REG_6, CTX_META);
	load_member(program, BPF_DW, BPF_REG_1, BPF_REG_1, META_SEQ);
	add_instruction(program, BPF_ALU64 | BPF_MOV | BPF_X, BPF_REG_2, BPF_REG_10, 0, 0);
	add_instruction(program, BPF_ALU64 | BPF_ADD | BPF_K, BPF_REG_2, 0, 0,
			-(int32_t)sizeof(struct record));
	add_instruction(program, BPF_ALU64 | BPF_MOV | BPF_K, BPF_REG_3, 0, 0,
			sizeof(struct record));
	add_instruction(program, BPF_JMP | BPF_CALL, 0, 0, 0, BPF_FUNC_seq_write);
}

static void compose_program(struct program *program, const struct hd_scan *scan,
			    const struct hd_kernel_types *types, bool is_mapped)
{
	program->n = program->n_ends = 0;
	add_instruction(program, BPF_ALU64 | BPF_MOV | BPF_X, BPF_REG_6, BPF_REG_1, 0, 0);
	follow_pointer(program, BPF_REG_8, BPF_REG_6, CTX_TASK);
	follow_pointer(program, BPF_REG_7, BPF_REG_6, is_mapped ? CTX_VMA : CTX_FILE);
	if (is_mapped)
		follow_pointer(program, BPF_REG_7, BPF_REG_7, types->vma_file);
	follow_pointer(program, BPF_REG_1, BPF_REG_7, types->file_inode);
	match_inode(program, scan, types);
	record_holder(program, types);
	finish_program(program);
}

static int call_bpf(int command, union bpf_attr *attr)
{
	int fd = (int)syscall(SYS_bpf, command, attr, sizeof(*attr));

	return fd < 0 ? -errno : fd;
}

static int load_program(const struct program *program, int btf_id)
{
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.prog_type = BPF_PROG_TYPE_TRACING;
	attr.expected_attach_type = BPF_TRACE_ITER;
	attr.attach_btf_id = (uint32_t)btf_id;
	attr.insns = (uintptr_t)program->insns;
	attr.insn_cnt = program->n;
	attr.license = (uintptr_t)"GPL";
	memcpy(attr.prog_name, "hostdevctl", sizeof("hostdevctl"));
	return call_bpf(BPF_PROG_LOAD, &attr);
}

/* A descriptor from which the program's records are read, or a negative errno. */
static int open_iterator(const struct program *program, int btf_id)
{
	_cleanup_(hd_close) int program_fd = load_program(program, btf_id);
	_cleanup_(hd_close) int link_fd = -1;
	union bpf_attr attr;

	if (program_fd < 0)
		return program_fd;
	memset(&attr, 0, sizeof(attr));
	attr.link_create.prog_fd = (uint32_t)program_fd;
	attr.link_create.attach_type = BPF_TRACE_ITER;
	link_fd = call_bpf(BPF_LINK_CREATE, &attr);
	if (link_fd < 0)
		return link_fd;
	memset(&attr, 0, sizeof(attr));
	attr.iter_create.link_fd = (uint32_t)link_fd;
	return call_bpf(BPF_ITER_CREATE, &attr);
}

static const struct hd_node *node_of(const struct hd_scan *scan, const struct record *found)
{
	if (S_ISREG(found->mode))
		return hd_scan_numbered(scan, HD_NODE_FILE, found->number, false);
	if (!S_ISCHR(found->mode) && !S_ISBLK(found->mode))
		return NULL;
	return hd_scan_numbered(scan, found->number >> 20, found->number & 0xfffff,
				S_ISBLK(found->mode));
}

static void take_record(struct hd_scan *scan, const struct record *found, bool is_mapped)
{
	const struct hd_node *node = node_of(scan, found);

	if (!node || found->pid == (uint32_t)scan->ours[0] ||
	    found->pid == (uint32_t)scan->ours[1] || found->flags & O_PATH)
		return;
	hd_scan_note(scan, node, (pid_t)found->pid, is_mapped);
}

static int read_records(struct hd_scan *scan, int fd, bool is_mapped)
{
	struct record records[256];
	ssize_t n;

	for (int tries = 0; tries < MAX_TRIES;) {
		n = read(fd, records, sizeof(records));
		if (n == 0)
			return 0;
		if (n < 0 && errno != EAGAIN && errno != EINTR)
			return -errno;
		if (n < 0)
			tries++;
		/* Records are written whole, and read whole as long as the room is one of
		 * whole ones. */
		for (ssize_t i = 0; i < n / (ssize_t)sizeof(*records); i++)
			take_record(scan, &records[i], is_mapped);
	}
	return -EAGAIN;
}

static int run(struct hd_scan *scan, const struct hd_kernel_types *types, struct program *program,
	       bool is_mapped)
{
	_cleanup_(hd_close) int fd = -1;

	compose_program(program, scan, types, is_mapped);
	fd = open_iterator(program, is_mapped ? types->iter_vma : types->iter_file);
	return fd < 0 ? fd : read_records(scan, fd, is_mapped);
}

/* Of one arena's life: they do not change while the kernel runs. */
static const struct hd_kernel_types *known_types(struct hd_scan *scan, int *ret_rc)
{
	struct hd_kernel_types *types;

	*ret_rc = 0;
	if (*scan->types)
		return *scan->types;
	types = hd_alloc(scan->arena, sizeof(*types));
	*ret_rc = read_types(types, scan->root, scan->arena);
	if (*ret_rc < 0)
		return NULL;
	*scan->types = types;
	return types;
}

int hd_scan_kernel(struct hd_scan *scan)
{
	const struct hd_kernel_types *types;
	struct program *program;
	int rc;

	if (!scan->root->is_live || scan->n_nodes > MAX_MATCHED)
		return -ENOTSUP;
	/* The kernel tells numbers of processes as the first namespace has them. */
	if (hd_hidden_processes(scan->root, scan->arena))
		return -ENOTSUP;
	types = known_types(scan, &rc);
	if (!types)
		return rc;
	program = hd_alloc(scan->arena, sizeof(*program));
	rc = run(scan, types, program, false);
	return rc < 0 ? rc : run(scan, types, program, true);
}
