# SPDX-License-Identifier: GPL-2.0-or-later
# A hook as guides have people write it, on a driver whose unbind waits: without a fault, and while a program that is in
# no session has the card open.
# config: desktop
# stack: debian13 backports
# usual: never
# limit: 600
# shellcheck shell=bash

unbind_waits() { dmesg | grep -q "attempt to remove $GPU"; }

trap nvidia_down EXIT
nvidia_up
usual_hook nvidia_drm nvidia_modeset nvidia
guest_define g1 "$(pci_hostdev "$GPU" yes)" "$(pci_hostdev "$GPU_AUDIO" yes)"
measure usual-nvidia none
cat /var/log/usual-hook.log

note "usual-nvidia: program"
desktop_up
hold_card
dmesg -C
virsh start g1 >"$WORK/start" 2>&1 &
wait_for 40 unbind_waits || fail "the driver is not unbound while it is in use: $(tail -n 3 /var/log/usual-hook.log)"
note "the unbind waits"
end=$(outcome usual-nvidia-program)
dmesg -C
wait_for 5 unbind_waits && waits="waits in its unbind"
printf 'usual-nvidia\tprogram\t%s\t%s\n' "$end" "${waits-$(driver_of "$GPU")}" | tee -a "$LAB_OUT/handover.tsv"
tail -n 20 /var/log/usual-hook.log
ps -eo pid,stat,wchan:20,args | grep ' D' | grep -v 'ps -eo'

# What nobody at the screen could do.
release_card
wait_for 30 rmmod nvidia_drm
wait
cat "$WORK/start"
