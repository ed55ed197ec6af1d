/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_metrics.c - the host in numbers, for Prometheus: is it ready, what is held, what was refused? */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "act/request_devices.h"
#include "cli/listing.h"
#include "cli/metrics_held.h"
#include "cli/options.h"
#include "report/metrics.h"

static const struct hd_option *const options[] = {
	&hd_opt_textfile, &hd_opt_openmetrics, &hd_opt_sysroot, &hd_opt_host, &hd_opt_help, NULL,
};

struct kind_of_device {
	const char *kind, *class;
	enum hd_readiness readiness;
	int64_t n;
};

struct numbers {
	struct hd_checked host;
	struct kind_of_device *kinds;
	size_t n_kinds;
	struct hd_metrics_held held;
};

static void put_build(const struct hd_metrics_out *to, const struct numbers *all)
{
	const struct hd_metric_label version = { "version", PACKAGE_VERSION };

	(void)all;
	hd_metric_put(to, &version, 1, 1);
}

static void put_ready(const struct hd_metrics_out *to, const struct numbers *all)
{
	hd_metric_put(to, NULL, 0, all->host.findings.is_ready);
}

/* Each check once: how many of its findings did not pass. */
static void put_findings(const struct hd_metrics_out *to, const struct numbers *all)
{
	const struct hd_findings *found = &all->host.findings;
	int64_t n;

	for (size_t i = 0; i < found->n; i += (size_t)n) {
		const struct hd_metric_label labels[] = {
			{ "check", found->items[i].check->id },
			{ "severity", hd_severity_name(found->items[i].severity) },
		};

		for (n = 1; i + (size_t)n < found->n &&
			    found->items[i + (size_t)n].check == found->items[i].check &&
			    found->items[i + (size_t)n].severity == found->items[i].severity &&
			    found->items[i + (size_t)n].verdict != HD_PASS; n++)
			;
		if (found->items[i].verdict != HD_PASS)
			hd_metric_put(to, labels, HD_ARRAY_SIZE(labels), n);
	}
}

static void put_devices(const struct hd_metrics_out *to, const struct numbers *all)
{
	static const char *const words[] = {
		[HD_READY] = "ready", [HD_NEEDS] = "needs", [HD_NEVER] = "never",
	};

	for (size_t i = 0; i < all->n_kinds; i++) {
		const struct kind_of_device *kind = &all->kinds[i];
		const struct hd_metric_label labels[] = {
			{ "kind", kind->kind }, { "class", kind->class },
			{ "verdict", words[kind->readiness] },
		};

		hd_metric_put(to, labels, HD_ARRAY_SIZE(labels), kind->n);
	}
}

static void put_held(const struct hd_metrics_out *to, const struct numbers *all)
{
	for (size_t i = 0; i < all->held.n; i++) {
		const struct hd_metrics_device *held = &all->held.items[i];
		const struct hd_metric_label labels[] = {
			{ "device", held->device }, { "owner", held->owner }, { "guest", held->guest },
		};

		hd_metric_put(to, labels, HD_ARRAY_SIZE(labels), held->since);
	}
}

static void put_left(const struct hd_metrics_out *to, const struct numbers *all)
{
	for (size_t i = 0; i < all->held.n; i++) {
		const struct hd_metrics_device *held = &all->held.items[i];
		const struct hd_metric_label labels[] = {
			{ "device", held->device }, { "owner", held->owner }, { "guest", held->guest },
			{ "reason", held->left },
		};

		if (held->left)
			hd_metric_put(to, labels, HD_ARRAY_SIZE(labels), 1);
	}
}

static void put_broken(const struct hd_metrics_out *to, const struct numbers *all)
{
	hd_metric_put(to, NULL, 0, (int64_t)all->held.n_broken);
}

static void put_hand_overs(const struct hd_metrics_out *to, const struct numbers *all)
{
	const struct hd_metric_label done = { "result", "done" }, failed = { "result", "failed" };

	hd_metric_put(to, &done, 1, all->held.counts[HD_COUNT_HANDED_OVER]);
	hd_metric_put(to, &failed, 1, all->held.counts[HD_COUNT_HAND_OVER_FAILED]);
}

/* What has no function of its own is one of the counts. */
static const struct family {
	struct hd_metric metric;
	void (*put)(const struct hd_metrics_out *to, const struct numbers *all);
	enum hd_count count;
} families[] = {
	{ { "hostdevctl_build_info", "Version of hostdevctl; the value is always 1.", false },
	  .put = put_build },
	{ { "hostdevctl_ready", "Whether 'hostdevctl check' finds the host ready: 1 or 0.", false },
	  .put = put_ready },
	{ { "hostdevctl_findings", "Findings about the host that did not pass, by check.", false },
	  .put = put_findings },
	{ { "hostdevctl_devices", "Devices by kind, class and verdict, as 'hostdevctl list' shows them.",
	    false }, .put = put_devices },
	{ { "hostdevctl_held_since_seconds", "Since when a device is held, in seconds since 1970.", false },
	  .put = put_held },
	{ { "hostdevctl_device_left", "Devices that should have been given back; the value is always 1.",
	    false }, .put = put_left },
	{ { "hostdevctl_journals_broken", "Journals that cannot be understood.", false },
	  .put = put_broken },
	{ { "hostdevctl_starts_refused", "Starts of guests that a check refused, since the host booted.",
	    true }, .count = HD_COUNT_REFUSED },
	{ { "hostdevctl_starts_failed", "Starts of guests with devices that failed, since the host booted.",
	    true }, .count = HD_COUNT_FAILED },
	{ { "hostdevctl_stranded", "Starts and ends that left a device in an unknown state, since the host "
	    "booted.", true }, .count = HD_COUNT_STRANDED },
	{ { "hostdevctl_hand_overs", "Hand-overs of graphics cards to guests, since the host booted.",
	    true }, .put = put_hand_overs },
};

static void count_device(struct numbers *all, struct hd_arena *arena, const struct hd_item *item,
			 enum hd_readiness readiness)
{
	const struct kind_of_device kind = {
		.kind = hd_device_kind_name(item->kind), .class = hd_item_short_class(arena, item),
		.readiness = readiness, .n = 1,
	};

	for (size_t i = 0; i < all->n_kinds; i++) {
		struct kind_of_device *known = &all->kinds[i];

		if (known->readiness == readiness && !strcmp(known->kind, kind.kind) &&
		    !strcmp(known->class ? known->class : "", kind.class ? kind.class : "")) {
			known->n++;
			return;
		}
	}
	hd_push(arena, &all->kinds, &all->n_kinds, kind);
}

static enum hd_exit read_devices(struct numbers *all, struct hd_run *run, struct hd_error *err)
{
	_cleanup_(hd_listing_close) struct hd_listing listing = { .n = 0 };
	const struct hd_chosen chosen = { .want = HD_INVENTORY_IDS, .cost = HD_COSTS_CHECKS };
	enum hd_exit code = hd_listing_read(&listing, run, 0, &chosen, false, err);

	for (size_t i = 0; code == HD_EXIT_OK && i < listing.n; i++)
		count_device(all, run->context.arena, listing.items[i],
			     listing.judgement.devices[i].readiness);
	return code;
}

static int write_numbers(FILE *out, const struct hd_run *run, const struct numbers *all)
{
	struct hd_metrics_out to = { .out = out, .is_open = run->options->openmetrics };

	for (size_t i = 0; i < HD_ARRAY_SIZE(families); i++) {
		hd_metric_begin(&to, &families[i].metric);
		if (families[i].put)
			families[i].put(&to, all);
		else
			hd_metric_put(&to, NULL, 0, all->held.counts[families[i].count]);
	}
	return hd_metrics_end(&to);
}

/*
 * Whole or not at all: the collector of node_exporter reads whatever ends in ".prom".  It is another
 * user, whatever our umask is; and the timer may run beside us.
 */
static int replace_file(const struct hd_run *run, const struct numbers *all)
{
	const char *path = run->options->textfile;
	const char *new = hd_printf(run->context.arena, "%s.%ld.new", path, (long)getpid());
	FILE *out;
	int fd, rc;

	(void)unlink(new);
	fd = open(new, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
	out = fd < 0 || fchmod(fd, 0644) < 0 ? NULL : fdopen(fd, "w");
	if (!out)
		return -errno;
	rc = write_numbers(out, run, all);
	if (fclose(out) != 0 && rc == 0)
		rc = -errno;
	if (rc == 0 && rename(new, path) < 0)
		rc = -errno;
	if (rc < 0)
		(void)unlink(new);
	return rc;
}

static enum hd_exit run_metrics(struct hd_run *run, struct hd_error *err)
{
	struct numbers all = { .n_kinds = 0 };
	enum hd_exit code;
	int rc;

	hd_checked_from_devices(&all.host, run->context.arena, NULL, 0);
	code = hd_checked_run(&all.host, &run->context, err);
	if (code == HD_EXIT_OK)
		code = read_devices(&all, run, err);
	if (code == HD_EXIT_OK && hd_metrics_held_read(&all.held, &run->context, err) < 0)
		code = HD_EXIT_HOST;
	if (code == HD_EXIT_OK) {
		rc = run->options->textfile ? replace_file(run, &all) :
		     write_numbers(run->out, run, &all);
		if (rc < 0)
			code = hd_fail_as(HD_EXIT_HOST, err, rc, "cannot write %s: %s",
					  run->options->textfile ? run->options->textfile :
					  "the metrics", strerror(-rc));
	}
	hd_checked_close(&all.host);
	return code;
}

const struct hd_command hd_cmd_metrics = {
	.name = "metrics",
	.summary = "Print the state of the host as numbers, for Prometheus.",
	.options = options,
	.needs_root = true,
	.run = run_metrics,
};
