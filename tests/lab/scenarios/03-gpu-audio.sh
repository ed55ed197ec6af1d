# SPDX-License-Identifier: GPL-2.0-or-later
# A GPU is requested: its audio function shares the group, and is taken and given back with it.
# config: iommu
# stack: debian12 debian13 backports
# usual: backports
# limit: 240
# shellcheck shell=bash

host_driver=$(driver_of "$GPU")
guest_define g1 "$(pci_hostdev "$GPU" no)"

guest_start g1
assert_guest_state g1 running
assert_driver "$GPU" vfio-pci
case $(driver_of "$GPU_AUDIO") in
none|vfio-pci) ;;
*) fail "$GPU_AUDIO is on $(driver_of "$GPU_AUDIO") while its group runs in a guest" ;;
esac
assert_guest_has_pci g1 1234:1111
assert_guest_lacks_pci g1 8086:293e

guest_stop g1
assert_driver "$GPU" "$host_driver"
assert_driver "$GPU_AUDIO" snd_hda_intel
assert_no_override "$GPU_AUDIO"
assert_drivers_as_before
