/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * server.mjs - serves the page as Cockpit does, and runs hostdevctl for it on captured hosts.
 *
 * Anything but hostdevctl is refused, and it gets a tree of tests/hosts or a directory of its own:
 * the host that runs the tests is neither shown nor changed.
 */
import { execFile, execFileSync } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const source = process.env.SRCDIR, build = process.env.BUILDDIR;
/* As Cockpit's bridge sends it. */
const POLICY = "connect-src 'self' ws: wss:; default-src 'self'; base-uri 'none'; " +
	"form-action 'none'; object-src 'none'; font-src 'self' data:; img-src 'self' data:";
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };
/* These change the host, or ask libvirt: its test driver. */
const ON_DIRECTORIES = {
	attach: ["-c", "test:///default", "--templates", join(source, "xml-templates")],
	"detach-from": ["-c", "test:///default"],
	setup: [],
	handover: ["-c", "test:///default"],
	replug: ["-c", "test:///default"],
};
const LIMIT_MS = 30000;

export const asked = [];	/* the words of every command, in order */

const directories = new Map();
function directoryOf(name, use) {
	const key = `${name} ${use}`;

	if (!directories.has(key)) {
		const tree = join(source, "tests/hosts", `${name}.tree`);

		directories.set(key, execFileSync(join(build, "tests/maketree"), [tree],
						  { encoding: "utf8" }).trim());
	}
	return directories.get(key);
}

/* The captured host NAME as a directory of its own, which commands may change. */
export function directory(name) {
	return directoryOf(name, "changed");
}

/* As --host does it, but made once: that is most of what a command takes. */
function place(words, host) {
	if (ON_DIRECTORIES[words[0]] || words[1].startsWith("--guest="))
		return ["--sysroot", directory(host), ...ON_DIRECTORIES[words[0]] ?? []];
	if (words[0] === "reattach" && !words.includes("--dry-run"))
		return ["--host", join(source, "tests/hosts", `${host}.tree`)];
	return ["--sysroot", directoryOf(host, "read")];
}

/* A guest of the host that runs the tests would be asked for: its definition lies beside the tree. */
function withDefinition(words, host) {
	const path = join(source, "tests/hosts", `${host}.xml`);

	if (words[1] !== "handover" || /--report|--(en|dis)able/.test(words) || !existsSync(path))
		return words;
	const at = words.indexOf("--");

	return [...words.slice(0, at), "--xml", path, ...words.slice(at, at + 1), ...words.slice(at + 2)];
}

function toolArguments({ words, host }) {
	const all = withDefinition(words, host);

	return [all[1], ...place(all.slice(1), host), ...all.slice(2)];
}

function execute(request) {
	const { words, superuser, user, input } = request;

	asked.push(words.join(" "));
	if (user === "ordinary" && superuser === "require")
		return { problem: "access-denied" };
	if (words[0] !== "hostdevctl" || !/^[\w-]+$/.test(request.host))
		return { problem: "not-found" };
	return new Promise(resolve => {
		const child = execFile(join(build, "hostdevctl"), toolArguments(request),
				       { timeout: LIMIT_MS, maxBuffer: 1 << 26 }, (error, out, err) =>
			resolve({ out, err, status: error?.code ?? 0 }));

		/* It may end without reading it. */
		child.stdin.on("error", () => {});
		child.stdin.end(input ?? "");
	});
}

/* Pages that follow `hostdevctl monitor`. */
const followers = new Set();

/* Each gets the events, as the lines that hostdevctl prints. */
export function tell(...events) {
	for (const response of followers)
		response.write(events.map(event => `data: ${JSON.stringify(event)}\n\n`).join(""));
}

/* How many follow? */
export function following() {
	return followers.size;
}

export function endAll() {
	for (const response of followers)
		response.end();
}

function follow(request, response) {
	response.writeHead(200, { "Content-Type": "text/event-stream" }).flushHeaders();
	followers.add(response);
	request.on("close", () => followers.delete(response));
}

async function body(request) {
	let text = "";

	for await (const chunk of request)
		text += chunk;
	return text;
}

/* Fonts are Cockpit's, if it is installed. */
function fileOf(path) {
	if (path === "/base1/cockpit.js")
		return join(source, "tests/cockpit/standin.js");
	if (path.startsWith("/static/"))
		return join("/usr/share/cockpit", path);
	return join(source, "packaging/cockpit", path.replace(/^\/hostdevctl\//, ""));
}

async function respond(request, response) {
	const path = normalize(new URL(request.url, "http://localhost").pathname);

	if (request.method === "POST" && path === "/spawn") {
		response.end(JSON.stringify(await execute(JSON.parse(await body(request)))));
		return;
	}
	if (path === "/monitor") {
		follow(request, response);
		return;
	}
	const text = await readFile(fileOf(path)).catch(() => null);

	response.writeHead(text ? 200 : 404, { "Content-Type": TYPES[extname(path)] ?? "text/plain",
					       "Content-Security-Policy": POLICY });
	response.end(text ?? "");
}

/* { url, stop() } */
export async function startServer() {
	const server = createServer((request, response) => respond(request, response)
		.catch(error => response.writeHead(500).end(String(error))));

	await new Promise(resolve => server.listen(0, "127.0.0.1", resolve));
	return {
		url: `http://127.0.0.1:${server.address().port}`,
		async stop() {
			server.closeAllConnections();
			server.close();
			for (const path of directories.values())
				await rm(path, { recursive: true });
		},
	};
}
