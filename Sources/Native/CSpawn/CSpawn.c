#define _GNU_SOURCE

#include "CSpawn.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

// Runs in the child, which shares the parent's memory until exec: only system calls, and nothing is changed but `moved`.
static int prepare(const struct skw_launch *launch, int parent, int *moved) {
    struct sigaction standard;
    memset(&standard, 0, sizeof standard);
    standard.sa_handler = SIG_DFL;
    for (int number = 1; number < NSIG; number++) sigaction(number, &standard, NULL);

    if (setpgid(0, 0) != 0) return errno;
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return errno;
    // The parent may have ended before the request above.
    if (getppid() != parent) return ECHILD;

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

int skw_spawn(const struct skw_launch *launch, int *process) {
    enum { most = 32 };
    int moved[most];
    if (launch->descriptor_count > most) return EMFILE;
    sigset_t all, before;
    sigfillset(&all);
    // A handler of this process must not run in the child, on shared memory.
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int parent = getpid();
    volatile int fault = 0;
    pid_t child = vfork();
    if (child == 0) {
        fault = prepare(launch, parent, moved);
        _exit(127);
    }
    int failure = child < 0 ? errno : 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (failure) return failure;
    if (fault) {
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {}
        return fault;
    }
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
