# SPDX-License-Identifier: GPL-2.0-or-later
# visit.sh - a browser of this machine at the page in the lab's Cockpit: inside, it would take minutes to start.
# shellcheck shell=bash

visit_missing() {
	local program

	for program in node chromium; do
		command -v "$program" >/dev/null || { echo "needs $program outside"; return; }
	done
	[ -d "${HD_NODE_MODULES-}/playwright-core" ] || echo "needs playwright-core in HD_NODE_MODULES"
}

# visit PORT SECONDS ARGUMENT...: in OUT, visit.log says what it did, visit.status how it ended (77: not at all).
visit() {
	local port=$1 limit=$2 why browser
	shift 2

	why=$(visit_missing)
	if [ -n "$why" ]; then
		echo "$why" >"$OUT/visit.log"
		echo 77 >"$OUT/visit.status"
		return
	fi
	trap 'kill "$browser" 2>/dev/null' TERM
	CHROMIUM=$(command -v chromium) setpriv --pdeathsig TERM timeout -k 10 $((15 * limit)) \
		node "$LAB_DIR/../cockpit/whole_way.mjs" "http://127.0.0.1:$port/hostdevctl" "$limit" "$@" "$OUT" \
		>"$OUT/visit.log" 2>&1 </dev/null &
	browser=$!
	wait "$browser"
	echo $? >"$OUT/visit.status"
}

# For a line of the console; what is already there goes on beside the lab.
start_visit() {
	# shellcheck disable=SC2086
	visit $1 9>&- &
	VISITOR=$!
}

end_visit() {
	[ -z "${VISITOR-}" ] || { kill "$VISITOR" && wait "$VISITOR"; } 2>/dev/null
	VISITOR=
}
