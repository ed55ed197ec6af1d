// SPDX-License-Identifier: GPL-2.0-or-later
// map_page.js - searches, filters and folds the page that map_html.c wrote; it is complete without.
'use strict';
const byId = (id) => document.getElementById(id);
const every = (what) => Array.from(document.querySelectorAll(what));
const devices = every('.device').map((box) => ({
	box: box, text: box.querySelector('details').textContent.toLowerCase(),
}));
const folds = every('.vfs, .machinery, .equal');
const places = every('section');	// nodes, complexes, groups; the legend has samples of them
const find = byId('find'), mark = byId('mark'), fold = byId('fold');

function matches(device, words) {
	return mark.value.split(' ').includes(device.box.dataset.mark) &&
		words.every((word) => device.text.includes(word));
}

// A device is shown with what it hangs on and is in.
function show() {
	const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
	const isAll = !words.length && !mark.selectedIndex;
	const shown = new Set();
	let n = 0;
	for (const device of devices) {
		if (!isAll && !matches(device, words))
			continue;
		n++;
		for (let box = device.box; box && !shown.has(box); box = box.parentElement)
			shown.add(box);
	}
	for (const device of devices)
		device.box.hidden = !shown.has(device.box);
	for (const place of places)
		place.hidden = !isAll && !shown.has(place);
	for (const box of folds) {
		box.hidden = !shown.has(box);
		box.open = words.length ? shown.has(box) : fold.checked;
	}
	byId('count').textContent = n + ' of ' + devices.length + ' devices';
}

// Only what is seen: a fold that is closed has no place on the page.
function step(by) {
	const stops = every('summary').filter((stop) => stop.getClientRects().length);
	const at = stops.indexOf(document.activeElement);
	const next = stops[at < 0 ? (by > 0 ? 0 : stops.length - 1) : at + by];
	if (next)
		next.focus();
}

document.addEventListener('keydown', (event) => {
	const isTyping = event.target === find || event.target === mark;
	if (event.ctrlKey || event.altKey || event.metaKey)
		return;
	if (event.key === '/' && !isTyping)
		find.focus();
	else if (event.key === 'Escape' && find.value + mark.selectedIndex !== '0') {
		find.value = '';
		mark.selectedIndex = 0;
		show();
	} else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && event.target !== mark)
		step(event.key === 'ArrowDown' ? 1 : -1);
	else
		return;
	event.preventDefault();
});
find.addEventListener('input', show);
mark.addEventListener('input', show);
fold.addEventListener('input', show);
byId('controls').addEventListener('submit', (event) => event.preventDefault());
byId('controls').hidden = false;
fold.checked = folds.length > 0 && folds.every((box) => box.open);
show();
