# SPDX-License-Identifier: GPL-2.0-or-later
# The page in Cockpit: its answers without a browser, and all of it in one.
SHELL_TESTS += \
	tests/cockpit/test_guests.sh \
	tests/cockpit/test_host.sh \
	tests/cockpit/test_map_page.sh \
	tests/cockpit/test_model.sh \
	tests/cockpit/test_page.sh \
	$(NULL)
EXTRA_DIST += \
	tests/cockpit/browser.mjs \
	tests/cockpit/node.sh \
	tests/cockpit/package.json \
	tests/cockpit/real.mjs \
	tests/cockpit/server.mjs \
	tests/cockpit/standin.js \
	tests/cockpit/test_guests.mjs \
	tests/cockpit/test_host.mjs \
	tests/cockpit/test_map_page.mjs \
	tests/cockpit/test_model.mjs \
	tests/cockpit/test_page.mjs \
	tests/cockpit/visit.mjs \
	tests/cockpit/whole_way.mjs \
	$(NULL)
