/* SPDX-License-Identifier: GPL-2.0-or-later */
/* outcomes.c - how does a line say that something ended, and what helps then, whatever it was? */
#include "config.h"

#include "explain/composed.h"

const struct hd_outcome hd_outcomes[] = {
	{ "0xffffffff|ffffffff|0xffff|all ones|rev ff", NULL,
	  "All bits are set: so a device reads that does not answer: asleep, off, or lost from the bus",
	  "lspci -nn of the device: 'rev ff' means that it is dead: switch the host off and on (a restart is not "
	  "enough); else keep it from sleeping: echo on > power/control below its folder in /sys" },
	{ "skip|skipping|skipped|not binding|ignoring|ignored|will not attach|not modifying|leaving|not taking", NULL,
	  "It leaves that alone on purpose: it is in use, not on the list of what is allowed, or of another kind than "
	  "is looked for",
	  "see what uses it (lsblk -f, findmnt, ip -br link): free that, if it is not the host's own; then the option "
	  "or list of allowed ones that the program was given" },
	{ "no carrier|link down|link is down|no link|not linked|no signal|no format|no cable|link not ready", NULL,
	  "There is no signal on the wire: nothing is plugged in, the other side is off, or both cannot agree",
	  "cable, plug and other side first; then set it down and up once (ip link set INTERFACE down, up), and one "
	  "fixed speed on both sides; a virtual function has no link while the physical one is down" },
	{ "not a device|not a block device|not a character device|not a directory|is a directory|not a socket",
	  "ENOTBLK ENOTDIR EISDIR",
	  "What is at that path is of another kind: often an empty file or folder that was made there because the "
	  "real one was missing at that moment",
	  "ls -ld of it: no 'c' or 'b' in front: remove it, have the driver loaded (lspci -nnk) so that the node "
	  "appears, then start again what uses it" },
	{ "not bound to vfio*|not viable|wrong driver*|used by the host", NULL,
	  "Another device of the same group is with a driver of the host, and a group goes to a guest as a whole",
	  "hostdevctl list --tree shows the group: what is in it goes to vfio-pci, too, or the card into "
	  "another slot; bridges (pcieport) may stay: a tool that complains of them alone asks too much" },
	{ "exceed*|too large|too long|too many|too big|too small|larger than|more than|greater than|less than|"
	  "out of range|overflow|above the|maximum|at most|limit|limits", "ERANGE E2BIG EMFILE ENFILE EOVERFLOW",
	  "A number is outside of what it can take",
	  "compare the number in it with the limit: ask for less (queues, functions, memory, devices, letters of a "
	  "name), or raise the limit where it is an option of that program or of the firmware" },
	{ "version|versions|mismatch*|newer|older|outdated|incompatible|too old|abi|out of date|obsolete", "ELIBBAD",
	  "Two parts that work together are of different releases",
	  "compare the versions of both (program and kernel module, host and guest, tool and library): update the "
	  "older one; after an update, restart what still runs with the former one" },
	{ "not supported|unsupported|not support|n't support|no support|not implemented|unimplemented|not capable|"
	  "incapable|not available|lacks|not possible|required|requires|needs|no emulation|cannot "
	  "emulate", "EOPNOTSUPP ENOTSUPP ENOSYS ENOTTY",
	  "This release, build, card or kind of machine cannot do that",
	  "does it go without the option or feature in question: then leave it out; else the list of supported "
	  "hardware of that program, and a newer release of it, of the kernel, or of the firmware" },
	{ "not installed|not enabled|disabled|is off|turned off|not loaded|not running|not active|inactive|not "
	  "started|not configured|not initiali*|not licensed|unavailable|not working|not work|no license", NULL,
	  "Something that it needs is switched off, not installed, or not there yet",
	  "install or switch on what it names, and wait until that runs, before what needs it is started again; "
	  "inside a guest the host has to offer it, too (nested virtualization, a device, its driver)" },
	{ "unknown|unrecogni*|no such option|not contain|unexpected|expects|expected|invalid|not a valid|malformed|"
	  "parse|parsing|syntax|bad value|bad address|illegal|undefined|unresolved|not match*|wrong|bad parameter|"
	  "invalid parameter|not resolve", "EINVAL EBADF EBADMSG ENOEXEC",
	  "A name or value is none that it accepts: misspelt, in another form than it expects, of another release, "
	  "or a placeholder that was left in",
	  "search the command, file or object that it was given for the quoted word: correct it after the help of "
	  "this very release; nothing is wrong with it: the device or file behind it is in another state than needed" },
	{ "busy|in use|already|locked|held by|taken|conflict*|duplicate|exists|mounted|mountpoint*|claimed|used by|"
	  "owned by", "EBUSY EEXIST EADDRINUSE ETXTBSY",
	  "Somebody else has it already",
	  "find out who: fuser -v of a node or socket, lsblk for disks, hostdevctl status for devices, ps for a former "
	  "process that did not end: stop that, if it may, or take another one" },
	{ "denied|permission*|not permitted|forbidden|unauthori*|not authori*|privilege*|not owned|must be root|"
	  "access rights|not allowed", "EACCES EPERM EROFS",
	  "It may not: owner or mode of a file, its user's groups, AppArmor, SELinux, a container's limits, or a rule "
	  "of the manager",
	  "id of the user that runs it, and ls -lZ of the file or node; journalctl -b -k -g DENIED and ausearch -m avc "
	  "for denials; in a container the node must be given with --device; as root it works: it is only this" },
	{ "end of file|eof|closed|connection*|disconnected|reset by peer|broken pipe|hang up|hung up|unreachable|"
	  "no route|host is down|socket|went away|handshake", "ECONNREFUSED ECONNRESET EPIPE ENOTCONN EHOSTUNREACH "
	  "ENETUNREACH ECONNABORTED ESHUTDOWN",
	  "The other side of a connection ended, does not run, or is not where it is looked for",
	  "the other side's own log at that time has the cause: did it crash (coredumpctl list), was it killed "
	  "(journalctl -b -k -g oom), or restarted; does its service run; is the address or socket right" },
	{ "timeout*|timed out|time out|watchdog|no response|not respond*|no answer|unresponsive|hang|hangs|hung|stuck|"
	  "stall*|deadline|no reply|retries|retry|giving up|lost|not ready|too slow", "ETIMEDOUT ETIME EAGAIN",
	  "What it waited for gave no answer in time: it hangs, sleeps, was not reset since its last user, or its "
	  "interrupts do not arrive",
	  "once: see whether it goes on; again and again: restart what does not answer (a device: switch the host off "
	  "and on), then cable and power, sleep (ASPM, autosuspend) and, in a guest, MSI interrupts" },
	{ "memory|no space|out of memory|allocat*|hugepage*|huge page*|mempool|exhausted|no free|not enough|"
	  "insufficient|quota|full|no more|no usb ports|no ports|out of", "ENOMEM ENOSPC EDQUOT ENOBUFS",
	  "Room is missing: memory, huge pages, addresses of a range, ports or slots; what is left of a former run "
	  "holds it, too",
	  "free -h, df -h and grep -i huge /proc/meminfo; the range, pool or controller in its settings: enlarge it, "
	  "and remove entries of what is gone; a limit of the container or unit counts, too" },
	{ "not found|no such|missing|does not exist|not exist|cannot find|could not find|can't find|not find|no "
	  "device*|not detected|not present|absent|empty|none|nothing|no matching|unable to find|no adapter*|"
	  "[]", "ENOENT ENODEV ENXIO ESRCH ENOMEDIUM",
	  "What it looks for is not there, has another name, or belongs to another driver or system at that moment",
	  "list what there is (hostdevctl list --long for devices, ls for files, lsmod for modules) and compare it "
	  "with what it was given; in a container or guest it has to be given there, too" },
	{ "i/o error|input/output error|crc|read failed|write failed|read error|write error|checksum|corrupt*|"
	  "bad sector|shut down|medium error|cannot read|failed to read|unreadable", "EIO EREMOTEIO EUCLEAN EILSEQ",
	  "Reading or writing failed below it: the device does not answer, its connection is bad, or it was taken away "
	  "while in use",
	  "journalctl -b -k at that time names the device and its first error; lsblk and lspci: is it still there, and "
	  "with the host's driver; was its controller passed to a guest: hostdevctl list --tree; then its cable and "
	  "health (smartctl -a)" },
	{ "to driver|to vfio-pci|bind|binding|rebind|unbind|driver_override|new_id|take over", NULL,
	  "The device could not be given to that driver: another driver or program holds it, the module is not "
	  "loaded, or the IOMMU is off",
	  "lspci -nnk shows who has it; stop what uses it, modprobe vfio-pci, and bind it by driver_override, not by "
	  "id; hostdevctl check ADDRESS names what is in the way; journalctl -b -k has the driver's reason" },
	{ "assert*|panic*|exception|segfault|segmentation*|core dumped|aborted|traceback|null pointer|page "
	  "fault|crash*|fatal|undefined symbol|stack smashing|trap|illegal instruction|unhandled", "EFAULT",
	  "The program or system itself failed: it met a state that it does not handle",
	  "the first line that it printed before has the cause more often; the newest release of it, then its issues "
	  "for the quoted words; try it without the device, and with one option after the other less" },
	{ "firmware|microcode|ucode|vbios|bios|rom|flash*", "ENOKEY",
	  "The device's own firmware, or the file that the driver loads into it, is missing or does not fit",
	  "dmesg | grep -i firmware names the file: install linux-firmware (or the vendor's package) in the system "
	  "that complains, also in its initramfs; else the vendor's newest firmware for the device" },
	{ "exit code|exit status|non-zero|exited|terminated|killed|signal|sigkill|sigsegv|returned 1|status 1", NULL,
	  "A program that it started ended with an error; why, that program said itself before",
	  "scroll up to the lines of that program, or run its command by hand as the same user: hostdevctl explain "
	  "its message" },
	{ "init*|initiali*|probe|probing|start|starting|setup|set up|load|loading|register*|create|creating|"
	  "attach*|bind|enumerat*|mount*|open*|configure*|apply|map|remap|handle|pass|build*|compile", NULL,
	  "A step of its start did not succeed",
	  "the lines before it name the step that failed first; do that step alone and by hand; a device: it must be "
	  "free and reset (hostdevctl status, hostdevctl check)" },
	{ .words = NULL },
};
