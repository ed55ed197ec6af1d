/* SPDX-License-Identifier: GPL-2.0-or-later */
/* diff.js - which lines does a change of a file add, and which does it remove?  Pure. */

/* Beyond this many pairs of lines that may differ, all old lines go and all new ones come. */
const MOST_PAIRS = 1e6;

function linesOf(text) {
	return text ? text.replace(/\n$/, "").split("\n") : [];
}

/* Lengths of the longest common parts of A from i and B from j. */
function commonLengths(a, b) {
	const table = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));

	for (let i = a.length - 1; i >= 0; i--)
		for (let j = b.length - 1; j >= 0; j--)
			table[i][j] = a[i] === b[j] ? table[i + 1][j + 1] + 1 :
				Math.max(table[i + 1][j], table[i][j + 1]);
	return table;
}

function middle(a, b) {
	const all = [];
	let i = 0, j = 0;

	if (a.length * b.length <= MOST_PAIRS) {
		const table = commonLengths(a, b);

		while (i < a.length && j < b.length) {
			if (a[i] === b[j])
				all.push([" ", a[i++], j++]);
			else
				all.push(table[i + 1][j] >= table[i][j + 1] ? ["-", a[i++]] : ["+", b[j++]]);
		}
	}
	return [...all.map(([sign, line]) => [sign, line]), ...a.slice(i).map(line => ["-", line]),
		...b.slice(j).map(line => ["+", line])];
}

/*
 * [[sign, line]] from OLD to NEW (null: no file): " ", "-" or "+", with up to CONTEXT equal lines
 * around what differs; [null, n] stands for n lines that are left out.
 */
export function diffLines(old, text, context = 3) {
	const a = linesOf(old), b = linesOf(text);
	let head = 0, tail = 0;

	while (head < a.length && head < b.length && a[head] === b[head])
		head++;
	while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail))
		tail++;
	const before = a.slice(Math.max(0, head - context), head);
	const after = a.slice(a.length - tail, a.length - tail + context);
	const omitted = n => n > 0 ? [[null, n]] : [];

	return [...omitted(head - before.length), ...before.map(line => [" ", line]),
		...middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
		...after.map(line => [" ", line]), ...omitted(tail - after.length)];
}
