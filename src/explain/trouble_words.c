/* SPDX-License-Identifier: GPL-2.0-or-later */
/* trouble_words.c - which words make a line an error, and a grave one? */
#include "config.h"

#include "explain/trouble.h"

#define PHRASES(items) { items, HD_ARRAY_SIZE(items) }

static const char *const errors[] = {
	"(code 14)", "(code 18)", "(code 19)", "(code 22)", "(code 32)", "(code 37)",
	"(code 38)", "(code 39)", "(code 45)", "(code 52)", "> host aw-bits", "[access]",
	"[busy]", "[no_device]", "[not_found]", "[timeout]", "abort", "aborted",
	"aborting", "already assigned", "already attached", "already bound",
	"already exists", "already in use", "already running", "are not available",
	"are not supported", "assertion failed", "assigned more than once", "back-off", "bad address",
	"bad interpreter", "bad return status", "bios is broken", "blocked for more than", "bug",
	"call trace", "can not", "can't", "cannot", "cannot_add", "code 10", "code 12",
	"code 31", "code 43", "code=dumped", "code=killed", "command timeout",
	"conflicting kernel module", "connection lost", "containment event",
	"controller is down", "controller unavailable", "core dumped", "core-dump",
	"corrupt", "corrupted", "could not", "could not be", "couldn't", "crash",
	"crashed", "crashloopbackoff", "deadlock", "denied", "detected stall", "detected stalls",
	"device does not support", "device in use", "did not claim", "didn't match", "died",
	"differs from host", "disabled (by bios)", "disabled by bios",
	"disabled by firmware", "disallowed", "do not fit", "do not match",
	"does not exist", "does not have", "does not match", "doesn't exist",
	"doesn't have", "doesn't take value", "don't match", "dumped core",
	"duplicate device", "duplicate id", "empty pool", "error", "errors",
	"event logged", "exceeded", "exceeds maximum", "exceeds the maximum", "exhausted", "expired", "fail",
	"failed", "failing", "fails", "failure", "fallen off", "fatal", "fault addr",
	"file exists", "forbidden", "general protection", "giving up", "hang", "hangs",
	"hardware unit hang", "has no attribute", "has no iommu", "has not initialized", "hc died", "hung",
	"illegal", "image is not in", "in use by", "inaccessible", "incompatible",
	"incompatible with", "ineligible", "init took too long", "insufficient", "invalid",
	"iommu is not", "iommu not", "iotlb_inv_timeout", "is allocated instead",
	"is claimed instead", "is dead", "is in use by", "is invalid", "is missing",
	"is not active", "is not available", "is not directly supported", "is not enabled",
	"is not installed", "is not running", "is not supported", "is preventing",
	"is stuck", "is unavailable", "issue detected", "killed", "level=error",
	"level=fatal", "link lost", "lockup", "lost communication", "lost connection",
	"machine check", "misconfigured", "mismatch", "more than once", "must be detached",
	"never saw", "no 'pci' bus", "no available", "no bootable", "no compatible",
	"no device", "no devices", "no display function", "no endpoints", "no file or directory",
	"no firmware reserved region", "no free", "no gpu", "no gpus",
	"no interrupt remapping", "no iommu", "no license", "no longer exists",
	"no longer present", "no master", "no matching", "no more available", "no network",
	"no nvidia", "no pci", "no probed", "no route", "no slots", "no space", "no such",
	"no suitable", "no usable", "no valid", "no vgpu", "no vt-d", "nobody cared",
	"non-operational", "non-zero", "none are available", "nonzero", "not a symlink",
	"not a valid", "not a vfio", "not allowed", "not authorized", "not bound",
	"not called", "not compatible", "not currently supported", "not eligible",
	"not enough", "not find", "not found", "not halted", "not hot-unpluggable",
	"not implemented", "not in switchdev", "not initialized", "not licensed",
	"not loaded", "not operational", "not permitted", "not populated", "not possible",
	"not ready", "not registered", "not responding", "not responsive", "not running",
	"not supported by", "not supported on", "not trusted", "not viable", "oomkilled", "oops",
	"operation failed", "operation not supported", "out of memory", "out of range",
	"out of sync", "over-current", "overlap", "overlapped", "page fault", "panic",
	"pci_unavailable", "power fault", "probe pending", "qid 0 timeout",
	"reason=crashed", "refused", "refuses", "refusing", "reg_wait timeout", "rejected",
	"rejecting", "rejects", "requires guest memory", "reset timeout", "resource busy", "sanity check",
	"save state timeout", "sched_error", "segfault", "segmentation fault", "sigabrt",
	"sigbus", "sigill", "signal 11", "signal 9", "sigsegv", "stalled for more than",
	"still in reset", "still in use", "stop code", "stopped responding", "stuck", "tdr_failure",
	"that contains an erratum", "there is no option", "time out", "timed out",
	"timeout accessing", "timeout waiting", "timeout while", "timeout,", "too large",
	"too many", "too small", "trap invalid opcode", "try again", "unable",
	"unauthorized", "unavailable for", "uncorrectable", "uncorrected", "undefined",
	"unexpectedly", "unimplemented", "unknown address", "unknown chipset",
	"unknown command", "unknown option", "unknown symbol", "unlicensed",
	"unrecoverable", "unsupported configuration", "unsupported machine type",
	"violation", "vmboot", "warning: cpu:", "was not found", "wedged",
	"windows has stopped", "xid",
};

static const char *const healthy[] = {
	"0 errors", "0 failed", "can't disable aspm; os doesn't have aspm control",
	"correctable error", "correctable errors", "corrected error", "corrected errors",
	"could not be reserved", "couldn't bind with audio component", "cpu bug present",
	"error checking", "error code 0", "error code: 0", "error correction",
	"error detection", "error handler", "error handling", "error interrupt",
	"error log", "error logging", "error notification", "error record",
	"error records", "error recovery", "error reporting", "error source", "error: 0",
	"errors: 0", "fail safe", "failed to lookup efi memory descriptor",
	"failed to read out thermal zone", "failed: 0", "firmware bug",
	"kernel panic handler", "link is not ready", "migration not supported by",
	"no error", "no errors",
	"no failures", "no invalid", "no valid trip points", "not a bug", "not an error",
	"report this as a bug",
	"sata link down", "sgx disabled by bios", "tsc calibration failed",
	"without error", "without errors",
};

static const char *const envelopes[] = {
	"error starting domain", "failed to attach device from", "failed to create domain",
	"failed to destroy domain", "failed to detach device from",
	"failed to save domain", "failed to shutdown domain", "failed to start domain",
	"failed to start network", "failed to suspend domain", "guest failed to start",
	"hook script execution failed", "process exited while connecting to monitor",
	"qemu unexpectedly closed the monitor", "start failed",
	"unable to complete install",
};

static const char *const reasons[] = {
	"are not", "conflicts with", "differ", "differs", "does not", "doesn't", "is disabled", "is not",
	"is required", "must be", "must have", "needs", "not available", "not supported", "only supported",
	"requires", "unsupported", "without",
};

static const char *const mild[] = {
	"(ww)", ":warn", "but continuing", "completion polled", "corrected error",
	"falling back", "level=warn", "level=warning", "may be slow",
	"peer-to-peer transactions on bars are not supported",
	"performing function level reset anyway", "permissive=1", "re-enqueuing",
	"requeuing", "retrying", "severity=corrected", "trying to continue", "waiting",
	"warning:", "will reset", "will retry",
};

static const char *const final[] = {
	"assume dead", "device inaccessible", "device lost", "fallen off", "gave up", "giving up",
	"hc died", "is lost", "stuck in d1", "stuck in d2", "stuck in d3",
};

static const char *const recovered[] = {
	"came out of reset", "device recovered", "recovered", "recovery successful",
	"reset succeeded", "reset successful", "reset: success",
};

const struct hd_phrases hd_trouble_errors = PHRASES(errors);
const struct hd_phrases hd_trouble_healthy = PHRASES(healthy);
const struct hd_phrases hd_trouble_envelopes = PHRASES(envelopes);
const struct hd_phrases hd_trouble_reasons = PHRASES(reasons);
const struct hd_phrases hd_trouble_mild = PHRASES(mild);
const struct hd_phrases hd_trouble_final = PHRASES(final);
const struct hd_phrases hd_trouble_recovered = PHRASES(recovered);
