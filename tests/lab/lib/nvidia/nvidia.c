// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * nvidia.c - a driver of QEMU's graphics card that is as hard to part from as NVIDIA's.
 *
 * It has that driver's name, number of node and folder in /proc.  Who has the node open, and
 * nvidia_drm while it is loaded, counts as a user, and to unbind waits for their end, without limit.
 */
#include <linux/delay.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>

#include "nvidia.h"

#define NV_MAJOR 195
#define NV_PROC "driver/nvidia"

static DEFINE_MUTEX(nv_lock);
static struct pci_dev *nv_card;
static const struct nv_display *nv_display;
static bool nv_is_shown;
static atomic_t nv_users;

static void nv_show(void)
{
	if (!nv_card || !nv_display || nv_is_shown || nv_display->probe(nv_card))
		return;
	nv_is_shown = true;
	atomic_inc(&nv_users);
}

void nv_register_display(const struct nv_display *display)
{
	mutex_lock(&nv_lock);
	nv_display = display;
	nv_show();
	mutex_unlock(&nv_lock);
}
EXPORT_SYMBOL_GPL(nv_register_display);

void nv_unregister_display(void)
{
	mutex_lock(&nv_lock);
	if (nv_is_shown) {
		nv_display->remove(nv_card);
		nv_is_shown = false;
		atomic_dec(&nv_users);
	}
	nv_display = NULL;
	mutex_unlock(&nv_lock);
}
EXPORT_SYMBOL_GPL(nv_unregister_display);

static int nv_open(struct inode *inode, struct file *file)
{
	atomic_inc(&nv_users);
	return 0;
}

static int nv_release(struct inode *inode, struct file *file)
{
	atomic_dec(&nv_users);
	return 0;
}

static const struct file_operations nv_fops = {
	.owner = THIS_MODULE,
	.open = nv_open,
	.release = nv_release,
};

static int nv_information(struct seq_file *seq, void *data)
{
	seq_printf(seq, "Model: \t\t Lab\nBus Location: \t %s\nDevice Minor: \t 0\n",
		   pci_name(nv_card));
	return 0;
}

static int nv_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	char folder[64];

	if (nv_card)
		return -EBUSY;
	snprintf(folder, sizeof(folder), NV_PROC "/gpus/%s", pci_name(pdev));
	proc_create_single("information", 0444, proc_mkdir(folder, NULL), nv_information);
	mutex_lock(&nv_lock);
	nv_card = pdev;
	nv_show();
	mutex_unlock(&nv_lock);
	return 0;
}

static void nv_remove(struct pci_dev *pdev)
{
	char folder[64];

	while (atomic_read(&nv_users)) {
		pr_warn_ratelimited("nvidia: attempt to remove %s, which is in use\n", pci_name(pdev));
		msleep(200);
	}
	mutex_lock(&nv_lock);
	nv_card = NULL;
	mutex_unlock(&nv_lock);
	snprintf(folder, sizeof(folder), NV_PROC "/gpus/%s", pci_name(pdev));
	remove_proc_subtree(folder, NULL);
}

static const struct pci_device_id nv_ids[] = {
	{ PCI_DEVICE(0x1234, 0x1111) },
	{ },
};
MODULE_DEVICE_TABLE(pci, nv_ids);

static struct pci_driver nv_driver = {
	.name = "nvidia",
	.id_table = nv_ids,
	.probe = nv_probe,
	.remove = nv_remove,
};

static int __init nv_init(void)
{
	int ret = register_chrdev(NV_MAJOR, "nvidia", &nv_fops);

	if (ret)
		return ret;
	proc_mkdir(NV_PROC, NULL);
	proc_mkdir(NV_PROC "/gpus", NULL);
	ret = pci_register_driver(&nv_driver);
	if (ret) {
		remove_proc_subtree(NV_PROC, NULL);
		unregister_chrdev(NV_MAJOR, "nvidia");
	}
	return ret;
}

static void __exit nv_exit(void)
{
	pci_unregister_driver(&nv_driver);
	remove_proc_subtree(NV_PROC, NULL);
	unregister_chrdev(NV_MAJOR, "nvidia");
}

module_init(nv_init);
module_exit(nv_exit);
MODULE_DESCRIPTION("A graphics card of the lab that is hard to part from");
MODULE_LICENSE("GPL");
