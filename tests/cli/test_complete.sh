# SPDX-License-Identifier: GPL-2.0-or-later
# Completion in bash and zsh, with the scripts that are installed.
. "$SRCDIR/tests/support/clitap.sh" || exit 99
tree good 0000:01:00.0=0x010802,12,nvme 0000:02:00.0=0x020000,13,igb
mkdir -p "$root/etc/libvirt/qemu"
echo '<domain/>' > "$root/etc/libvirt/qemu/win11.xml"
# shellcheck disable=SC2016
echo '<domain/>' > "$root/etc/libvirt/qemu/\$(touch evil).xml"
PATH=$BUILDDIR:$PATH
cd "$work" || exit 99

# says WANTED... -- WORD...: what the program offers, line by line
says() {
	local wanted=
	while [ "$1" != -- ]; do
		wanted=$wanted$1$'\n'
		shift
	done
	run 0 complete "$@" || return
	[ ! -s "$work/err" ] && printf %s "$wanted" | diff - "$work/out"
}

ok 'a command' says recover -- rec
ok 'a device' says 0000:01:00.0 -- xml --sysroot "$root" 0000:01
ok 'a guest' says win11 -- check --sysroot "$root" w
ok 'nothing for a host that is not there' says -- check --sysroot "$work/nothing" ''
ok 'nothing for nonsense' says -- frob --frob ''
ok 'without words it is wrong use' complains 2 'missing WORD' complete
many_options() {
	local word
	for word in $("$tool" --list-commands); do
		"$tool" --list-options "$word" | sort > "$work/wanted"
		run 0 complete -- "$word" -- && sed 's/=$//' "$work/out" | diff "$work/wanted" - || return
	done
}
ok 'all options of all commands' many_options
three() {
	local i
	for i in 1 2 3; do
		run 0 complete -- check --sysroot "$root" '' || return
	done
}
# Seconds of CPU: those of the clock are the machine's, and other work's on it.
quick() {
	local TIMEFORMAT='%3U %3S' took
	took=$({ time three > "$work/three" 2>&1; } 2>&1) || { cat "$work/three"; return 1; }
	awk '{ exit $1 + $2 >= 3 }' <<< "$took" || { echo "$took"; return 1; }
}
ok 'in no time' quick

# completes LINE WANTED [OPTIONS]: the function, called as bash calls it; $COMPREPLY joined by "|"
. "$BUILDDIR/completion/bash/hostdevctl" || exit 99
compopt() { options=$options${options:+ }${2}; }
completes() {
	local options='' IFS='|'
	COMP_LINE=$1 COMP_POINT=${COMP_POINT:-${#1}}
	_hostdevctl
	[ "${COMPREPLY[*]}" = "$2" ] || { echo "'${COMPREPLY[*]}' is not '$2'"; return 1; }
	[ "$options" = "${3:-}" ] || { echo "options '$options'"; return 1; }
}
COMP_WORDBREAKS=$' \t\n"\'@><=;|&(:' COMP_POINT=
with=" --sysroot $root"
ok 'bash: a command' completes 'hostdevctl rec' recover
COMP_POINT=14 ok 'bash: the cursor is in the middle' completes 'hostdevctl rec --json' recover
ok 'bash: what follows the last colon' completes "hostdevctl xml$with 0000:01" 01:00.0
ok 'bash: and the equals sign' completes 'hostdevctl xml --as=mde' mdev
ok 'bash: more is to come' completes 'hostdevctl check --allow usb-f' usb-free= nospace
ok 'bash: in quotes' completes "hostdevctl xml$with \"0000:01" 0000:01:00.0
: > file.xml
mkdir folder
ok 'bash: files' completes 'hostdevctl check --xml fi' file.xml filenames
ok 'bash: directories' completes 'hostdevctl check --sysroot=f' folder filenames
ok 'bash: a name that is a command' completes "hostdevctl check$with \$" '\$\(touch\ evil\)'
ok 'bash: nothing' completes 'hostdevctl frob ' ''
COMP_WORDBREAKS=$' \t\n'
ok 'bash: colons that break no words' completes "hostdevctl xml$with 0000:01" 0000:01:00.0
ok 'bash: directories, too' completes 'hostdevctl check --sysroot=f' --sysroot=folder filenames
ok 'what was named was not run' test ! -e evil

# typed SHELL KEYS WANTED: an interactive shell, whose hostdevctl says its words; WANTED is one line
cat > typed.bash << 'END'
PS1= PS2=
bind 'set enable-bracketed-paste off'
END
echo ". '$BUILDDIR/completion/bash/hostdevctl'" >> typed.bash
cat > said << 'END'
#!/bin/sh
[ "$1" = complete ] && exec "$HD_TOOL" "$@"
printf 'said: %s\n' "$*" >> "$HD_SAID"
END
mkdir bin
mv said bin/hostdevctl
chmod +x bin/hostdevctl
export HD_TOOL=$tool HD_SAID=$work/said
typed() {
	: > said
	printf '%b\nexit\n' "$2" > keys
	PATH=$work/bin:$PATH timeout 120 script -qec "$1" log < keys > /dev/null 2>&1
	grep -qx "said: $3" said && return
	cat said log
	return 1
}
if command -v script > /dev/null; then
	bash='bash --noprofile --rcfile typed.bash -i'
	ok 'bash: typed' typed "$bash" "hostdevctl xm\t--sysr\t$root 0000:01\t" \
		"xml --sysroot $root 0000:01:00.0"
	ok 'bash: typed, a value' typed "$bash" 'hostdevctl check --allow usb-fr\t0000' \
		'check --allow usb-free=0000'
	ok 'bash: typed, a hostile name' typed "$bash" "hostdevctl check --sysroot $root \\\\\$\t" \
		"check --sysroot $root \$(touch evil)"
	ok 'and it is a word still' test ! -e evil
else
	skip 'bash: typed' 'there is no script(1)'
fi
if command -v script > /dev/null && command -v zsh > /dev/null; then
	mkdir zdot
	cat > zdot/.zshrc << 'END'
PS1=
unsetopt zle_bracketed_paste 2> /dev/null
fpath=($HD_FPATH $fpath)
autoload -Uz compinit && compinit -u -D
END
	export ZDOTDIR=$work/zdot HD_FPATH=$BUILDDIR/completion/zsh
	ok 'zsh: typed' typed 'zsh -i' "hostdevctl xm\t--sysr\t$root 0000:01\t" \
		"xml --sysroot $root 0000:01:00.0"
	ok 'zsh: typed, a value' typed 'zsh -i' 'hostdevctl check --allow usb-fr\t0000' \
		'check --allow usb-free=0000'
	ok 'zsh: typed, a hostile name' typed 'zsh -i' "hostdevctl check --sysroot $root \\\\\$\t" \
		"check --sysroot $root \$(touch evil)"
	ok 'zsh: it is a word still' test ! -e evil
else
	skip 'zsh: typed' 'zsh or script(1) is not installed'
fi
tap_end
