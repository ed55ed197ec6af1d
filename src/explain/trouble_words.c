/* SPDX-License-Identifier: GPL-2.0-or-later */
/* trouble_words.c - which words make a line an error, and a grave one? */
#include "config.h"

#include "explain/trouble.h"

#define PHRASES(items) { items, HD_ARRAY_SIZE(items) }

static const char *const errors[] = {
	"(code 14)", "(code 18)", "(code 19)", "(code 22)", "(code 32)", "(code 37)",
	"(code 38)", "(code 39)", "(code 45)", "(code 52)", "(timeout)", "> host aw-bits",
	"[access]", "[busy]", "[no_device]", "[not_found]", "[timeout]", "abnormal", "abort",
	"aborted", "aborting", "already assigned", "already attached", "already bound",
	"already exists", "already in use", "already running", "are not available",
	"are not supported", "assertion failed", "assigned more than once", "back-off",
	"bad address", "bad interpreter", "bad line", "bad magic", "bad return status",
	"beyond end", "bios is broken", "blocked for more than", "boot timeout", "bug",
	"cable error", "call trace", "can not", "can't", "cannot", "cannot_add", "cmd timeout",
	"code 10", "code 12", "code 31", "code 43", "code=dumped", "code=killed",
	"command timeout", "conflict", "conflicting kernel module", "conflicts",
	"connection lost", "containment event", "controller is down", "controller unavailable",
	"core dumped", "core-dump", "corrupt", "corrupted", "corruption", "could not",
	"could not be", "couldn't", "crash", "crashed", "crashloopbackoff", "deadlock",
	"denied", "detected stall", "detected stalls", "device does not support",
	"device in use", "did not", "did not claim", "didn't", "didn't match", "died",
	"differs from host", "disabled (by bios)", "disabled by bios", "disabled by firmware",
	"disabling irq", "disallowed", "disappeared", "dma timeout", "do not fit",
	"do not match", "does not exist", "does not have", "does not match", "does not respond",
	"does not seem", "doesn't exist", "doesn't have", "doesn't respond", "doesn't seem",
	"doesn't take value", "don't match", "dumped core", "duplicate device", "duplicate id",
	"emergency mode", "empty pool", "error", "errors", "event logged", "eviction failed",
	"exceeded", "exceeds maximum", "exceeds the maximum", "exception", "exhausted",
	"expired", "fail", "failed", "failing", "fails", "failure", "fallen off", "fatal",
	"fault addr", "fault state", "fence timeout", "file exists", "firmware timeout",
	"forbidden", "fw timeout", "garbage", "general protection", "gfx timeout", "giving up",
	"got timeout", "hang", "hangs", "hardware unit hang", "has no attribute",
	"has no iommu", "has not initialized", "hc died", "hung", "i/o timeout", "i2c timeout",
	"illegal", "image is not in", "in use by", "inaccessible", "incompatible",
	"incompatible with", "inconsistent state", "incorrect", "ineligible", "init timeout",
	"init took too long", "initqueue timeout", "insufficient", "insufficient power",
	"interrupt timeout", "invalid", "iommu is not", "iommu not", "iotlb_inv_timeout",
	"ipc timeout", "irq timeout", "is allocated instead", "is claimed instead", "is dead",
	"is gone", "is in use by", "is invalid", "is missing", "is not active",
	"is not available", "is not directly supported", "is not enabled", "is not installed",
	"is not running", "is not supported", "is preventing", "is restricted", "is stuck",
	"is unavailable", "is unresponsive", "issue detected", "killed",
	"last attempted vm-entry", "level=error", "level=fatal", "limit is less than",
	"link lost", "link timeout", "locked up", "lockup", "lost", "lost communication",
	"lost connection", "machine check", "mailbox timeout", "malformed", "may not be able",
	"misconfigured", "mismatch", "mismatched", "more than once", "must be detached",
	"never saw", "no 'pci' bus", "no answer", "no available", "no bootable",
	"no compatible", "no device", "no devices", "no display function", "no endpoints",
	"no file or directory", "no firmware reserved region", "no free", "no gpu", "no gpus",
	"no interrupt remapping", "no iommu", "no license", "no longer exists",
	"no longer present", "no master", "no matching", "no more available", "no network",
	"no nvidia", "no pci", "no probed", "no reply", "no response", "no route", "no slots",
	"no space", "no such", "no suitable", "no usable", "no valid", "no vgpu", "no vt-d",
	"nobody cared", "non-operational", "non-zero", "none are available", "nonzero",
	"not a symlink", "not a valid", "not a vfio", "not acknowledged", "not allowed",
	"not authorized", "not bound", "not called", "not compatible",
	"not currently supported", "not detected", "not eligible", "not enough", "not find",
	"not found", "not halted", "not hot-unpluggable", "not implemented", "not in switchdev",
	"not initialized", "not licensed", "not loaded", "not mapped", "not operational",
	"not permitted", "not populated", "not possible", "not ready", "not recognized",
	"not registered", "not responded", "not responding", "not responsive", "not running",
	"not supported by", "not supported on", "not trusted", "not viable",
	"nv_err_gpu_in_fullchip_reset", "oomkilled", "oops", "operation failed",
	"operation not supported", "out of memory", "out of range", "out of sync",
	"over-current", "overflow", "overlap", "overlapped", "overrun", "page fault", "panic",
	"pci_unavailable", "poll timeout", "power fault", "probe pending", "probe timeout",
	"qid 0 timeout", "read timeout", "reason=crashed", "refused", "refuses", "refusing",
	"reg_wait timeout", "rejected", "rejecting", "rejects", "request timeout",
	"requires guest memory", "reset timeout", "resource busy", "response 0xffffffff",
	"response timeout", "returns -110", "returns -12", "returns -16", "returns -19",
	"returns -22", "returns -5", "rpc timeout", "sanity check", "save state timeout",
	"sched_error", "segfault", "segmentation fault", "sigabrt", "sigbus", "sigill",
	"signal 11", "signal 9", "sigsegv", "spurious response", "stalled for more than",
	"starved", "still in reset", "still in use", "stop code", "stopped responding", "stuck",
	"sync timeout", "tdr_failure", "that contains an erratum", "there is no option",
	"time out", "timed out", "timeout accessing", "timeout after", "timeout during",
	"timeout error", "timeout expired", "timeout from", "timeout occurred", "timeout on",
	"timeout polling", "timeout reading", "timeout scripts", "timeout waiting",
	"timeout when", "timeout while", "timeout writing", "timeout,", "too large", "too many",
	"too small", "transfer timeout", "trap invalid opcode", "truncated", "try again",
	"tx timeout", "tx_timeout", "unable", "unauthorized", "unavailable for",
	"unbound immediate", "unclaimed", "uncorrectable", "uncorrected", "undefined",
	"underrun", "unexpected error", "unexpected response", "unexpected status",
	"unexpectedly", "unhandled", "unimplemented", "unknown address", "unknown chipset",
	"unknown command", "unknown option", "unknown symbol", "unlicensed", "unmapped",
	"unreachable", "unrecoverable", "unresponsive", "unsupported chip",
	"unsupported configuration", "unsupported device", "unsupported firmware",
	"unsupported hardware", "unsupported machine type", "vanished",
	"vfio_pci_mmap_huge_fault", "violation", "vmboot", "warning: cpu:", "was not found",
	"wedged", "went away", "windows has stopped", "write timeout", "wrong", "xfer timeout",
	"xid (",
};

static const char *const healthy[] = {
	"0 errors", "0 failed", "and report a bug", "areas for low memory corruption",
	"cache line size of 64 is not supported", "can't derive routing for pci int",
	"can't disable aspm; os doesn't have aspm control", "correctable error",
	"correctable errors", "corrected error", "corrected errors", "could not be loaded",
	"could not be reserved", "couldn't bind with audio component", "cpu bug present",
	"error checking", "error code 0", "error code: 0", "error correction",
	"error detection", "error handler", "error handling", "error interrupt", "error log",
	"error logging", "error notification", "error record", "error records",
	"error recovery", "error reporting", "error source", "error: 0", "errors: 0",
	"fail safe", "failed to discover, sensors not enabled",
	"failed to lookup efi memory descriptor", "failed to read out thermal zone",
	"failed, trying", "failed: 0", "firmware bug", "hest is not enabled",
	"hibernation image not present", "image not found (code", "its usage is not supported",
	"kernel panic handler", "link is not ready", "malformed msft vendor event",
	"may be insufficient for optimal performance", "might be running a broken bios",
	"migration not supported by", "no error", "no errors", "no failures", "no invalid",
	"no valid trip found", "no valid trip points", "not a bug", "not an error",
	"ptm not supported by", "report this as a bug", "resource conflict(s) found",
	"resource conflict; acpi support", "runtime disable is not supported", "sata link down",
	"scanning for low memory corruption", "sgx disabled by bios",
	"speculative return stack overflow", "tsc calibration failed",
	"unable to locate rio grande", "unknown as /devices", "unknown kernel command line",
	"unknown> hid", "without error", "without errors",
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

/* Too common in logs, but whoever pastes a few lines asks for their reason. */
static const char *const weak[] = {
	"address space limit", "are not", "did not", "do not", "doesn't allow", "is already", "is not a",
	"is not connected", "is not empty", "is not found", "is not in", "is not mounted", "is not online",
	"is not valid", "is not writable", "is required", "must be", "must have", "must not",
	"needs", "objects found", "only supported", "requires", "too big", "too few", "too high",
	"too low", "too old", "too short", "unknown",
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
const struct hd_phrases hd_trouble_weak = PHRASES(weak);
const struct hd_phrases hd_trouble_mild = PHRASES(mild);
const struct hd_phrases hd_trouble_final = PHRASES(final);
const struct hd_phrases hd_trouble_recovered = PHRASES(recovered);
