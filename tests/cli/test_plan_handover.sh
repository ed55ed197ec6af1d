# SPDX-License-Identifier: GPL-2.0-or-later
# `plan` and `check` of a desktop with one card, for a guest that asks for a hand-over of it.
. "$SRCDIR/tests/support/clitap.sh" || exit 99
hosts=$SRCDIR/tests/hosts
tree "$hosts/one-card-desktop.tree"
sed '/<hd:handover/d' "$hosts/one-card-desktop.xml" > "$work/without.xml"
sed "s,<hd:handover/>,<hd:handover sessions='refuse'/>," "$hosts/one-card-desktop.xml" > "$work/refuse.xml"

# steps: the plan's steps, as numbers of stages, knobs and targets
steps() {
	run 0 plan --xml "$hosts/one-card-desktop.xml" --sysroot "$root" || return
	sed -n 's/^ *\([0-9]*\)\. \([^:]*[^ ]*\): .*/\1 \2/p' "$work/out" > "$work/steps"
	diff - "$work/steps" <<-'END'
		1 unit gdm.service
		1 unit nvidia-persistenced.service
		2 session 2
		3 card-idle 0000:0a:00.0
		3 card-idle 0000:0a:00.1
		4 vtconsole vtcon1
		5 framebuffer efi-framebuffer.0
		6 unloaded-driver 0000:0a:00.0
		7 kernel-module nvidia_drm
		8 kernel-module nvidia_modeset
		9 kernel-module nvidia_uvm
		10 kernel-module nvidia
		11 pci-driver 0000:0a:00.0
		11 pci-driver 0000:0a:00.1
		12 card-answers 0000:0a:00.0
		12 card-answers 0000:0a:00.1
	END
}

# each_has_a_reason: each step says why
each_has_a_reason() {
	[ "$(grep -c '^ *[0-9]*\. .* -> .* (.*)$' "$work/out")" = 16 ]
}

# inhibited: the plan is refused while a package is upgraded
inhibited() {
	printf 'WHAT=shutdown\nWHO=dnf\nWHY=upgrading\nMODE=block\n' > "$root/run/systemd/inhibit/9"
	prints 1 'dnf asks not to be interrupted: upgrading' plan --xml "$hosts/one-card-desktop.xml" \
		--sysroot "$root"
	local status=$?
	rm "$root/run/systemd/inhibit/9"
	return "$status"
}

# with_controller: the card's own USB controller has the last keyboard, and goes to the guest with it
with_controller() {
	local fn=pci0000:00/0000:00:01.0/0000:0a:00.2
	{
		cat "$hosts/one-card-desktop.tree"
		echo
		sed -n '\,/0000:01:00.2$,,/^$/p' "$hosts/gpu-with-usb.tree" |
			sed 's,0000:01:00.2,0000:0a:00.2,; s,iommu_groups/1$,iommu_groups/22,'
		printf '@ sys/bus/pci/devices\n0000:0a:00.2 -> ../../../devices/%s\n\n' "$fn"
		printf '@ sys/kernel/iommu_groups/22/devices\n0000:0a:00.2 -> ../../../../devices/%s\n\n' "$fn"
		printf '@ sys/bus/pci/drivers/xhci_hcd\n0000:0a:00.2 -> ../../../../devices/%s\n\n' "$fn"
		sed 's,0000:00:14.0,0000:00:01.0/0000:0a:00.2,' "$SRCDIR/tests/support/keyboard.tree"
	} > "$work/controller.tree"
	sed "s,</devices>,<hostdev mode='subsystem' type='pci'><source>\
<address domain='0x0000' bus='0x0a' slot='0x00' function='0x2'/></source></hostdev></devices>," \
		"$hosts/one-card-desktop.xml" > "$work/controller.xml"
	tree "$work/controller.tree"
}

ok 'the steps, in their stages' steps
ok 'each has a reason' each_has_a_reason
ok 'JSON has them' prints 0 '"nvidia_modeset"' plan --json --xml "$hosts/one-card-desktop.xml" \
	--sysroot "$root"
ok 'an inhibitor refuses' inhibited
ok 'without a policy, the refusal names the command' prints 1 \
	'`hostdevctl handover win11 --enable`' plan --xml "$work/without.xml" --sysroot "$root"
ok "sessions='refuse' refuses" prints 1 "the guest's policy is sessions='refuse'" \
	plan --xml "$work/refuse.xml" --sysroot "$root"
with_controller
plan="plan --sysroot $root --xml"
ok "the card's USB controller goes with it" prints 0 \
	' 11. pci-driver 0000:0a:00.2: xhci_hcd -> vfio-pci (requested)' $plan "$work/controller.xml"
ok 'is looked at on the way back' grep -q 'card-answers 0000:0a:00.2' "$work/out"
ok 'with the last keyboard, as a note' grep -q '^note .*usb-controller-free .*0000:0a:00.2' "$work/out"
sed '/<hd:handover/d' "$work/controller.xml" > "$work/without.xml"
ok 'without a policy, the keyboard stays' prints 1 "is the host's last keyboard" $plan "$work/without.xml"
tap_end
