/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tool.js - what does hostdevctl say?  The only file that runs programs.
 *
 * A refusal (exit status 1) is an answer like any other: whatever prints JSON is returned, with
 * its exit status.
 */
/* global cockpit */

const PROBLEMS = {
	"not-found": "hostdevctl is not installed on this host: install the package hostdevctl.",
	"access-denied": "This needs administrative access: turn it on at the top of the page.",
	disconnected: "The connection to the host is lost: reload the page.",
};

/* May the user act?  Cockpit asks when it is created: before the first command, and with the same access. */
export const permission = cockpit.permission({ admin: true });

/* Cockpit itself answers, usually before hostdevctl does; a page without buttons is better than none. */
const KNOWN_MS = 2000;

const isKnown = permission.allowed !== null || new Promise(resolve => {
	permission.addEventListener("changed", resolve);
	setTimeout(resolve, KNOWN_MS);
});

const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/gu;

export class ToolError extends Error {
	constructor(exception, words, operands = []) {
		super(PROBLEMS[exception.problem] ?? exception.message ?? String(exception));
		this.command = commandLine(words, operands);
	}
}

/* One word for bash and zsh; what is not seen is written as such, and reaches no terminal. */
function quote(word) {
	if (/^[\w@%+=:,./-]+$/.test(word))
		return word;
	if (!word.match(UNSEEN))
		return `'${word.replaceAll("'", "'\\''")}'`;
	return `$'${word.replace(/[\\']/g, "\\$&").replace(UNSEEN, codes)}'`;
}

function codes(text) {
	return [...new TextEncoder().encode(text)].map(byte => `\\x${byte.toString(16).padStart(2, "0")}`).join("");
}

/* For people, to copy: quoted for a shell where it must be, and no operand becomes an option. */
export function commandLine(words, operands = []) {
	const end = operands.some(operand => operand.startsWith("-")) ? ["--"] : [];

	return ["hostdevctl", ...words, ...end, ...operands].map(quote).join(" ");
}

/* Half of a character can be in no address of the page.  Only an escape can be one, and few texts have any. */
const HALF = /\\u[dD]/;

function whole(key, value) {
	return typeof value === "string" ? value.replace(/\p{Cs}/gu, "?") : value;
}

function parse(text) {
	try {
		return HALF.test(text) ? JSON.parse(text, whole) : JSON.parse(text);
	} catch {
		return null;
	}
}

/* { out, exception }: what WORDS printed, and how it failed, or null. */
function spawn(words, superuser, input) {
	const process = cockpit.spawn(["hostdevctl", ...words], { superuser, err: "message" });
	let out = "";

	process.stream(data => { out += data; });
	if (input !== undefined)
		process.input(input);
	return new Promise(resolve => process.then(() => resolve({ out, exception: null }),
						   exception => resolve({ out, exception })));
}

/*
 * OPERANDS come from the address of the page, or from people: none of them becomes an option.  What a view
 * shows depends on the answer and on whether the user may act: neither waits for the other.
 */
async function run(command, operands, superuser, input) {
	const words = [...command, "--json", ...(operands.length ? ["--", ...operands] : [])];
	const { out, exception } = await spawn(words, superuser, input);
	const object = parse(out);

	await isKnown;
	if (!object)
		throw new ToolError(exception ?? { message: "hostdevctl printed no JSON" }, words);
	return { ...object, exit_status: exception?.exit_status ?? 0 };
}

/*
 * Reads: with administrative access if the user has it, because more is seen.  COMMAND is the
 * command with its options, INPUT what it gets on its standard input.  An answer that is only an
 * error is thrown as one.
 */
export async function ask(command, operands = [], input = undefined) {
	const answer = await run(command, operands, "try", input);

	if (answer.error)
		throw new ToolError({ message: answer.error }, command, operands);
	return answer;
}

/* Changes the host or a guest, or shows the plan of that.  An error is a part of the answer. */
export function act(command, operands) {
	return run(command, operands, "require");
}

/* The map of the host, to be shown as an image: SVG. */
export async function picture() {
	const words = ["map", "--svg"];
	const { out, exception } = await spawn(words, "try");

	if (exception)
		throw new ToolError(exception, words);
	return out;
}

/*
 * Calls SEEN with each event of the host, an object, until the function that is returned is called,
 * and ENDED when there will be no more.  A hostdevctl that has no events ends at once.
 */
export function follow(seen, ended) {
	const process = cockpit.spawn(["hostdevctl", "monitor", "--json"], { superuser: "try", err: "ignore" });
	let rest = "";

	process.stream(data => {
		const lines = (rest + data).split("\n");

		rest = lines.pop();
		lines.map(parse).filter(Boolean).forEach(seen);
	});
	process.then(ended, ended);
	/* Without a problem, Cockpit 287 only closes its input, which it does not read. */
	return () => process.close("terminated");
}
