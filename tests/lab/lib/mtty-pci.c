/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mtty-pci.c - a PCI function as the parent of the mediated devices of the kernel's mtty.c.
 *
 * Appended to that file, whose device of no hardware stays.  The driver has no table of devices: a
 * function is bound by the id that is written to new_id, and then offers the types mtty-1 and mtty-2.
 */
struct lab_parent {
	struct mdev_parent parent;
	struct mtty_type types[ARRAY_SIZE(mtty_types)];
	struct mdev_type *pointers[ARRAY_SIZE(mtty_types)];
};

static int lab_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct lab_parent *lab = kzalloc(sizeof(*lab), GFP_KERNEL);
	int ret;

	if (!lab)
		return -ENOMEM;
	for (size_t i = 0; i < ARRAY_SIZE(mtty_types); i++) {
		lab->types[i].nr_ports = mtty_types[i].nr_ports;
		lab->types[i].type.sysfs_name = mtty_types[i].type.sysfs_name;
		lab->types[i].type.pretty_name = mtty_types[i].type.pretty_name;
		lab->pointers[i] = &lab->types[i].type;
	}
	ret = mdev_register_parent(&lab->parent, &pdev->dev, &mtty_driver, lab->pointers,
				   ARRAY_SIZE(mtty_types));
	if (ret)
		kfree(lab);
	else
		pci_set_drvdata(pdev, lab);
	return ret;
}

/* Waits, like those of real hardware, until nobody has any of its mediated devices. */
static void lab_remove(struct pci_dev *pdev)
{
	struct lab_parent *lab = pci_get_drvdata(pdev);

	mdev_unregister_parent(&lab->parent);
	kfree(lab);
}

static struct pci_driver lab_driver = {
	.name = "mtty",
	.probe = lab_probe,
	.remove = lab_remove,
};

static int __init lab_init(void)
{
	int ret = pci_register_driver(&lab_driver);

	if (ret)
		return ret;
	ret = mtty_dev_init();
	if (ret)
		pci_unregister_driver(&lab_driver);
	return ret;
}

static void __exit lab_exit(void)
{
	pci_unregister_driver(&lab_driver);
	mtty_dev_exit();
}

module_init(lab_init)
module_exit(lab_exit)
