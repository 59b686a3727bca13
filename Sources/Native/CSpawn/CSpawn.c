#define _GNU_SOURCE

#include "CSpawn.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { most_descriptors = 32, stack_bytes = 64 << 10 };

// Thread Sanitizer takes every clone for a fork: on shared memory both sides would end its own critical section, and the
// parent would be held for the child ("starting new threads after multi-threaded fork"). There the child gets a copy.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define SHARES_MEMORY 0
#endif
#endif
#ifndef SHARES_MEMORY
#define SHARES_MEMORY CLONE_VM
#endif

// What a child is born with.
struct birth {
    const struct skw_launch *launch;
    int parent;
    int user, group;
    // Of its own: one of processes, and one of users, in which nobody has a number yet.
    int has_namespace, is_nameless;
    sigset_t signals;
    int moved[most_descriptors];
    volatile int fault;
};

// What parent and child see both, whether or not they share all memory. The stack begins at its end.
struct nursery {
    struct birth birth;
    _Alignas(16) char stack[stack_bytes];
};

// The parent as the processes outside a namespace number it, where getppid() says 0; -1 where that cannot be known.
static int outer_parent(void) {
    char text[512];
    int file = open("/proc/self/stat", O_RDONLY | O_CLOEXEC);
    if (file < 0) return -1;
    ssize_t count = read(file, text, sizeof text - 1);
    close(file);
    if (count <= 0) return -1;
    text[count] = 0;
    // "12 (name) S 7 …": the name may hold anything, so the last parenthesis counts.
    const char *rest = strrchr(text, ')');
    if (!rest || strlen(rest) < 5) return -1;
    int number = 0;
    for (rest += 4; *rest >= '0' && *rest <= '9'; rest++) number = number * 10 + (*rest - '0');
    return number;
}

static int write_line(const char *path, const char *text, unsigned long length) {
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0) return errno;
    int fault = write(file, text, length) == (ssize_t)length ? 0 : errno;
    close(file);
    return fault;
}

// "7 7 1": inside as outside.
static int write_map(const char *path, int number) {
    char digits[12], line[32];
    int count = 0, length = 0;
    do digits[count++] = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    for (int copy = 0; copy < 2; copy++) {
        for (int i = count; i > 0; i--) line[length++] = digits[i - 1];
        line[length++] = ' ';
    }
    line[length++] = '1';
    return write_line(path, line, (unsigned long)length);
}

static int take_names(const struct birth *birth) {
    // Without it nobody but root may name a group; older kernels have no such file.
    int fault = write_line("/proc/self/setgroups", "deny", 4);
    if (fault && fault != ENOENT) return fault;
    fault = write_map("/proc/self/uid_map", birth->user);
    return fault ? fault : write_map("/proc/self/gid_map", birth->group);
}

// Runs in the child, which shares the parent's memory until exec: only system calls, and nothing is changed but `birth`.
static int prepare(struct birth *birth) {
    const struct skw_launch *launch = birth->launch;
    int *moved = birth->moved;
    struct sigaction standard;
    memset(&standard, 0, sizeof standard);
    standard.sa_handler = SIG_DFL;
    for (int number = 1; number < NSIG; number++) sigaction(number, &standard, NULL);

    if (setpgid(0, 0) != 0) return errno;
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return errno;
    // The parent may have ended before the request above.
    int parent = birth->has_namespace ? outer_parent() : getppid();
    if (parent != birth->parent && parent != -1) return ECHILD;
    if (birth->is_nameless) {
        int fault = take_names(birth);
        if (fault) return fault;
    }

    // In two steps, so that no descriptor is overwritten before it was moved.
    for (int i = 0; i < launch->descriptor_count; i++) {
        moved[i] = fcntl(launch->descriptors[i], F_DUPFD_CLOEXEC, launch->descriptor_count);
        if (moved[i] < 0) return errno;
    }
    for (int i = 0; i < launch->descriptor_count; i++)
        if (dup2(moved[i], i) < 0) return errno;
    if (close_range((unsigned)launch->descriptor_count, ~0U, 0) != 0) return errno;

    if (launch->folder && chdir(launch->folder) != 0) return errno;
    for (int i = 0; i < launch->limit_count; i++) {
        struct rlimit present;
        if (getrlimit(launch->resources[i], &present) != 0) return errno;
        rlim_t wanted = launch->limits[i];
        if (wanted > present.rlim_max) wanted = present.rlim_max;
        struct rlimit limit = {.rlim_cur = wanted, .rlim_max = wanted};
        if (setrlimit(launch->resources[i], &limit) != 0) return errno;
    }
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execve(launch->path, launch->arguments, launch->environment);
    return errno;
}

static int born(void *argument) {
    struct birth *birth = argument;
    birth->fault = prepare(birth);
    _exit(127);
}

// As vfork: returns when the child runs its program, or has ended.
static int give_birth(struct nursery *nursery, int namespaces) {
    nursery->birth.has_namespace = (namespaces & CLONE_NEWPID) != 0;
    nursery->birth.is_nameless = (namespaces & CLONE_NEWUSER) != 0;
    return clone(
        born, nursery->stack + stack_bytes, SHARES_MEMORY | CLONE_VFORK | SIGCHLD | namespaces, &nursery->birth);
}

int skw_spawn(const struct skw_launch *launch, int *process) {
    if (launch->descriptor_count > most_descriptors) return EMFILE;
    struct nursery *nursery =
        mmap(NULL, sizeof *nursery, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (nursery == MAP_FAILED) return errno;
    struct birth *birth = &nursery->birth;
    birth->launch = launch;
    birth->parent = getpid();
    birth->user = (int)geteuid();
    birth->group = (int)getegid();
    sigset_t all;
    sigfillset(&all);
    // A handler of this process must not run in the child, on shared memory.
    pthread_sigmask(SIG_SETMASK, &all, &birth->signals);
    int child = -1;
    if (launch->has_namespace) {
        child = give_birth(nursery, CLONE_NEWPID);
        // Without the right to make one, a user namespace gives it.
        if (child < 0) child = give_birth(nursery, CLONE_NEWPID | CLONE_NEWUSER);
    }
    // Where both are forbidden, bubblewrap may still be privileged itself.
    if (child < 0) child = give_birth(nursery, 0);
    int failure = child < 0 ? errno : 0;
    pthread_sigmask(SIG_SETMASK, &birth->signals, NULL);
    if (!failure && birth->fault) {
        failure = birth->fault;
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {}
    }
    munmap(nursery, sizeof *nursery);
    if (failure) return failure;
    *process = child;
    return 0;
}

int skw_process_descriptor(int process) { return pidfd_open(process, 0); }

int skw_signal_process(int descriptor, int signal) { return pidfd_send_signal(descriptor, signal, NULL, 0); }

int skw_pipe(int ends[2], int flags) { return pipe2(ends, flags); }

long skw_receive_descriptor(int socket, void *buffer, unsigned long size, int *descriptor) {
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof(int))];
    } control;
    memset(&control, 0, sizeof control);
    struct iovec part = {.iov_base = buffer, .iov_len = size};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.space, .msg_controllen = sizeof control.space};
    *descriptor = -1;
    ssize_t count;
    do count = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    while (count < 0 && errno == EINTR);
    if (count < 0) return -1;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (header && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS &&
        header->cmsg_len == CMSG_LEN(sizeof(int)))
        memcpy(descriptor, CMSG_DATA(header), sizeof(int));
    return count;
}
