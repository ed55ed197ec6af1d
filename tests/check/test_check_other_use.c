/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_other_use.c - uses in the kernel, and the last keyboard behind no USB controller. */
#include "config.h"

#include "tests/support/checkcase.h"

#define OTHER_USE &hd_check_other_use_free

static void may_have(struct check_case *c)
{
	c->fns[0].fn.driver_kind = HD_DRIVER_HOST;
	c->fns[0].can_have_others = true;
}

static void used(struct check_case *c) { check_case_use_otherwise(c, &c->fns[0]); }

static void unknown(struct check_case *c)
{
	used(c);
	c->fns[0].others[0].is_unknown = true;
	c->fns[0].others[0].remedy = NULL;
}

static void both(struct check_case *c)
{
	unknown(c);
	used(c);
	c->fns[0].others[1].what = "the console";
	c->fns[0].others[1].remedy = "take it off";
}

static void on_vfio(struct check_case *c)
{
	used(c);
	c->fns[0].fn.driver_kind = HD_DRIVER_VFIO;
}

static void keyboard(struct check_case *c)
{
	c->fns[0].fn.driver_kind = HD_DRIVER_HOST;
	c->fns[0].fn.path = "sys/devices/pci0000:00/0000:01:00.0";
	c->nodes[0] = (struct hd_node){ .name = "/dev/input/event9", .subsystem = "input" };
	c->fns[0].nodes = c->nodes;
	c->fns[0].n_nodes = 1;
	c->inputs[0].path = "sys/devices/pci0000:00/0000:01:00.0/virtio5/input/input9/event9";
}

static void second_keyboard(struct check_case *c)
{
	keyboard(c);
	c->inputs[1] = (struct hd_input_dev){
		.event = "event0", .name = "AT keyboard", .is_keyboard = true, .is_pointer = true,
		.path = "sys/devices/platform/i8042/serio0/input/input0/event0",
	};
	c->facts.inputs.n = 2;
}

static void behind_usb(struct check_case *c)
{
	keyboard(c);
	c->fns[0].fn.class = 0x0c0330;
}

static const struct check_row rows[] = {
	{ "nothing of the kind", OTHER_USE, NULL, HD_SKIP, 0, NULL, NULL },
	{ "unused", OTHER_USE, may_have, HD_PASS, 0, NULL, NULL },
	{ "used", OTHER_USE, used, HD_FAIL, HD_ERROR, "the kernel copies with it (in_use)", "stop the array" },
	{ "unknown", OTHER_USE, unknown, HD_UNKNOWN, HD_ERROR,
	  "the kernel copies with it (in_use): it counts as used", "find out" },
	{ "a use besides", OTHER_USE, both, HD_FAIL, HD_ERROR,
	  "counts as used; the console (in_use)", "take it off" },
	{ "on VFIO", OTHER_USE, on_vfio, HD_SKIP, 0, NULL, NULL },
	{ "the last keyboard", OTHER_USE, keyboard, HD_FAIL, HD_ERROR, "is the host's last keyboard",
	  "connect another one" },
	{ "one of two keyboards", OTHER_USE, second_keyboard, HD_PASS, 0, NULL, NULL },
	{ "behind a USB controller", OTHER_USE, behind_usb, HD_SKIP, 0, NULL, NULL },
};

int main(void)
{
	return check_rows_run(rows, HD_ARRAY_SIZE(rows));
}
