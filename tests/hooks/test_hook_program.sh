# SPDX-License-Identifier: GPL-2.0-or-later
# What the hook's program is made of, what it opens, and what it does with a bad world.
. "$SRCDIR/tests/support/tap.sh"
hook=$BUILDDIR/hostdevctl-hook
engine=$BUILDDIR/.libs/hostdevctl-engine.so
dir=$(mktemp -d) || exit 99
trap 'rm -rf "$dir"' EXIT
mkdir -p "$dir/root/run" "$dir/root/etc"
plain='<domain><name>g</name><devices><console/></devices></domain>'
passes='<domain><name>g</name><devices><hostdev type="pci"/></devices></domain>'
sanitized=$(ldd "$hook" | grep -c 'lib[a-z]*san\.so')

# status WANTED COMMAND...: exit status, nothing on standard output
status() {
	local wanted=$1 got
	shift
	"$@" > "$dir/out" 2> "$dir/err"
	got=$?
	cat "$dir/err"
	[ "$got" = "$wanted" ] && ! [ -s "$dir/out" ] || { echo "exit status $got"; return 1; }
}

# says TEXT COMMAND...: the first line of what the command writes
says() {
	local text=$1
	shift
	"$@" 2>&1 | head -1 | grep -qF -- "$text"
}

with() {
	local input=$1
	shift
	printf '%s' "$input" | "$@"
}

# none PATTERN FILE
none() {
	! grep -E -- "$1" "$2"
}

if [ "$sanitized" = 0 ]; then
	ldd "$hook" > "$dir/hook.ldd"
	ldd "$engine" > "$dir/engine.ldd"
	ok 'the program links the C library alone' \
		none '^\s*lib' <(grep -v 'libc\.so' "$dir/hook.ldd")
	ok 'the engine links no libvirt, libpci, jansson or libyaml' \
		none 'libvirt|libpci|jansson|libsmartcols|libyaml' "$dir/engine.ldd"
else
	skip 'the program links the C library alone' 'built with sanitizers'
	skip 'the engine links no libvirt, libpci, jansson or libyaml' 'built with sanitizers'
fi
exports() {
	[ "$(nm -D --defined-only "$engine" | awk '$2 == "T" { print $3 }')" = hd_hook_engine ]
}
ok 'the engine exports one function' exports

ok 'wrong use is status 2' status 2 "$hook"
ok 'wrong use is status 2 with too many words' status 2 "$hook" a b c d e
ok 'the version is printed' says 'hostdevctl-hook ' "$hook" --version
ok 'a guest named --version is a guest' status 0 \
	with "$plain" "$hook" --sysroot "$dir/root" --version prepare begin -

# An input that never comes: a FIFO that we have open for writing, too.  The hook itself waits 30 s.
mkfifo "$dir/never"
exec 7<> "$dir/never"
for op in stopped migrate restore attach surprise; do
	ok "$op does not wait for its input" \
		status 0 timeout 25 "$hook" --sysroot "$dir/root" g $op begin - < "$dir/never"
done
ok 'release of a guest that has nothing does not wait for its input' \
	status 0 timeout 25 "$hook" --sysroot "$dir/root" g release end - < "$dir/never"
ok 'an endless input is refused' \
	status 3 timeout 25 "$hook" --sysroot "$dir/root" g prepare begin - < <(yes)
# Closed here and not at `ok`: the pipe of its $(...) would take the descriptor's place.
closed() {
	"$hook" --sysroot "$dir/root" g "$1" begin - <&-
}
ok 'a closed input is refused' status 3 closed prepare
ok 'closed outputs do no harm' status 0 \
	with "$plain" bash -c "'$hook' --sysroot '$dir/root' g prepare begin - >&- 2>&-"
ok 'an input that cannot be read does not end a running guest' \
	status 0 closed reconnect

# Only the build's own library folder has the engine, unless it is installed.
if [ -e "$(readelf -d "$hook" | sed -n 's/.*R[UN]*PATH.*\[\(.*\)\]/\1/p')/hostdevctl-engine.so" ]; then
	skip 'a missing engine stops a guest that passes devices' 'an engine is installed'
else
	ok 'a missing engine stops a guest that passes devices' status 3 with "$passes" \
		env LD_LIBRARY_PATH=/nonexistent "$hook" --sysroot "$dir/root" g prepare begin -
	ok 'it says what to do' says 'reinstall hostdevctl' with "$passes" \
		env LD_LIBRARY_PATH=/nonexistent "$hook" --sysroot "$dir/root" g prepare begin -
	ok 'a missing engine stops no other guest' status 0 with "$plain" \
		env LD_LIBRARY_PATH=/nonexistent "$hook" --sysroot "$dir/root" g prepare begin -
fi

# A standard error that nobody reads: as large as a pipe is, and full.
unread() {
	mkfifo "$dir/unread"
	exec 8<> "$dir/unread"
	timeout 1 dd if=/dev/zero bs=4096 count=1000 >&8 2> "$dir/null"
	printf '%s' "$passes" | timeout 120 "$hook" --sysroot "$dir/root" g prepare begin - 2>&8
	[ $? = 3 ]
}
ok 'a standard error that nobody reads keeps nobody' unread

# An engine that hangs, crashes, or leaves a child that has our standard error.
mkdir "$dir/bad"
cp "$BUILDDIR/.libs/libbadengine.so" "$dir/bad/hostdevctl-engine.so"
bad() {
	with "$passes" timeout 60 env LD_LIBRARY_PATH="$dir/bad" \
		"$hook" --sysroot "$dir/root" "$1" "$2" begin -
}
lines() {
	[ "$(bad talks prepare 2>&1 | wc -l)" = 5000 ]
}
if [ "$sanitized" = 0 ]; then
	ok 'an engine that does not end is given up' status 3 bad hangs prepare
	ok 'nothing was changed' says 'nothing was changed on the host' bad hangs prepare
	ok 'one that was changing the host leaves it in doubt' status 4 bad hangs-half-way prepare
	ok 'it says where to look' says 'hostdevctl status' bad hangs-half-way prepare
	ok 'one that was done has done it' status 0 bad hangs-at-the-end prepare
	ok 'it is named' says 'did not end in time' bad hangs prepare
	ok 'at start nothing can be half done' status 3 bad hangs start
	ok 'an engine that does not end harms no running guest' status 0 bad hangs reconnect
	ok 'an engine that crashes stops the start' status 3 bad crashes prepare
	ok 'one that crashes half-way leaves it in doubt' status 4 bad crashes-half-way prepare
	ok 'its signal is named' says 'killed by signal 11' bad crashes prepare
	ok 'an engine that crashes harms no running guest' status 0 bad crashes reconnect
	ok 'the output of the engine never reaches ours' status 1 bad talks prepare
	ok 'its words do, all of them' lines
	ok 'a child that it leaves is not waited for' status 1 bad leaves prepare
	ok 'nor are its words lost' says 'it left a child' bad leaves prepare

	# As during an upgrade: the engine has been replaced already, or not yet.
	version=$("$hook" --version | sed 's/.* //')
	LC_ALL=C sed "s/\x00$version\x00/\x00${version//[0-9]/7}\x00/g" "$engine" > "$dir/bad/hostdevctl-engine.so"
	ok 'an engine of another version' eval '! cmp -s "$engine" "$dir/bad/hostdevctl-engine.so"'
	ok 'is not used' status 3 bad g prepare
	ok 'the reason is said' says 'hostdevctl is being upgraded; try again' bad g prepare
	ok 'it harms no running guest' status 0 bad g reconnect
else
	skip 'an engine that hangs, crashes or talks' 'built with sanitizers'
fi

cp "$hook" "$dir/hook" && chmod 755 "$dir" "$dir/hook"
if [ "$(id -u)" = 0 ] && setpriv --reuid=65534 --clear-groups "$dir/hook" --version > /dev/null 2>&1
then
	ok 'a session daemon is left alone' status 0 with "$passes" \
		setpriv --reuid=65534 --clear-groups "$dir/hook" g prepare begin -
else
	skip 'a session daemon is left alone' 'needs root and setpriv'
fi

if [ "$sanitized" = 0 ] && strace -o /dev/null true 2> /dev/null; then
	with "$plain" strace -f -o "$dir/plain.strace" \
		"$hook" --sysroot "$dir/root" g prepare begin - > /dev/null 2>&1
	ok 'a plain guest never loads the engine' \
		none 'hostdevctl-engine|libxml2|^[0-9]+ +(clone3?|v?fork)\(' "$dir/plain.strace"
	with "$passes" strace -f -o "$dir/passes.strace" \
		"$hook" --sysroot "$dir/root" g prepare begin - > /dev/null 2>&1
	ok 'a guest that passes devices does' \
		grep -q 'hostdevctl-engine.so' "$dir/passes.strace"
	ok 'no socket is opened' \
		none '(socket|connect)\(' <(cat "$dir/plain.strace" "$dir/passes.strace")
else
	for name in 'a plain guest never loads the engine' 'a guest that passes devices does' \
		    'no socket is opened'; do
		skip "$name" 'needs strace and a build without sanitizers'
	done
fi
tap_end
