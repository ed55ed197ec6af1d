# SPDX-License-Identifier: GPL-2.0-or-later
# The page in Cockpit parses no markup, runs no text, styles nothing inline, runs programs in one place
# only, and is installed whole.
shopt -s nullglob
bad=0
report() {
	[ -z "$1" ] || { printf '%s\n' "$1" | sed "s/\$/   <- $2/"; bad=1; }
}
report "$(grep -nE 'innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|setHTML|srcdoc' \
	packaging/cockpit/*.js /dev/null)" 'text of the host would become markup'
report "$(grep -nE '\beval\b|new Function|setTimeout\("|javascript:|[^a-z]import\(' packaging/cockpit/*.js /dev/null |
	grep -vE '[^a-z]import\("\./[a-z_]+\.js"\)')" 'text would become a program'
report "$(grep -nE '<style|<script>|style=|[ "]on[a-z]+="' packaging/cockpit/*.html /dev/null)" \
	'the content security policy forbids it'
report "$(grep -nE 'https?://|url\("?//' packaging/cockpit/*.{html,css,js} /dev/null | grep -v 'http://www.w3.org/2000/svg')" \
	'the page loads nothing from elsewhere'
report "$(grep -n 'cockpit\.\(spawn\|script\|file\|dbus\|http\|channel\)' packaging/cockpit/*.js /dev/null |
	grep -v '^packaging/cockpit/tool.js:')" 'only tool.js runs programs'
if command -v appstreamcli > /dev/null; then
	told=$(appstreamcli validate --no-net packaging/cockpit/*.metainfo.xml) || report "$told" 'not as AppStream wants it'
fi
# The page waits for all that main.js imports, and for no more: one not named here would be a round later.
wanted=main.js before=
while [ "$wanted" != "$before" ]; do
	before=$wanted
	wanted=$(for name in $wanted; do
		echo "$name"
		sed -n 's,^import .*from "\./\([a-z_]*\.js\)";,\1,p' "packaging/cockpit/$name"
	done | sort -u)
done
report "$(diff <(sed -n 's/.*"modulepreload" href="\([a-z_.]*\)".*/\1/p' packaging/cockpit/index.html) \
	<(grep -vx main.js <<< "$wanted"))" 'the modules of the first view, in index.html'
for file in packaging/cockpit/*.{js,css,html,json}; do
	grep -q "^	$file " packaging/cockpit/sources.mk || { echo "$file: not in its sources.mk"; bad=1; }
done
for file in packaging/cockpit/*.{js,css} tests/cockpit/*.{js,mjs}; do
	awk -v file="$file" '
	FNR <= 4 && /^ ?\/?\* [a-z_]+\.(js|css|mjs) - / { told = 1 }
	FNR == 501 { print file ":501: more than 500 lines"; bad = 1 }
	{ line = $0; gsub(/\t/, "        ", line) }
	length(line) > 120 { print file ":" FNR ": " length(line) " columns"; bad = 1 }
	END { if (!told) { print file ":1: does not say why it exists"; bad = 1 } exit bad }' "$file" || bad=1
done
exit $bad
