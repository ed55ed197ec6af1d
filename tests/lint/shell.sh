# SPDX-License-Identifier: GPL-2.0-or-later
# Shell scripts are parsed, and pass shellcheck where it is installed.
shopt -s nullglob globstar
bad=0
for file in quickstart .ci/run tests/lint/run tests/**/*.sh tests/lab/run tests/lab/fleet tests/fuzz/run \
	tests/packaging/run packaging/build-* packaging/roots.sh packaging/debian/{pre,post}{inst,rm} \
	packaging/debian/tests/installed; do
	[ -f "$file" ] || continue
	bash -n "$file" || bad=1
	if command -v shellcheck > /dev/null; then
		shellcheck -s bash -S error -f gcc "$file" || bad=1
	fi
done
exit $bad
