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

ok 'the steps, in their stages' steps
ok 'each has a reason' each_has_a_reason
ok 'JSON has them' prints 0 '"nvidia_modeset"' plan --json --xml "$hosts/one-card-desktop.xml" \
	--sysroot "$root"
ok 'an inhibitor refuses' inhibited
ok 'without a policy, the refusal names the command' prints 1 \
	'`hostdevctl handover win11 --enable`' plan --xml "$work/without.xml" --sysroot "$root"
ok "sessions='refuse' refuses" prints 1 "the guest's policy is sessions='refuse'" \
	plan --xml "$work/refuse.xml" --sysroot "$root"
tap_end
