# SPDX-License-Identifier: GPL-2.0-or-later
libhostdev_la_SOURCES += \
	src/act/checked_request.c \
	src/act/checked_request.h \
	src/act/host_change.c \
	src/act/host_change.h \
	src/act/leftover.c \
	src/act/leftover.h \
	src/act/plan_notes.c \
	src/act/plan_notes.h \
	src/act/take.c \
	src/act/take.h \
	$(NULL)

# Not in the hook.
libhostdevcli_la_SOURCES += \
	src/act/candidates.c \
	src/act/candidates.h \
	src/act/change_options.c \
	src/act/change_options.h \
	src/act/detach.c \
	src/act/detach.h \
	src/act/device_verdicts.c \
	src/act/device_verdicts.h \
	src/act/hotplug_facts.c \
	src/act/hotplug_facts.h \
	src/act/judge_beside.c \
	src/act/judge_beside.h \
	src/act/offered_devices.c \
	src/act/offered_devices.h \
	src/act/offers.c \
	src/act/offers.h \
	src/act/overrides.c \
	src/act/overrides.h \
	src/act/pinned_place.c \
	src/act/pinned_place.h \
	src/act/reattach.c \
	src/act/reattach.h \
	src/act/rehearsal_unit.c \
	src/act/rehearsal_unit.h \
	src/act/rehearse.c \
	src/act/rehearse.h \
	src/act/removed.c \
	src/act/removed.h \
	src/act/replug.c \
	src/act/replug.h \
	src/act/replug_decision.c \
	src/act/replug_decision.h \
	src/act/replug_guest.c \
	src/act/replug_guest.h \
	src/act/replug_job.h \
	src/act/replug_state.c \
	src/act/replug_state.h \
	src/act/request_devices.c \
	src/act/request_devices.h \
	src/act/sleep.c \
	src/act/sleep.h \
	src/act/sleep_decision.c \
	src/act/sleep_decision.h \
	src/act/sleep_state.c \
	src/act/sleep_state.h \
	src/act/unplug.c \
	src/act/unplug.h \
	src/act/unseen.c \
	src/act/unseen.h \
	src/act/wake.c \
	$(NULL)
