# SPDX-License-Identifier: GPL-2.0-or-later
# fleet-control.sh - where the commands of docs/fleet.md are run: this machine, with Debian 12's Ansible, and a root
# of Debian 13, with its own and with hostdevctl.
# shellcheck shell=bash

readonly CONTROL_PACKAGES="ansible-core jq openssh-client"

# $WORK/desk has what the document says is there: the source, the package, and the files that it shows.
make_control() {
	local desk=$WORK/desk

	mkdir -p "$desk/packaging" "$WORK/home12" "$WORK/home13" "$WORK/hostdevctl" "$WORK/root" &&
	cp -r "$LAB_DIR/../../packaging/ansible" "$desk/packaging/" &&
	cp "$PACKAGE" "$desk/hostdevctl_1.0.0_amd64.deb" && dpkg-deb -x "$PACKAGE" "$WORK/hostdevctl" || return 1
	doc_text '[virt]' >"$desk/hosts.ini"
	# The lab has no such card.
	doc_playbook | sed 's/10de:2684/01:00.0/' >"$desk/site.yml"
	cp "$LAB_DIR"/lib/fleet/*.yml "$desk/"
	CONTROL_ROOT=$(stack_root debian13) &&
		CONTROL_LAYER=$(stack_layer "$CONTROL_ROOT" fleet "$CONTROL_PACKAGES")
}

# The environment is a person's; what waits does so longer, since the hosts are emulated.
control_environment() {
	printf '%s\n' "HOME=$WORK/$1" "PATH=$WORK/bin:/usr/sbin:/usr/bin:/sbin:/bin" LC_ALL=C.UTF-8 TERM=dumb \
		ANSIBLE_NOCOLOR=1 ANSIBLE_TIMEOUT=120
}

# control RELEASE COMMAND: runs a line of shell there; what it leaves behind, such as ssh's masters, ends with it.
control() {
	local release=$1 line=$2 limit=${CONTROL_LIMIT:-2400} environment

	printf '%s\n' "$line" >>"$WORK/ran"
	printf '[%s] $ %s\n' "$release" "$line" >&2
	mapfile -t environment < <(control_environment "home$release")
	# shellcheck disable=SC2016
	setpriv --pdeathsig KILL timeout -k 10 "$limit" unshare -m -p -f --kill-child --propagation private bash -c '
		work=$1 layer=$2 root=$3 line=$4; shift 4
		new=
		if [ -n "$root" ]; then
			new=$work/root
			mount -t overlay -o "ro,lowerdir=$work/hostdevctl:$layer:$root" overlay "$new" &&
			mount --rbind /dev "$new/dev" && mount -t tmpfs tmp "$new/tmp" &&
			mount -t tmpfs tmp "$new/run" && mount -t tmpfs tmp "$new/var/tmp" &&
			mkdir -p "$new$work" && mount --bind "$work" "$new$work" || exit 125
		fi
		mount -t proc proc "$new/proc" || exit 125
		exec env -i "$@" ${new:+chroot "$new"} bash -c "cd \"$work/desk\" && $line"' \
		control "$WORK" "$CONTROL_LAYER" "$([ "$release" = 12 ] || echo "$CONTROL_ROOT")" "$line" \
		"${environment[@]}" </dev/null
}

# follow RELEASE WORDS: the command of the document that begins with these
follow() {
	local line

	line=$(doc_command "$2") || fail "docs/fleet.md has not one command: $2"
	control "$1" "$line"
}

# must RELEASE WORDS: and it succeeds
must() {
	follow "$1" "$2" || fail "status $? of: $2"
}

install_collection() {
	local release

	control 12 "ansible --version" | grep -F 'core 2.14' || fail "this machine's ansible-core is not 2.14"
	control 13 "ansible --version" | grep -F 'core 2.19' || fail "Debian 13's ansible-core is not 2.19"
	for release in 12 13; do
		rm -f "$WORK"/desk/*.tar.gz
		must "$release" "ansible-galaxy collection build"
		must "$release" "ansible-galaxy collection install"
		must "$release" "ansible-doc"
	done
}

# Commands that a host runs are noted here, too.
noted() {
	local line

	line=$(doc_command "$2") || fail "docs/fleet.md has not one command: $2"
	printf '%s\n' "$line" >>"$WORK/ran"
	on "$1" "$line"
}

every_command() {
	local line missed=

	while IFS= read -r line; do
		grep -qxF -- "$line" "$WORK/ran" || { missed=yes; echo "never ran: $line"; }
	done < <(doc_commands)
	[ -z "$missed" ] || fail "docs/fleet.md has commands that nobody ran: $(grep -c . <<<"$missed")"
}
