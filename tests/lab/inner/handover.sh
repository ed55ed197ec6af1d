# SPDX-License-Identifier: GPL-2.0-or-later
# handover.sh - guests that are handed the only graphics card.
# shellcheck shell=bash disable=SC2034 # the library reads METADATA

# A guest g1 with the card and its sound, whose definition has the policy; more fragments follow.  The card's USB
# controller goes along as a companion.
handover_guest() {
	METADATA="<hd:hostdevctl xmlns:hd='urn:hostdevctl:guest:1'><hd:handover/></hd:hostdevctl>" \
		guest_define g1 "$(pci_hostdev "$GPU" no)" "$(pci_hostdev "$GPU_AUDIO" no)" "$@"
}

# The guest, g1 if no other is named, has the card, and the host lives without.
assert_handed_over() {
	assert_guest_state "${1-g1}" running
	assert_driver "$GPU" vfio-pci
	assert_driver "$GPU_AUDIO" vfio-pci
	assert_driver "$GPU_USB" vfio-pci
	! has_session player || fail "the session of player goes on without its card"
	# It has "failed" if it was stopped before it had started.
	case $(systemctl is-active greetd.service) in
	inactive | failed) ;;
	*) fail "greetd is not stopped" ;;
	esac
	! consoles_bound || fail "the text consoles are bound to a card that is gone"
}

# Nothing was ended: the user works on.
assert_untouched() {
	local session=$1

	[ "$(sessions_of player)" = "$session" ] || fail "the session of player was ended"
	assert_driver "$GPU" "${DESKTOP_DRIVER:-bochs-drm}"
	assert_active greetd.service
	consoles_bound || fail "the text consoles are off"
	assert_journal_empty
	assert_screen "$DESKTOP_COLOUR" untouched
}
