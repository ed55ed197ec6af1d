/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * families_refusal.c - which kind of reason does a manager give, whoever it is, and what helps for that kind?
 *
 * It exists, a limit is reached, somebody else works on it, this build lacks it: the kind of reason decides, the
 * object says where to look.  "a|b&c|d": a word of each list.
 */
#include "config.h"

#include "explain/families_source.h"

#define EXISTS "already exists|is already defined|already defined|exists already|duplicate name"

const struct hd_family hd_families_refusal[] = {
	PART(HD_SAYS_KUBE, "x509*|verify certificate|certificate has expired|certificate signed by|unknown "
	     "authority|certificate is valid for|certificate is not valid",
		"cluster-certificate",
		"the cluster does not accept the certificate of one of its own services (a webhook, virt-api, "
		"cdi-api): it has expired, is made for another name, or comes from an authority that is not "
		"registered: '{reason}'. Devices are not involved",
		"date on all nodes must agree; the https address names service and namespace: kubectl get secrets "
		"-n NAMESPACE | grep -i cert: delete the secret of that service, then its pods: their operator "
		"(virt-operator, cdi-operator, cert-manager) makes a new certificate; all of them expired: those "
		"of the cluster: kubeadm certs check-expiration, RKE2 and Harvester: rke2 certificate check and "
		"rotate (setting auto-rotate-rke2-certs); then send the object again: nothing was changed",
		CHECKS(NULL)),
	PART(0, "x509*|certificate has expired|certificate verify failed|unknown authority|self-signed "
	     "certificate|self signed certificate|peer's certificate|ca certificate|server certificate|client "
	     "certificate|certificate is not|bad certificate|certificate signed by|verify certificate|certificate "
	     "has not been signed|hostname verification",
		"certificate",
		"the certificate of the other side is not accepted, or an own one cannot be read: it has expired, "
		"is for another name, or its authority (CA) is not known here: '{reason}'",
		"openssl s_client -connect HOST:PORT </dev/null | openssl x509 -noout -dates -subject -issuer: "
		"dates: compare with date on both sides; subject: use the name in it; issuer: install that CA "
		"where this was printed. Proxmox: pvecm updatecerts -f, for Terraform also insecure = true; "
		"libvirt's TLS: virt-pki-validate names the file in /etc/pki that is wrong, qemu+ssh needs none; "
		"a registry: its CA in the runtime's certs.d",
		CHECKS(NULL)),
	PART(0, "unable to resolve address|name or service not known|no such host|nodename nor servname*|unknown "
	     "host|temporary failure in name resolution|could not resolve hostname|failed to resolve host*",
		"name-not-resolved",
		"the name of a computer or service has no address where this was printed: '{reason}'. No device "
		"is involved",
		"getent hosts NAME there: nothing: the name is misspelt, or DNS (resolvectl status, "
		"/etc/resolv.conf) does not know it: correct that, or add it to /etc/hosts. A migration: each "
		"host must resolve what hostname -f prints on the other, or give the address: virsh migrate ... "
		"tcp://ADDRESS, migration_host in /etc/libvirt/qemu.conf; Proxmox: /etc/hosts of all nodes. In a "
		"pod: SERVICE.NAMESPACE.svc, and kubectl get pods -n kube-system: coredns must run",
		CHECKS(NULL)),
	PART(HD_SAYS_KUBE, "is forbidden&error creating pod|podsecurity*|security context constraint*|violates|"
	     "priorityclass|minimum|maximum|service account",
		"kube-pod-forbidden",
		"a rule of the namespace forbids the guest's pod (virt-launcher), so that none is made: "
		"'{reason}'. Which one, stands after 'is forbidden:', perhaps in the next line",
		"quota, limits: kubectl describe resourcequota,limitrange -n NAMESPACE, and set resources.limits "
		"in the guest; 'violates PodSecurity': kubectl label namespace NAMESPACE "
		"pod-security.kubernetes.io/enforce=privileged --overwrite; 'security context constraint': oc get "
		"scc, oc adm policy add-scc-to-user for the account that it names, or install the operator's "
		"manifests again; then the guest starts by itself",
		CHECKS(NULL)),
	PART(0, "disk quota exceeded",
		"file-quota",
		"the user or project has used up its share of that file system",
		"quota -s, or zfs get quota,refquota,used and lxc or incus storage volume show: delete what is "
		"not needed, or raise it; df -h and df -i: the file system itself may be full, too",
		CHECKS(NULL)),
	PART(0, "exceeded quota|failed quota|resourcequota*|must specify limits*|must specify requests*|"
	     "insufficient-resource-quota|insufficient resource quota|limitrange*",
		"kube-quota",
		"a quota of the namespace (ResourceQuota, LimitRange) refuses the guest's pod or volume: "
		"'{reason}'. The launcher's own memory counts beside the guest's",
		"kubectl describe resourcequota,limitrange -n NAMESPACE: Used against Hard: stop or shrink "
		"others, ask for less, or have it raised; 'must specify limits': set resources.limits.memory and "
		"cpu in the guest (KubeVirt: spec.domain.resources), or a default by a LimitRange, or "
		"autoCpuLimitNamespaceLabelSelector of KubeVirt; then start the guest again",
		CHECKS(NULL)),
	PART(0, "quota*|volumelimitexceeded|overlimit|project&exceed*|maximum|overlimit|over quota|used up|"
	     "insufficient|limit|reached",
		"cloud-quota",
		"a quota of the project or user is used up, so that nothing was made: '{reason}'. Hosts may still "
		"have room",
		"OpenStack: openstack quota show --usage, and openstack server list, volume list, port list: "
		"delete what is left over (failed attempts count, too), or the administrator: openstack quota set "
		"--volumes, --instances, --ram N PROJECT; Incus: incus project info NAME and limits.* of it; "
		"Proxmox: the pool's and storage's limits; then try again",
		CHECKS(NULL)),
	PART(0, "cannot undefine*|refusing to undefine*|cannot delete inactive domain*|undefine domain with*|"
	     "cannot rename domain*",
		"undefine-with-state",
		"libvirt does not remove the definition of a guest that still has something which belongs to it: "
		"UEFI variables (nvram), a saved state, snapshots or checkpoints: '{reason}'",
		"virsh undefine {guest} --nvram --managed-save --snapshots-metadata --checkpoints-metadata "
		"removes it with them (--keep-nvram keeps the variables; a saved state: what was in memory is "
		"lost; disks stay); only the state: virsh managedsave-remove {guest}; Ansible: community.libvirt "
		"from 1.3.0, flags: [nvram]; Vagrant, Terraform, webvirtmgr: a newer plugin, or that command by "
		"hand",
		CHECKS(NULL)),
	PART(0, EXISTS "&snapshot*|checkpoint*|backup*",
		"exists-snapshot",
		"a snapshot, checkpoint or backup of that name exists already: '{reason}'",
		"virsh snapshot-list {guest}, virsh checkpoint-list {guest}, qm listsnapshot VMID, incus info "
		"NAME: delete the old one (virsh snapshot-delete {guest} NAME, --metadata if only its record is "
		"left), or take another name",
		CHECKS(NULL)),
	PART(0, "alreadyexists|(alreadyexists)|pcideviceclaim*|networkattachment*|resourceclaim*&already exists|"
	     "exists already",
		"exists-kube",
		"the cluster has an object of that kind and name already: '{reason}'",
		"kubectl get KIND NAME -A -o yaml: it is the right one: nothing, or kubectl apply instead of "
		"create; left over: kubectl delete it (a claim of a device only while no guest uses it), then "
		"again; stuck in Terminating: its finalizers and the log of its controller",
		CHECKS(NULL)),
	PART(0, "no ip addresses available|could not allocate ip|allocate ip*|no more ips|no free ip*|address "
	     "range*|range set*|ippool*&range*|available|full|exhausted|fail*|could not",
		"ipam-full",
		"the range of addresses of the pod's or guest's network has none left, often since pods that are "
		"gone still hold some: '{reason}'",
		"kubectl get net-attach-def -o yaml: its range; whereabouts: kubectl get "
		"ippools.whereabouts.cni.cncf.io -A -o yaml and overlappingrangeipreservations: delete entries of "
		"pods that do not exist; host-local: files in /var/lib/cni/networks/NAME on the node; OpenStack: "
		"openstack port list; else a larger range, then delete the pod",
		CHECKS(NULL)),
	PART(0, "authentication failure|no ticket|csrf token|invalid pve ticket|invalid credentials|login failed|"
	     "wrong password|session_authentication_failed|session_invalid|invalid api token",
		"login",
		"the login is not accepted or has ended, so that nothing was done: '{reason}'. Devices are not "
		"involved",
		"log in again: a ticket of Proxmox ends after two hours; its name is USER@REALM (root@pam), a "
		"token's USER@REALM!ID with its secret, whole, from a file or variable without a line end; "
		"openstack token issue; xe -u root -pw ...; kubectl auth whoami; clocks of both sides (date); "
		"many failures: the account or address may be locked for a time",
		CHECKS(NULL)),
	PART(0, "reply to message id|messagingtimeout|message queue|amqp*|rabbitmq*&timed out|timeout|"
	     "messagingtimeout|unreachable|refused|closed|reset*|fail*",
		"nova-messaging",
		"a service of OpenStack did not answer over the message queue in time: '{reason}'. The instance "
		"itself may be done or half done",
		"openstack compute service list and network agent list: who is down; on that host its log "
		"(nova-compute, nova-conductor, neutron agent): a start with many devices takes long: "
		"rpc_response_timeout; rabbitmqctl status and list_queues name messages consumers: growing "
		"queues: restart the service behind it; clocks; openstack server show before you try again",
		CHECKS(NULL)),
	PART(0, "no space left on device&unpack*|image|images|storage pool|qcow2|tar|copying|extract*|download*|"
	     "backup*",
		"files-full",
		"the file system where images are kept is full: '{reason}'. No device is involved",
		"df -h and df -i of that folder (/var/lib/libvirt/images, /var/lib/incus, /var/lib/vz, /tmp and "
		"/var/tmp for unpacking): delete what is not needed (old images, backups, snapshots), or another "
		"pool or TMPDIR with more room",
		CHECKS(NULL)),
	PART(0, "vm agent|lxd-agent|incus-agent|agent isn't currently*",
		"incus-agent",
		"the agent of Incus or LXD does not run in the virtual machine, so that exec, file and network "
		"state do not work; the machine itself may be well",
		"incus console NAME (lxc console): is it still booting, or does it hang; in it: systemctl status "
		"incus-agent (lxd-agent): missing: mount -t 9p config /mnt && /mnt/install.sh, then restart it; "
		"images from images: have it, others and Windows do not; a device that holds the boot up: start "
		"without it",
		CHECKS(NULL)),
	PART(0, "vm_has_pci_attached|vm_lacks_feature*|host_disabled|host_offline|pci_address_invalid|vgpu_*|"
	     "pgpu_*|vm_has_vgpu*|device_already_*|vm_is_using_nested*|handle_invalid",
		"xapi-code",
		"the manager of XenServer or XCP-ng refuses by one of its codes: '{reason}'",
		"VM_HAS_PCI_ATTACHED, VM_HAS_VGPU: such a guest cannot be moved, suspended or saved with its "
		"memory: xe vm-shutdown first; HOST_DISABLED: xe host-enable; HOST_OFFLINE: start that host; "
		"VM_LACKS_FEATURE: the guest's tools; GPUs and IOMMU: xe host-param-get "
		"param-name=chipset-info, xe pgpu-list; else /var/log/xensource.log at that time, and xe "
		"vm-param-list of the guest",
		CHECKS("iommu-enabled")),
	PART(0, EXISTS "&storage pool|pool|pools|storage_pool|volume|volumes|storage vol",
		"exists-storage",
		"a storage pool or volume of that name exists already, perhaps for another folder, or is left "
		"over from a run that failed: '{reason}'",
		"virsh pool-list --all, virsh pool-dumpxml NAME (its <path>), virsh vol-list POOL: the same "
		"folder: use it (virt-install --disk pool=NAME, Terraform: import or data source); left over: "
		"virsh pool-destroy and pool-undefine NAME (files stay), vol-delete; else take another name or a "
		"folder that no pool has",
		CHECKS(NULL)),
	PART(0, EXISTS "&network '*|network already*|virtual network|bridge '*|bridge already*",
		"exists-network",
		"a network or bridge of that name exists already: '{reason}'",
		"virsh net-list --all, virsh net-dumpxml NAME, ip -br link: the right one: use it (Ansible, "
		"Terraform: by its name, or import it); left over: virsh net-destroy and net-undefine NAME, ip "
		"link delete the bridge; else another name, bridge and range of addresses",
		CHECKS(NULL)),
	PART(0, "already exists with uuid|already defined with uuid|domain already exists|guest already exists|"
	     "machine already exists|vm already exists|domain about to create|volume for domain|guest name",
		"exists-guest",
		"a guest of that name exists already: often from a run that failed after it had defined it: "
		"'{reason}'",
		"virsh -c qemu:///system list --all (a stopped one, too; a user's: qemu:///session): left over: "
		"virsh undefine NAME --nvram (disks stay); it is wanted: keep its <uuid> when it is defined "
		"again, terraform import libvirt_domain.X UUID, vagrant: vagrant destroy, or its id in .vagrant; "
		"else another name",
		CHECKS(NULL)),
	PART(HD_SAYS_PROXMOX, EXISTS "&vm|ct|vmid|guest|configuration|config",
		"exists-vmid",
		"that number is taken by another guest of the cluster: '{reason}'",
		"pvesh get /cluster/resources --type vm names node and guest of it; pvesh get /cluster/nextid is "
		"free; left over from a clone that failed: qm destroy VMID; two jobs at a time choose the same "
		"one: one after the other",
		CHECKS(NULL)),
	PART(0, "already used bus*|device busy (exported)|is already exported|already exported|already shared",
		"usbip-attached",
		"for the client or server that USB device is attached or exported already, perhaps by a "
		"connection that did not end: '{reason}'",
		"on the client usbip port: listed: usbip detach -p PORT; not listed: restart its driver (modprobe "
		"-r vhci-hcd, then modprobe; Windows: the usbip service); on the server unbind and bind the "
		"device again (usbip unbind -b, usbipd unbind), then attach",
		CHECKS("usb-present")),
	PART(0, "more than one match*|more than one device|more than one resource|more than one network|more than "
	     "one instance|more than one result|multiple matches|multiple possible|multiple matching|matches "
	     "multiple|match multiple|matched more than one|matches more than one|ambiguous|is not unique|found "
	     "multiple|multiple usb devices for|no unique match*",
		"several-match",
		"what was given fits several things, and only one is allowed: '{reason}'",
		"name it so that one fits: a PCI device by its address (hostdevctl list), not by vendor and "
		"product; USB by bus and port (lsusb -t): <address bus='1' device='4'/>, Proxmox host=1-2, Incus "
		"busnum and devnum; Incus and LXD GPUs: pci=0000:01:00.0; a guest, network, image or flavor by "
		"its id (openstack network list, virsh list --uuid); Terraform: more arguments in the data source",
		CHECKS("usb-present", "device-present")),
	PART(0, "vendor/device*|device&not supported&webhook|operator-webhook*|sriovnetwork*|vendor/device*",
		"sriov-nic-unlisted",
		"the SR-IOV operator's list of supported cards does not have that card, so its webhook refuses "
		"the policy: '{reason}'. The card itself may be able to",
		"lspci -nn on the node shows the ids; kubectl -n NAMESPACE edit configmap supported-nic-ids: add "
		"a line \"VENDOR PF_DEVICE VF_DEVICE\" and restart the operator's pods; or turn the check off: "
		"kubectl edit sriovoperatorconfig default: enableOperatorWebhook: false; then apply the policy "
		"again; cat /sys/bus/pci/devices/ADDRESS/sriov_totalvfs says whether the card has SR-IOV",
		CHECKS("vf-parent-up")),
	PART(0, "nicselector|nic selector|rootdevices|pfnames|supported nic&selected|select*|no supported|not "
	     "match*|doesn't match|no interface*|none",
		"sriov-no-match",
		"no card of the nodes fits all that the policy's nicSelector says together, or the one that fits "
		"is not a supported card: '{reason}'",
		"kubectl -n NAMESPACE get sriovnetworknodestates -o yaml lists the cards of each node: vendor, "
		"deviceID, name and pciAddress must be those of nicSelector (vendor, deviceID, pfNames, "
		"rootDevices), letter by letter; take one condition out after the other; nodeSelector must select "
		"that node; a card that is not in the list: lspci -nn there, its driver, and ConfigMap "
		"supported-nic-ids",
		CHECKS("vf-parent-up")),
	PART(0, "only root can*|only root may*|only root is*|requires root user",
		"root-account-only",
		"one account alone may set that: root@pam itself, with its password; a token or another "
		"administrator may not: '{reason}'",
		"log in as root@pam with its password (Terraform: username and password instead of the API token, "
		"ssh for the rest); or make a resource mapping (Datacenter, Resource Mappings), give the account "
		"PVEMappingUser on /mapping/pci or /mapping/usb, and use mapping=NAME; or leave the setting out "
		"and set it on the node: qm set VMID --hostpci0 ..., with ignore_changes",
		CHECKS("device-present")),
	PART(HD_SAYS_CONTAINER, "devices are forbidden|is forbidden by project|forbidden in project|not allowed "
	     "in project|restricted.*|project restrict*|project limit*|limits.instances|reached maximum number of*",
		"incus-project",
		"the project of Incus or LXD restricts that: '{reason}'",
		"incus project show NAME: restricted: \"true\": incus project set NAME "
		"restricted.devices.gpu=allow (pci, usb, nic=managed and others have their own key), limits.*: "
		"raise it; or use another project (incus project switch default); lxc instead of incus for LXD",
		CHECKS(NULL)),
	PART(0, "device validation failed*|invalid device option*|invalid devices|invalid device type|unknown "
	     "configuration key|invalid option for device|unsupported device type|supported for container*|"
	     "supported for virtual-machine*|supported for virtual machines|supported by container*",
		"incus-option",
		"Incus or LXD does not take an option or device for that kind of instance: '{reason}'. Some exist "
		"for virtual machines only, some for containers only, some in newer releases",
		"incus config device show NAME and the list of options for that type of device: a virtual machine "
		"takes gpu and pci by pci=ADDRESS; id, uid, gid and mode are for containers; incus version: "
		"update it, or leave the option out; incus config device set or remove corrects it (lxc for LXD)",
		CHECKS("device-present")),
	PART(HD_SAYS_NOVA, "task_state*|vm_state*|while it is in|instance is locked|is locked|conflict&instance*|"
	     "server*",
		"nova-state",
		"Nova does not do that in the state in which the instance is: another operation runs, failed "
		"half-way, or it is locked: '{reason}'",
		"openstack server show NAME -c status -c OS-EXT-STS:task_state -c locked: a task: wait; locked: "
		"openstack server unlock; a state that stays: openstack server event list NAME, nova-compute.log "
		"of its host, then openstack server set --state active (administrator) and the operation again",
		CHECKS(NULL)),
	PART(0, "acquiring the state lock|state lock&lock*|error|terraform|tofu",
		"terraform-lock",
		"another run of Terraform or OpenTofu holds the lock of the state, or one that was interrupted "
		"left it: '{reason}'",
		"no other run (the line 'Who' names user and computer): terraform force-unlock ID; a local state: "
		"ps -C terraform, and .terraform.tfstate.lock.info beside it; then terraform plan shows what was "
		"made half-way",
		CHECKS(NULL)),
	PART(0, "lock file|lock&/var/lock/pve-manager*|pve-storage-*",
		"proxmox-storage-lock",
		"another task holds the lock of that storage (a clone, move or backup), and this one waited for "
		"it in vain: '{reason}'",
		"pvesh get /cluster/tasks, and on the node pvesm status: wait for the tasks that clone or move "
		"disks there, then again; several at a time on a slow storage: one after the other (Terraform: "
		"-parallelism=1, pm_parallel = 1, a longer pm_timeout); no task and still locked: fuser -v of the "
		"file names the process",
		CHECKS(NULL)),
	PART(0, "other_operation_in_progress|operation_not_allowed|another operation|operation in progress|"
	     "operation is in progress|already in progress|another task|is being modified|being migrated|another "
	     "job|object has been modified|active block job|busy running a*|some other operation|is being "
	     "processed|another process is",
		"other-operation",
		"another operation works on the same object now, or one that was interrupted is still noted: "
		"'{reason}'",
		"wait, then again; what runs: virsh domjobinfo {guest} (domjobabort ends it), pvesh get "
		"/cluster/tasks, incus operation list, xe task-list and vm-param-get "
		"param-name=allowed-operations (xe-toolstack-restart clears old ones), kubectl get vmim; 'object "
		"has been modified': read it again and apply to the newest version",
		CHECKS(NULL)),
	PART(HD_SAYS_KUBE, "nodes are available|node(s)&insufficient&didn't match*|untolerated|affinity|taint|"
	     "taints|unbound|unschedulable",
		"kube-no-node",
		"no node takes the pod, each for a reason of its own, which the line counts: '{reason}'",
		"kubectl describe node NODE for the one that should: 'Insufficient X': X in Allocatable is 0 or "
		"given away (devices.kubevirt.io/kvm: /dev/kvm and virt-handler on it); 'node affinity/selector': "
		"kubectl get node --show-labels against nodeSelector of the guest (CPU model labels of KubeVirt); "
		"'untolerated taint': add a toleration, or remove it (kubectl taint node NODE KEY-); a volume of "
		"another node; then it starts by itself",
		CHECKS("cpu-virtualization")),
	PART(HD_SAYS_KUBE, "crashloopbackoff|back-off&(failed*|(error*|(unable*|(cannot*|(could*|(no *|(fatal*|"
	     "(exit*",
		"crash-loop-reason",
		"the container ends again and again; what stands in brackets is its own last error: '{reason}'",
		"hostdevctl explain the words in the brackets alone; kubectl logs --previous POD -c CONTAINER "
		"(init containers, too) has the lines before; do that step by hand on its node (modprobe, "
		"nvidia-smi, lspci -nnk); a node of another kind: its labels keep the pod away from it",
		CHECKS(NULL)),
	PART(HD_SAYS_KUBE, "denied the request|is invalid&greater than|less than|exceed*|maximum|minimum|more "
	     "than|larger than|smaller than",
		"kube-number",
		"the cluster refuses a number in the object, and changed nothing: '{reason}'",
		"correct it there (kubectl, oc edit vm NAME): CPUs: spec.domain.cpu: sockets not above "
		"maxSockets, for more: cores, or liveUpdateConfiguration.maxCpuSockets of the KubeVirt resource; "
		"memory: guest not above limits and maxGuest; an upper limit of the operator (numVfs): kubectl "
		"explain of the field; kubectl apply --dry-run=server tries it",
		CHECKS(NULL)),
	PART(0, "did not satisfy|internal filter|current scheduling constraints|satisfies current*",
		"ovirt-filter",
		"oVirt's engine finds no host for the guest: a filter leaves each of them out: '{reason}'",
		"engine.log at that time names filter and host: HostDevice: the guest must be pinned to the host "
		"that has the device (Host tab, Start Running On), device free and its IOMMU on (Compute, Hosts, "
		"Host Devices; Refresh Capabilities); Memory, CPU, Network: that host lacks it",
		CHECKS("device-present", "iommu-enabled")),
	PART(0, "map in use|can't flush|couldn't flush|cannot flush|failed to remove map|map still in use|devmap "
	     "in use",
		"multipath-used",
		"a multipath map cannot be removed: something has it open, although its paths may be gone: "
		"'{reason}'",
		"dmsetup info -c: Open of the map; lsblk and fuser -v of /dev/mapper/NAME: who: unmount it, "
		"vgchange -an VG, stop the guest (virsh domblklist); then multipath -f NAME; before a controller "
		"goes to a guest: multipath -f its maps and blacklist their wwid in /etc/multipath.conf; "
		"deferred_remove yes for maps that lose all paths",
		CHECKS("storage-free")),
	PART(0, "vm|vmi|instance|virtual machine|virtual machines&is running|is not running|already running|"
	     "bad_power_state|must be stopped|must be running|must be shut*|not stopped|power state|not halted|"
	     "while running|is paused|is suspended|operation that was not allowed",
		"guest-state",
		"the guest is not in the state that this needs (running, stopped): '{reason}'",
		"its state: virsh list --all, qm list, incus list, xe vm-list params=name-label,power-state, "
		"kubectl get vm,vmi, openstack server list: stop or start it first (virsh shutdown, qm shutdown, "
		"virtctl stop), devices in most managers only while it is stopped; shown as running and nothing "
		"answers: a QEMU that hangs or was left over: ps -C qemu-system-x86_64 -C kvm -C qemu-kvm -o "
		"pid,stat,args; after a crash of the manager restart that, not the host",
		CHECKS("holders-free")),
	PART(0, "resetting the virtual machine is required|invalid run state|internal-error&cont|resume|reset*|"
	     "run state",
		"guest-needs-reset",
		"QEMU stopped the guest over an error inside of it and does not let it go on: '{reason}'",
		"virsh reset {guest} (qm reset VMID), or virsh destroy and start; why it stopped: the end of "
		"/var/log/libvirt/qemu/{guest}.log and journalctl -b -k -g 'kvm|vfio' at that time: paste those",
		CHECKS("device-alive")),
	PART(0, "free space|free extents|extents|disk space|thin pool|space in the pool&insufficient*|not enough|"
	     "no free|needed|exceed*|out of|exhausted|is full",
		"storage-full",
		"the storage has not that much room for the disk: '{reason}'. No device is involved",
		"what is there: pvesm status, vgs and lvs -a (Data% of a thin pool), zfs list, virsh pool-info "
		"POOL, kubectl get pv: remove disks of guests that are gone, snapshots and failed clones (qm "
		"rescan shows unused ones), or enlarge it; a smaller disk, or another storage",
		CHECKS(NULL)),
	PART(0, "flavor|flavor's|flavour*&too small|smaller than|minimum|min_disk|min_ram|larger than",
		"flavor-small",
		"the flavor has less disk or memory than the image wants: '{reason}'",
		"openstack image show IMAGE -c min_disk -c min_ram -c size -c virtual_size against openstack "
		"flavor show: a larger flavor, boot from a volume (--boot-from-volume SIZE), or openstack image "
		"set --min-disk",
		CHECKS(NULL)),
	PART(0, "pci alias|alias&mismatch*|device type|inconsistent|differ*|conflict*",
		"nova-alias-mismatch",
		"the alias of a PCI device in nova.conf contradicts itself or another line: '{reason}'",
		"[pci] alias of nova.conf: all lines of one name need one device_type (type-PCI, type-PF, "
		"type-VF: lspci -v shows SR-IOV) and numa_policy, the same on controller and compute hosts: "
		"correct the one that differs, and restart nova-api, nova-scheduler and nova-compute; then the "
		"flavor's pci_passthrough:alias=NAME:1",
		CHECKS("device-present")),
	PART(0, "accelerator request*|arq|arqs|device profile|device-profile|deviceprofile*&bind*|bound|fail*|not "
	     "found|unable|timeout|timed out|timedout|no device*|error",
		"cyborg",
		"Cyborg could not bind an accelerator to the instance, or its device profile does not fit: "
		"'{reason}'",
		"openstack accelerator device profile list: the flavor's accel:device_profile must be one of "
		"them; openstack accelerator device list and arq list: a free device of its resource class and "
		"traits on that host; cyborg-agent.log there and cyborg-conductor.log: the first error; openstack "
		"resource provider inventory list must have it; ARQs of instances that are gone: openstack "
		"accelerator arq delete",
		CHECKS("device-present")),
	PART(0, "failed to start device|failed starting device|failed to add device*|failed to setup device|start "
	     "device&couldn't find*|could not find*|not found|no such*|failed to detect*|doesn't exist|does not "
	     "exist|no matching|unable to find|cannot find|missing",
		"incus-device",
		"what the instance's device entry names does not exist on the host at this moment: it is not "
		"there, has another name, or another instance took it: '{reason}'",
		"incus config device show NAME (lxc for LXD), then on the host: a network interface or parent: ip "
		"link; virtual functions: all may be taken, or two instances started at one time: start again, "
		"one after the other, more of them: sriov_numvfs; GPU and PCI: incus info --resources and lspci "
		"-D: set pci=0000:01:00.0; a USB or serial node: ls -l of it: required=false lets it start without",
		CHECKS("device-present", "vf-parent-up")),
	PART(0, "[einval]|[efault]|middlewared*|vm_device*|vm.device*&in use|already used|already has",
		"truenas-device-taken",
		"TrueNAS refuses the device because another guest or the host has it: '{reason}'",
		"midclt call vm.device.query: which guest has it: remove it from that one, or stop it; midclt "
		"call vm.device.passthrough_device_choices: 'available' and 'error' of the device; a GPU: System, "
		"Advanced, Isolated GPU Device, then a restart",
		CHECKS("holders-free", "managed-conflict")),
	PART(0, "no hosts with|no hosts available|no host available*|no suitable host*|no eligible host*|there "
	     "are no hosts|no_hosts_available|no server available*",
		"no-host",
		"the pool or cloud has no host that can run the guest with all that it asks for: '{reason}'",
		"the device pins it to the host that has it: is that host up, enabled and not in maintenance; "
		"XCP-ng: xe vm-param-get param-name=other-config, xl pci-assignable-list on that host, xe "
		"vgpu-list and gpu-group-list for groups, xe vm-start on=HOST names the reason; others: free "
		"memory there, storage that the host sees, tags of host and guest",
		CHECKS("device-present", "iommu-enabled")),
	PART(0, "provider packages|provider packages:|versions for provider|install provider|"
	     "registry.terraform.io|registry.opentofu.org&fail*|could not|error*|no available*|timeout|not found",
		"terraform-registry",
		"Terraform or OpenTofu could not fetch a provider: its source is not declared, has no such "
		"version for this system, or the registry is not reached: '{reason}'",
		"required_providers in the module that uses it (in child modules, too): source = "
		"\"dmacvicar/libvirt\", \"bpg/proxmox\" or \"Telmate/proxmox\", and a version that exists; "
		"terraform providers shows who asks; curl -I https://registry.terraform.io: proxy, DNS; rm -r "
		".terraform .terraform.lock.hcl, then terraform init -upgrade",
		CHECKS(NULL)),
	{ .answer = { .id = NULL } },
};
