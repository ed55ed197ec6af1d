/* SPDX-License-Identifier: GPL-2.0-or-later */
/* messages_display.c - what programs that show or encode pictures with a passed graphics card say. */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_display[] = {
	{
		/* libva va/va.c va_openDriver, libva-utils */
		"vaapi-init-failed", HD_SPEAKER_TOOL,
		{ "vaInitialize failed with error code", "Failed to initialise VAAPI connection",
		  "No VA display found for device {path:path}", "_drv_video.so init failed" },
		"the video driver could not start on the render node: the node is of another card (a "
		"virtual one, such as bochs, QXL or virtio), this user or container may not open it, or "
		"the driver (iHD, i965, radeonsi) does not know the card. A passed card whose kernel "
		"driver failed looks the same",
		"ls -l /dev/dri/by-path and lspci -nnk -d ::0300: take the renderD node of the passed "
		"card (--display drm --device /dev/dri/renderD129); no such node: its kernel driver did "
		"not start: dmesg | grep -e i915 -e xe -e amdgpu; rights: group render, a container needs "
		"--device /dev/dri; then the package: intel-media-driver (iHD, from Broadwell on), "
		"intel-vaapi-driver (i965, older), mesa-va-drivers",
		{ "device-present", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* FFmpeg fftools/ffmpeg_hw.c, libavutil/hwcontext.c */
		"ffmpeg-device-creation", HD_SPEAKER_TOOL,
		{ "Device creation failed: -", "Error creating a MFX session: -",
		  "Failed to set value '{path:path}' for option 'vaapi_device'",
		  "Failed to set value '{path:path}' for option 'qsv_device'" },
		"FFmpeg could not open the card for video: the render node is missing, of another card, "
		"or may not be opened (-13: rights, -2: no such node, -12 or -22: its driver does not fit)",
		"ls -l /dev/dri/by-path; vainfo --display drm --device NODE must list profiles there (in "
		"the same guest or container); rights: group render, --device /dev/dri; Quick Sync also "
		"needs onevpl-intel-gpu (libmfx-gen) from the 11th generation on, and HuC: dmesg | grep "
		"-i huc",
		{ "device-present", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* NVIDIA Video Codec SDK; FFmpeg libavcodec/nvenc.c */
		"nvenc-client-key", HD_SPEAKER_TOOL,
		{ "OpenEncodeSessionEx failed", "Cannot load libcuda.so.1",
		  "Cannot load libnvidia-encode.so.1",
		  "Driver does not support the required nvenc API version" },
		"the encoder of NVIDIA's card could not be opened: the driver's video library is not in "
		"this guest or container, is older than the program, or all sessions are taken (a GeForce "
		"has a few; 'out of memory' says the same)",
		"nvidia-smi works here: in a container add NVIDIA_DRIVER_CAPABILITIES=all (or "
		"video,compute,utility); update the driver; nvidia-smi shows encoders in use (nvidia-smi "
		"encodersessions); nvidia-smi fails: first explain that",
		{ "device-present", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* LizardByte Sunshine src/main.cpp, src/video.cpp probe_encoders */
		"sunshine-no-encoder", HD_SPEAKER_TOOL,
		{ "Unable to find display or encoder during startup",
		  "Please check that a display is connected and powered on",
		  "Couldn't find any working encoder" },
		"Sunshine found no display on the passed card: nothing is plugged into it (it needs a "
		"monitor, a dummy plug or a virtual display), the desktop is on the guest's emulated card "
		"(QXL, virtio, VMware, noVNC), or the card's driver did not start",
		"in the guest take out the emulated card (<video><model type='none'/></video>; Proxmox: "
		"Display none; TrueNAS: remove the display) or make the passed card's display the main "
		"one, with a dummy plug; the driver must run there: Device Manager without Code 43, "
		"nvidia-smi; Linux: setcap cap_sys_admin+p for KMS capture",
		{ "device-alive", "display-free" }, HD_MESSAGE_EVENT,
	},
	{
		/* LizardByte Sunshine src/platform/linux/graphics.cpp */
		"sunshine-kms-import", HD_SPEAKER_TOOL,
		{ "Couldn't import RGB Image", "GPU driver doesn't support universal planes",
		  "No render device name for: {path:path}" },
		"Sunshine takes the picture from one card and encodes on another: the desktop is on the "
		"emulated card of the guest (bochs, QXL, virtio), or NVIDIA's driver has no kernel mode "
		"setting",
		"remove the emulated card (<model type='none'/>; Proxmox: Display none) so that the "
		"desktop is on the passed card; nvidia-drm.modeset=1 as a parameter of the guest's "
		"kernel; adapter_name and output_name of that card, a monitor or dummy plug in it",
		{ "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* Looking Glass repos/LGMP, client/src/main.c */
		"looking-glass-version", HD_SPEAKER_TOOL,
		{ "LGMP_ERR_INVALID_VERSION", "LGMP_ERR_INVALID_MAGIC",
		  "The host application is not compatible with this client",
		  "host application is not compatible with this client" },
		"the programs in the guest and on the host are of different releases of Looking Glass, or "
		"the one in the guest does not run, so the shared memory has nothing or old data",
		"install the same release at both ends (B6 with B6); in the guest the service Looking "
		"Glass (host) must run: its log is %ProgramData%\\Looking Glass "
		"(host)\\looking-glass-host.txt; then start the client again",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* Looking Glass host/platform/Windows/capture/DXGI */
		"looking-glass-no-output", HD_SPEAKER_TOOL,
		{ "Failed to locate a valid output device",
		  "Not using unsupported adapter: Microso" },
		"Looking Glass found no monitor on the passed card: nothing is plugged into it, the "
		"guest's desktop is on the emulated card, or the card's driver does not run (Microsoft "
		"Basic Render)",
		"plug a monitor or a dummy plug into the card, or install a virtual display; take the "
		"emulated card out (<video><model type='none'/></video>); the card must be without Code "
		"43 or 31 in the Device Manager",
		{ "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* xf86-video-modesetting drmmode_display.c */
		"xorg-master-busy", HD_SPEAKER_TOOL,
		{ "drmSetMaster failed: Device or resource busy",
		  "drmSetMaster failed: Permission denied" },
		"another display server has the card, or this one is not in an active session",
		"loginctl list-sessions; fuser -v /dev/dri/card*: stop the other one (display manager, "
		"Wayland session, plymouth), then start it from a console of your own (seat0)",
		{ "display-free" }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU ui/egl-helpers.c, ui/egl-headless.c */
		"qemu-egl-no-node", HD_SPEAKER_TOOL,
		{ "egl: no drm render node available", "egl: render node init failed",
		  "egl: eglInitialize failed", "eglInitialize failed: EGL_NOT_INITIALIZED" },
		"QEMU found no card on the host that renders for it (spice with gl, egl-headless, "
		"virtio-gl): the only one is bound to vfio-pci or has NVIDIA's driver without GBM, or "
		"QEMU's user may not open the render node",
		"ls -l /dev/dri/renderD*: none: turn gl off (<gl enable='no'/>, no accel3d), or leave the "
		"host a card; several: name it (<gl rendernode='/dev/dri/renderD128'/>); the node must be "
		"open to QEMU's user and in cgroup_device_acl of /etc/libvirt/qemu.conf, AppArmor too",
		{ "last-gpu", "display-free" }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU ui/spice-core.c, ui/console.c, hw/vfio/display.c */
		"qemu-gl-not-built", HD_SPEAKER_TOOL,
		{ "OpenGL support was not enabled in this build of qemu",
		  "The display backend does not have OpenGL support enabled",
		  "vfio-display: opengl not available", "opengl is not available" },
		"the guest wants OpenGL and its display has none: this QEMU lacks the module (a package "
		"of its own), or the display is VNC or has gl off",
		"install the module: Debian qemu-system-gui and qemu-system-modules-opengl, Fedora "
		"qemu-ui-opengl and qemu-ui-spice-core, Arch qemu-ui-opengl; then <graphics "
		"type='spice'><listen type='none'/><gl enable='yes'/></graphics> or <graphics "
		"type='egl-headless'/>; or take display='on', accel3d and virtio-gl out",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* KWin src/backends/drm, mutter src/backends/native */
		"kwin-no-device", HD_SPEAKER_TOOL,
		{ "No suitable DRM devices have been found", "Failed to setup: No GPUs found" },
		"the desktop found no graphics card on the host: it is bound to vfio-pci or its driver "
		"did not start (or it was not yet there when the desktop started)",
		"lspci -nnk -d ::0300 shows the driver: vfio-pci: give the card back (hostdevctl reattach "
		"ADDRESS) and restart the display manager; none: modprobe amdgpu (nvidia-drm with "
		"modeset=1, i915); several cards: KWIN_DRM_DEVICES=/dev/dri/card1",
		{ "last-gpu", "vfio-owned", "display-free" }, HD_MESSAGE_EVENT,
	},
	{
		/* libva va/va.c, elFarto/nvidia-vaapi-driver */
		"vaapi-nvidia", HD_SPEAKER_TOOL,
		{ "nvidia_drv_video.so init failed" },
		"the VA-API driver for NVIDIA's cards could not start: NVIDIA's libraries or nodes are "
		"missing in this container or guest, or the driver has no mode setting",
		"nvidia-smi must work at the same place (same version of the libraries as of the loaded "
		"module; nodes /dev/nvidia0, /dev/nvidiactl, /dev/nvidia-uvm in a container); "
		"nvidia-drm.modeset=1; NVD_BACKEND=direct; LIBVA_DRIVER_NAME unset for a card of another "
		"maker",
		{ "device-present", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{ .id = NULL },
};
