/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * race.c - uses a device in a tight loop while others take it and give it back.
 *
 *   race USE TARGET ROUNDS ATTEMPTS TAKE GIVE
 *
 * USE is `mount` or `claim` or `write` (TARGET: the PCI address of an NVMe
 * controller with an ext4 disk), or `route` (TARGET: an interface).  TAKE and
 * GIVE are shell commands.  A round runs TAKE; status 0 must be followed by a
 * GIVE with status 0, and status 1 is a refusal.  It ends when there were both
 * ROUNDS rounds and ATTEMPTS attempts on a device that was there.
 *
 * A use that breaks is a loss if it had begun before TAKE did, and always where
 * the kernel arbitrates (mount, claim).  Else it came in the window that nothing
 * closes, and is counted alone.  Exit status: 0 no loss, 1 a loss, 2 trouble.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <net/if.h>
#include <net/route.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MOUNT_DIR "/run/race"
#define BLOCK 4096
#define REPORTS_MAX 10
#define LASTS_MAX 4000000	/* us; the start of a guest is decided within its first seconds */

/* Shared by the user of the device and the one who takes it. */
struct shared {
	_Atomic int64_t take_began;		/* us; of the latest TAKE */
	_Atomic int64_t take_lasts;		/* us; of the longest that was seen */
	_Atomic unsigned attempts, won, losses, in_window, reports;
	_Atomic bool stop;
};

struct use {
	const char *name;
	bool is_arbitrated;
	/* 0 used for LASTS us and let go; -errno: never got it; 1 had it since *SINCE and it broke. */
	int (*once)(const char *target, int64_t lasts, int64_t *since, char what[static 128]);
};

static int64_t now_us(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void pause_us(int64_t most)
{
	(void)usleep((useconds_t)(1 + rand() % most));
}

/* The node of the first disk of the controller; it has another number each time. */
static bool disk_of(const char *addr, char ret[static 64])
{
	char pattern[128];
	glob_t found;
	bool is_there;

	(void)snprintf(pattern, sizeof(pattern), "/sys/bus/pci/devices/%s/nvme/nvme*/nvme*n*", addr);
	is_there = glob(pattern, 0, NULL, &found) == 0;
	if (is_there)
		(void)snprintf(ret, 64, "/dev/%.50s", strrchr(found.gl_pathv[0], '/') + 1);
	globfree(&found);
	return is_there;
}

static int broke(char what[static 128], const char *call)
{
	(void)snprintf(what, 128, "%s: %s", call, errno ? strerror(errno) : "cut short");
	return 1;
}

/* Writes and reads through to the disk for a while. */
static int work_on_files(int64_t lasts, char what[static 128])
{
	int64_t end = now_us() + lasts;
	char buf[BLOCK] = "race";

	do {
		int fd;

		errno = 0;
		fd = open(MOUNT_DIR "/race", O_WRONLY | O_CREAT | O_TRUNC, 0600);

		if (fd < 0)
			return broke(what, "open");
		if (write(fd, buf, sizeof(buf)) != (ssize_t)sizeof(buf) || fsync(fd) < 0) {
			(void)close(fd);
			return broke(what, "write");
		}
		(void)close(fd);
		fd = open(MOUNT_DIR "/known.bin", O_RDONLY);
		if (fd < 0 || posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED) != 0 ||
		    read(fd, buf, sizeof(buf)) <= 0) {
			(void)close(fd);
			return broke(what, "read");
		}
		(void)close(fd);
	} while (now_us() < end);
	return 0;
}

static int mount_once(const char *addr, int64_t lasts, int64_t *since, char what[static 128])
{
	char disk[64];
	int rc;

	if (!disk_of(addr, disk))
		return -ENOENT;
	if (mount(disk, MOUNT_DIR, "ext4", 0, NULL) < 0)
		return -errno;
	*since = now_us();
	rc = work_on_files(lasts, what);
	if (umount(MOUNT_DIR) == 0)
		return rc;
	rc = rc ? rc : broke(what, "umount");
	(void)umount2(MOUNT_DIR, MNT_DETACH);
	return rc;
}

/* Rewrites a block with what it holds already. */
static int rewrite(int fd, int64_t lasts, char what[static 128])
{
	int64_t end = now_us() + lasts;
	static char buf[BLOCK];

	do {
		errno = 0;
		if (pread(fd, buf, sizeof(buf), 0) != (ssize_t)sizeof(buf))
			return broke(what, "read");
		if (pwrite(fd, buf, sizeof(buf), 0) != (ssize_t)sizeof(buf) || fsync(fd) < 0)
			return broke(what, "write");
	} while (now_us() < end);
	return 0;
}

static int open_once(const char *addr, int flags, int64_t lasts, int64_t *since,
		     char what[static 128])
{
	char disk[64];
	int fd, rc;

	if (!disk_of(addr, disk))
		return -ENOENT;
	fd = open(disk, O_RDWR | O_CLOEXEC | flags);
	if (fd < 0)
		return -errno;
	*since = now_us();
	rc = rewrite(fd, lasts, what);
	(void)close(fd);
	return rc;
}

static int claim_once(const char *addr, int64_t lasts, int64_t *since, char what[static 128])
{
	return open_once(addr, O_EXCL, lasts, since, what);
}

static int write_once(const char *addr, int64_t lasts, int64_t *since, char what[static 128])
{
	return open_once(addr, 0, lasts, since, what);
}

static int set_up(int fd, const char *interface)
{
	struct ifreq request = { .ifr_flags = 0 };

	(void)snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", interface);
	if (ioctl(fd, SIOCGIFFLAGS, &request) < 0)
		return -errno;
	request.ifr_flags |= IFF_UP;
	return ioctl(fd, SIOCSIFFLAGS, &request) < 0 ? -errno : 0;
}

static int change_route(int fd, unsigned long change, const char *interface)
{
	struct sockaddr_in any = { .sin_family = AF_INET };
	char name[IFNAMSIZ];
	struct rtentry route = { .rt_flags = RTF_UP, .rt_metric = 4711, .rt_dev = name };

	(void)snprintf(name, sizeof(name), "%s", interface);
	memcpy(&route.rt_dst, &any, sizeof(any));
	memcpy(&route.rt_genmask, &any, sizeof(any));
	return ioctl(fd, change, &route) < 0 ? -errno : 0;
}

/* A default route comes, stays for some time, and must still be there to be removed. */
static int use_route(int fd, const char *interface, int64_t lasts, int64_t *since,
		     char what[static 128])
{
	int rc = set_up(fd, interface);

	if (rc == 0)
		rc = change_route(fd, SIOCADDRT, interface);
	if (rc < 0)
		return rc;
	*since = now_us();
	(void)usleep((useconds_t)lasts);
	rc = change_route(fd, SIOCDELRT, interface);
	errno = -rc;
	return rc < 0 ? broke(what, "remove the route") : 0;
}

static int route_once(const char *interface, int64_t lasts, int64_t *since,
		      char what[static 128])
{
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	int rc = fd < 0 ? -errno : use_route(fd, interface, lasts, since, what);

	(void)close(fd);
	return rc;
}

static const struct use uses[] = {
	{ "mount", true, mount_once },
	{ "claim", true, claim_once },
	{ "write", false, write_once },
	{ "route", false, route_once },
};

static bool is_absence(int rc)
{
	return rc == -ENOENT || rc == -ENODEV || rc == -ENXIO;
}

static void report(struct shared *shared, const char *what, int64_t since, bool is_loss)
{
	int64_t lead = atomic_load(&shared->take_began) - since;

	if (shared->reports++ >= REPORTS_MAX)
		return;
	(void)printf("%s: %s; in use %lld us %s the command that takes it began\n",
		     is_loss ? "LOSS" : "in the window", what,
		     (long long)(lead < 0 ? -lead : lead), lead < 0 ? "after" : "before");
	(void)fflush(stdout);
}

/*
 * True if it was used.  Most uses are short, and one in four may last from before
 * the command to its unbind.
 */
static bool attempt(struct shared *shared, const struct use *use, const char *target)
{
	char what[128] = "";
	int64_t since = 0, longest = rand() % 4 ? 20000 : atomic_load(&shared->take_lasts);
	int rc = use->once(target, rand() % longest, &since, what);
	bool is_loss = use->is_arbitrated || since < atomic_load(&shared->take_began);

	if (rc < 0) {
		shared->attempts += !is_absence(rc);
		return false;
	}
	shared->attempts++;
	shared->won++;
	if (rc == 0)
		return true;
	if (is_loss)
		shared->losses++;
	else
		shared->in_window++;
	report(shared, what, since, is_loss);
	return true;
}

static void use_until_stopped(struct shared *shared, const struct use *use, const char *target)
{
	srand(1);
	while (!atomic_load(&shared->stop))
		if (!attempt(shared, use, target))
			pause_us(2000);
		else
			/* so long that it can be taken now and then */
			pause_us(rand() % 2 ? 3000 : 2 * atomic_load(&shared->take_lasts));
	_exit(0);
}

static int run(const char *command)
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		(void)execl("/bin/sh", "sh", "-c", command, (char *)NULL);
		_exit(127);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* 1 taken and given back, 0 refused, -1 trouble. */
static int play(struct shared *shared, const char *take, const char *give)
{
	int64_t began;
	int status;

	pause_us(20000);
	began = now_us();
	atomic_store(&shared->take_began, began);
	status = run(take);
	began = now_us() - began;
	if (began > atomic_load(&shared->take_lasts))
		atomic_store(&shared->take_lasts, began < LASTS_MAX ? began : LASTS_MAX);
	if (status == 0 && run(give) == 0)
		return 1;
	if (status == 1)
		return 0;
	(void)printf("trouble: status %d of what takes it, or it was not given back\n", status);
	return -1;
}

static int play_all(struct shared *shared, char **argv, unsigned *ret_taken, unsigned *ret_refused)
{
	unsigned rounds = (unsigned)strtoul(argv[3], NULL, 10);
	unsigned attempts = (unsigned)strtoul(argv[4], NULL, 10);

	while (*ret_taken + *ret_refused < rounds || atomic_load(&shared->attempts) < attempts) {
		int rc = play(shared, argv[5], argv[6]);

		if (rc < 0)
			return -1;
		*ret_taken += rc == 1;
		*ret_refused += rc == 0;
		if (atomic_load(&shared->losses))
			return 0;
	}
	return 0;
}

static const struct use *find_use(const char *name)
{
	for (size_t i = 0; i < sizeof(uses) / sizeof(uses[0]); i++)
		if (!strcmp(uses[i].name, name))
			return &uses[i];
	return NULL;
}

int main(int argc, char **argv)
{
	const struct use *use = argc == 7 ? find_use(argv[1]) : NULL;
	unsigned taken = 0, refused = 0;
	struct shared *shared;
	pid_t user;
	int rc;

	if (!use) {
		(void)fputs("usage: race mount|claim|write|route TARGET ROUNDS ATTEMPTS TAKE GIVE\n",
			    stderr);
		return 2;
	}
	(void)mkdir(MOUNT_DIR, 0700);
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
		      -1, 0);
	if (shared == MAP_FAILED)
		return 2;
	atomic_store(&shared->take_lasts, 300000);
	user = fork();
	if (user < 0)
		return 2;
	if (user == 0)
		use_until_stopped(shared, use, argv[2]);
	rc = play_all(shared, argv, &taken, &refused);
	atomic_store(&shared->stop, true);
	(void)waitpid(user, NULL, 0);
	(void)printf("%s: %u rounds, %u taken, %u refused; %u attempts, %u used it; %u in the "
		     "window, %u lost\n", use->name, taken + refused, taken, refused,
		     shared->attempts, shared->won, shared->in_window, shared->losses);
	if (rc < 0)
		return 2;
	return shared->losses ? 1 : 0;
}
