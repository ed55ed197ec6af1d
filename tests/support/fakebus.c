/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fakebus.c - the system bus of a fake host, with systemd and logind on it. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <systemd/sd-bus.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "tests/support/fakebus.h"
#include "tests/support/unit.h"

#define PROGRAM "/usr/bin/dbus-daemon"
#define LATE_MS 300
#define UNITS "run/systemd/units/invocation:"
#define SCOPE_OF(id) "session-" id ".scope"
#define SCOPE "sys/fs/cgroup/user.slice/user-1000.slice/" SCOPE_OF("%s") "/cgroup.procs"
#define SYSTEMD "org.freedesktop.systemd1"
#define SYSTEMD_PATH "/org/freedesktop/systemd1"
#define LOGIND "org.freedesktop.login1"
#define LOGIND_PATH "/org/freedesktop/login1"

struct server {
	struct fake_host *host;
	sd_bus *bus;
	bool has_subscriber;
	char late_unit[64];		/* whose job is to end at LATE_AT, "" for none */
	bool starts;
	int64_t late_at;
	char closing[16];		/* the session whose last process is to go then */
};

static void note_call(struct server *server, const char *method, const char *name,
		      const char *mode)
{
	char line[200];
	int fd = openat(server->host->root.fd, "calls", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC,
			0644);
	int n = snprintf(line, sizeof(line), "%s%s%s%s%s\n", method, *name ? " " : "", name,
			 *mode ? " " : "", mode);

	if (write(fd, line, (size_t)n) != n)
		_exit(1);
	(void)close(fd);
}

static void set_unit(struct server *server, const char *unit, bool is_active)
{
	char path[128];

	(void)snprintf(path, sizeof(path), UNITS "%s", unit);
	if (is_active)
		fake_link(server->host, path, "0123456789abcdef0123456789abcdef");
	else
		(void)unlinkat(server->host->root.fd, path, 0);
}

static void end_job(struct server *server, const char *job, const char *unit, const char *result)
{
	char path[128];

	(void)snprintf(path, sizeof(path), SYSTEMD_PATH "/job/%s", job);
	if (server->has_subscriber)
		(void)sd_bus_emit_signal(server->bus, SYSTEMD_PATH, SYSTEMD ".Manager",
					 "JobRemoved", "uoss", 7u, path, unit, result);
}

/* The job of a scope ends when nobody is left in it. */
static bool stop_scope(struct server *server, const char *unit)
{
	if (!strcmp(unit, SCOPE_OF(FAKE_BUS_CLOSING)))
		(void)snprintf(server->late_unit, sizeof(server->late_unit), "%s", unit);
	else if (strcmp(unit, SCOPE_OF(FAKE_BUS_STAYING)) != 0 &&
		 strcmp(unit, SCOPE_OF(FAKE_BUS_LOGGED_OUT)) != 0)
		return false;
	if (!strcmp(unit, SCOPE_OF(FAKE_BUS_LOGGED_OUT))) {
		fake_file(server->host, hd_printf(&server->host->arena, SCOPE,
						  FAKE_BUS_LOGGED_OUT), "");
		end_job(server, "ours", unit, "done");
	}
	return true;
}

static void run_unit(struct server *server, const char *unit, bool starts)
{
	if (stop_scope(server, unit))
		return;
	if (!strcmp(unit, FAKE_BUS_FAILING) || !strcmp(unit, FAKE_BUS_SLOW)) {
		if (!strcmp(unit, FAKE_BUS_FAILING))
			end_job(server, "ours", unit, "failed");
		return;
	}
	if (!strcmp(unit, FAKE_BUS_LATE)) {
		end_job(server, "another", unit, "done");
		(void)snprintf(server->late_unit, sizeof(server->late_unit), "%s", unit);
		server->starts = starts;
		server->late_at = hd_now_ms() + LATE_MS;
		return;
	}
	set_unit(server, unit, starts);
	end_job(server, "ours", unit, !strcmp(unit, FAKE_BUS_KILLED) ? "failed" : "done");
}

static int unit_called(sd_bus_message *message, void *data, sd_bus_error *error)
{
	bool starts = !strcmp(sd_bus_message_get_member(message), "StartUnit");
	struct server *server = data;
	const char *unit, *mode;
	int rc = sd_bus_message_read(message, "ss", &unit, &mode);

	if (rc < 0)
		return rc;
	note_call(server, starts ? "StartUnit" : "StopUnit", unit, mode);
	if (!strcmp(unit, FAKE_BUS_MUTE))
		return 1;
	if (!strcmp(unit, FAKE_BUS_MISSING) || !strcmp(unit, SCOPE_OF("9")))
		return sd_bus_error_set(error, SYSTEMD ".NoSuchUnit",
					"Unit missing.service not loaded.");
	/* As systemd does, the reply before the signal; the signal may come first to the reader. */
	rc = sd_bus_reply_method_return(message, "o", SYSTEMD_PATH "/job/ours");
	run_unit(server, unit, starts);
	return rc;
}

static int subscribed(sd_bus_message *message, void *data, sd_bus_error *error)
{
	struct server *server = data;

	(void)error;
	server->has_subscriber = true;
	note_call(server, "Subscribe", "", "");
	return sd_bus_reply_method_return(message, "");
}

static int reset_failed(sd_bus_message *message, void *data, sd_bus_error *error)
{
	const char *unit;

	(void)error;
	if (sd_bus_message_read(message, "s", &unit) < 0)
		return -EINVAL;
	note_call(data, "ResetFailedUnit", unit, "");
	return sd_bus_reply_method_return(message, "");
}

static int session_called(sd_bus_message *message, void *data, sd_bus_error *error)
{
	struct server *server = data;
	const char *id;

	if (sd_bus_message_read(message, "s", &id) < 0)
		return -EINVAL;
	note_call(server, "TerminateSession", id, "");
	if (!strcmp(id, FAKE_BUS_SESSION)) {
		(void)unlinkat(server->host->root.fd, "run/systemd/sessions/2", 0);
	} else if (!strcmp(id, FAKE_BUS_CLOSING) || !strcmp(id, FAKE_BUS_STAYING)) {
		fake_file(server->host, hd_printf(&server->host->arena, "run/systemd/sessions/%s", id),
			  hd_printf(&server->host->arena,
				    "UID=1000\nSTATE=closing\nSCOPE=session-%s.scope\n", id));
		if (!strcmp(id, FAKE_BUS_CLOSING))
			(void)snprintf(server->closing, sizeof(server->closing), "%s", id);
		server->late_at = hd_now_ms() + LATE_MS;
	} else if (strcmp(id, FAKE_BUS_LOGGED_OUT) != 0) {
		return sd_bus_error_set(error, LOGIND ".NoSuchSession", "No session known");
	}
	return sd_bus_reply_method_return(message, "");
}

static const sd_bus_vtable systemd_calls[] = {
	SD_BUS_VTABLE_START(0),
	SD_BUS_METHOD("StopUnit", "ss", "o", unit_called, SD_BUS_VTABLE_UNPRIVILEGED),
	SD_BUS_METHOD("StartUnit", "ss", "o", unit_called, SD_BUS_VTABLE_UNPRIVILEGED),
	SD_BUS_METHOD("ResetFailedUnit", "s", "", reset_failed, SD_BUS_VTABLE_UNPRIVILEGED),
	SD_BUS_METHOD("Subscribe", "", "", subscribed, SD_BUS_VTABLE_UNPRIVILEGED),
	SD_BUS_SIGNAL("JobRemoved", "uoss", 0),
	SD_BUS_VTABLE_END,
};

static const sd_bus_vtable logind_calls[] = {
	SD_BUS_VTABLE_START(0),
	SD_BUS_METHOD("TerminateSession", "s", "", session_called, SD_BUS_VTABLE_UNPRIVILEGED),
	SD_BUS_VTABLE_END,
};

static void serve_late(struct server *server)
{
	if (!server->late_at || hd_ms_left(server->late_at))
		return;
	server->late_at = 0;
	if (*server->late_unit) {
		set_unit(server, server->late_unit, server->starts);
		end_job(server, "ours", server->late_unit, "done");
	}
	if (*server->closing)
		fake_file(server->host, hd_printf(&server->host->arena, SCOPE, server->closing), "");
	*server->late_unit = *server->closing = '\0';
}

static int open_server(struct server *server, const char *address)
{
	int rc = sd_bus_new(&server->bus);

	if (rc >= 0)
		rc = sd_bus_set_address(server->bus, address);
	if (rc >= 0)
		rc = sd_bus_set_bus_client(server->bus, true);
	if (rc >= 0)
		rc = sd_bus_start(server->bus);
	return rc;
}

static void serve_bus(struct fake_host *host, const char *address, int ready)
{
	struct server server = { .host = host };
	int rc;

	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	rc = open_server(&server, address);
	if (rc >= 0)
		rc = sd_bus_add_object_vtable(server.bus, NULL, SYSTEMD_PATH, SYSTEMD ".Manager",
					      systemd_calls, &server);
	if (rc >= 0)
		rc = sd_bus_add_object_vtable(server.bus, NULL, LOGIND_PATH, LOGIND ".Manager",
					      logind_calls, &server);
	if (rc >= 0)
		rc = sd_bus_request_name(server.bus, SYSTEMD, 0);
	if (rc >= 0)
		rc = sd_bus_request_name(server.bus, LOGIND, 0);
	if (rc < 0 || write(ready, "y", 1) != 1)
		_exit(1);
	for (;;) {
		rc = sd_bus_process(server.bus, NULL);
		if (rc < 0)
			_exit(1);
		serve_late(&server);
		if (rc == 0)
			(void)sd_bus_wait(server.bus, 20000);
	}
}

/* Waits for a line or a letter on FD. */
static void await_word(int fd)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };
	char word[256];

	assert_true(poll(&poll_fd, 1, PATIENT_MS) > 0);
	assert_true(read(fd, word, sizeof(word)) > 0);
	(void)close(fd);
}

static pid_t start_daemon(struct fake_host *host)
{
	char config[128], print[32];
	int fds[2];
	pid_t pid;

	fake_file(host, "bus.conf",
		  hd_printf(&host->arena,
			    "<busconfig>"
			    "<listen>unix:path=%s/run/dbus/system_bus_socket</listen>"
			    "<auth>EXTERNAL</auth><policy context='default'><allow user='*'/>"
			    "<allow own='*'/><allow send_destination='*'/><allow send_type='signal'/>"
			    "<allow receive_sender='*'/></policy></busconfig>", host->path));
	fake_dir(host, "run/dbus");
	assert_int_equal(pipe2(fds, 0), 0);
	(void)snprintf(config, sizeof(config), "--config-file=%s/bus.conf", host->path);
	(void)snprintf(print, sizeof(print), "--print-address=%d", fds[1]);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
		/* It warns that it may not raise its own limits. */
		(void)dup2(open("/dev/null", O_WRONLY | O_CLOEXEC), STDERR_FILENO);
		execl(PROGRAM, PROGRAM, "--nofork", "--nopidfile", config, print, (char *)NULL);
		_exit(127);
	}
	(void)close(fds[1]);
	await_word(fds[0]);
	return pid;
}

static pid_t start_server(struct fake_host *host)
{
	const char *address = hd_printf(&host->arena, "unix:path=%s/run/dbus/system_bus_socket",
					host->path);
	int fds[2];
	pid_t pid;

	assert_int_equal(pipe2(fds, O_CLOEXEC), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		serve_bus(host, address, fds[1]);
	(void)close(fds[1]);
	await_word(fds[0]);
	return pid;
}

int fake_bus_setup(void **state)
{
	static struct fake_bus bus;

	*state = NULL;
	if (access(PROGRAM, X_OK) < 0)
		return 0;
	fake_host_make(&bus.host);
	fake_dir(&bus.host, "run/systemd/units");
	fake_dir(&bus.host, "run/systemd/sessions");
	bus.root = (struct hd_sysroot){ .fd = bus.host.root.fd, .is_live = true };
	bus.daemon = start_daemon(&bus.host);
	bus.server = start_server(&bus.host);
	*state = &bus;
	return 0;
}

int fake_bus_teardown(void **state)
{
	struct fake_bus *bus = *state;

	if (!bus)
		return 0;
	(void)kill(bus->server, SIGKILL);
	(void)kill(bus->daemon, SIGCONT);
	(void)kill(bus->daemon, SIGKILL);
	(void)waitpid(bus->server, NULL, 0);
	(void)waitpid(bus->daemon, NULL, 0);
	fake_host_remove(&bus->host);
	return 0;
}

struct fake_bus *fake_bus_need(void **state)
{
	if (!*state) {
		print_message("there is no " PROGRAM "\n");
		skip();
	}
	return *state;
}

void fake_bus_activate(struct fake_bus *bus, const char *unit)
{
	fake_link(&bus->host, hd_printf(&bus->host.arena, UNITS "%s", unit),
		  "0123456789abcdef0123456789abcdef");
}

const char *fake_bus_calls(struct fake_bus *bus)
{
	const char *text;

	return hd_sysroot_text(&bus->host.root, &bus->host.arena, &text, "calls") < 0 ? "" : text;
}
