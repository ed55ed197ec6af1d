# SPDX-License-Identifier: GPL-2.0-or-later
# The hook is killed after records that it writes: recover brings the desktop back every time.
# config: desktop
# stack: debian13 backports
# usual: never
# limit: 1200
# shellcheck shell=bash

killed=0
handover_guest
for when in ${LAB_KILLS:-$(seq 1 40)}; do
	desktop_up
	note "killed at record $when"
	timeout -k 5 "$((120 * LAB_FACTOR))" strace -f -qq -o "$WORK/trace" -e trace=fdatasync \
		-e inject=fdatasync:signal=SIGKILL:when="$when" \
		/usr/sbin/hostdevctl-hook g1 prepare begin - <"$WORK/g1.xml" >"$WORK/hook" 2>&1
	cat "$WORK/hook"
	grep -q 'killed by SIGKILL' "$WORK/trace" || break
	killed=$((killed + 1))
	run hostdevctl recover
	assert_status 0
	! grep -q 'may be under way' "$OUTPUT" || hook g1 release end
	note "$GPU on $(driver_of "$GPU"), greetd $(systemctl is-active greetd.service)"
	# Before the first step nothing was ended.
	if has_session player; then assert_untouched "$(sessions_of player)"; else assert_desktop_back; fi
done
[ "$killed" -ge 5 ] || fail "the hook was killed only $killed times"
note "killed $killed times"
run hostdevctl recover
hook g1 release end
assert_desktop_back
