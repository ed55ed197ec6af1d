# SPDX-License-Identifier: GPL-2.0-or-later
# clitap.sh - for the tests of hostdevctl: runs it and looks at status and output.
. "$SRCDIR/tests/support/tap.sh" || exit 99
tool=$BUILDDIR/hostdevctl
work=$(mktemp -d) || exit 99
trees=
trap 'rm -rf "$work" $trees' EXIT

# libeconf 0.5 loses eight bytes of its own in econf_readDirs().
echo 'leak:econf_readDirs' > "$work/lsan"
export LSAN_OPTIONS=print_suppressions=0:suppressions=$work/lsan

# tree ARGUMENTS-OF-MAKETREE...: sets $root
tree() {
	root=$("$BUILDDIR/tests/maketree" "$@") || exit 99
	trees="$trees $root"
}

# run WANTED ARGUMENTS...: exit status as wanted; leaves $work/out and $work/err
run() {
	local wanted=$1 got
	shift
	"$tool" "$@" > "$work/out" 2> "$work/err" < /dev/null
	got=$?
	[ "$got" = "$wanted" ] && return
	echo "hostdevctl $*: exit status $got, not $wanted"
	cat "$work/out" "$work/err"
	return 1
}

# prints WANTED TEXT ARGUMENTS...: the exit status, and TEXT on standard output
prints() {
	local wanted=$1 text=$2
	shift 2
	run "$wanted" "$@" || return
	grep -qF -- "$text" "$work/out" && return
	echo "not on standard output: $text"
	cat "$work/out" "$work/err"
	return 1
}

# complains WANTED TEXT ARGUMENTS...: the exit status, and TEXT on standard error
complains() {
	local wanted=$1 text=$2
	shift 2
	run "$wanted" "$@" || return
	grep -qF -- "$text" "$work/err" && return
	echo "not on standard error: $text"
	cat "$work/out" "$work/err"
	return 1
}

# driver ADDRESS WANTED: the function's driver in $root ("-": none)
driver() {
	local link=$root/sys/bus/pci/devices/$1/driver got=-
	[ -L "$link" ] && got=$(basename "$(readlink "$link")")
	[ "$got" = "$2" ] || { echo "$1 is on $got, not $2"; return 1; }
}
