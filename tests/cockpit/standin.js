/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * standin.js - base1/cockpit.js for the tests: what the page uses of it, by this test's server.
 *
 * spawn() runs the hostdevctl that was built, on a captured host. The address of the page chooses
 * the host and the user: index.html?host=workstation&user=ordinary#/
 */
"use strict";

(function () {
	const PERMISSION_MS = 50;
	/* A test may move the page to another host. */
	const query = name => new URLSearchParams(window.location.search).get(name);

	/*
	 * What it prints is what the test says. As in Cockpit, it ends if it is closed with a problem:
	 * else only its input is closed, which it does not read.
	 */
	function monitor() {
		const source = new EventSource("/monitor");

		return {
			stream(callback) {
				source.onmessage = event => callback(`${event.data}\n`);
				return this;
			},
			then(done) {
				source.onerror = () => {
					source.close();
					window.cockpit.hasEnded = true;
					done();
				};
			},
			close(problem) {
				if (problem)
					source.close();
			},
		};
	}

	function spawn(words, options) {
		if (words[1] === "monitor")
			return monitor();
		let input = null, stream = null;
		const answer = Promise.resolve().then(() => fetch("/spawn", {
			method: "POST",
			body: JSON.stringify({ words, input, superuser: options.superuser,
					       host: query("host"), user: query("user") }),
		})).then(response => response.json()).then(result => {
			if (stream)
				stream(result.out);
			if (result.problem || result.status) {
				throw Object.assign(new Error(result.err || result.problem),
						    { problem: result.problem, exit_status: result.status });
			}
			return stream ? "" : result.out;
		});

		return {
			then: answer.then.bind(answer),
			catch: answer.catch.bind(answer),
			stream(callback) {
				stream = callback;
				return this;
			},
			input(text) {
				input = text;
				return this;
			},
		};
	}

	/* As Cockpit does: whether it is so is known a moment later, or when a test calls know(). */
	function permission() {
		const answer = Object.assign(new EventTarget(), { allowed: null });

		window.cockpit.know = () => {
			answer.allowed = query("user") !== "ordinary";
			window.cockpit.isKnown = true;
			answer.dispatchEvent(new Event("changed"));
		};
		if (query("known") !== "later")
			setTimeout(window.cockpit.know, PERMISSION_MS);
		return answer;
	}

	window.cockpit = Object.assign(new EventTarget(), { spawn, permission, hidden: false });
}());
