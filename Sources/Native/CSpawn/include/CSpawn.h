// Functions that Swift cannot call itself: what must happen between fork and exec, variadic calls, and what glibc's headers
// declare for GNU sources only, which Swift's Glibc module does not ask for.

#pragma once

// No system header is included here: Swift would take its types for this module's own, not for Glibc's.

/// Everything a child is started with. Pointers are borrowed for the call.
struct skw_launch {
    const char *path;
    /// Null-terminated, the program's own name first.
    char *const *arguments;
    /// Null-terminated, `NAME=value`.
    char *const *environment;
    /// The folder the child starts in; null for this process's own.
    const char *folder;
    /// Become the child's descriptors 0, 1, 2, …; every other is closed.
    const int *descriptors;
    int descriptor_count;
    /// Resources as for setrlimit, and their soft and hard limit.
    const int *resources;
    const unsigned long long *limits;
    int limit_count;
    /// The child is the first of a process namespace of its own: the kernel ends everything in it when the child ends.
    /// A plain child where this process may not make one.
    int has_namespace;
};

/// Starts a child that leads a process group of its own, with default signal handling, and that is killed when the calling
/// thread ends. Returns 0, or an error code when the program was not started.
int skw_spawn(const struct skw_launch *launch, int *process);

/// pidfd_open: a close-on-exec descriptor that becomes readable when the process ends; -1 and errno on failure.
int skw_process_descriptor(int process);

/// pidfd_send_signal: 0, or -1 and errno.
int skw_signal_process(int descriptor, int signal);

/// pipe2: a pipe whose ends are created with these flags; -1 and errno on failure.
int skw_pipe(int ends[2], int flags);

/// recvmsg: one message of a socket into the buffer, and the descriptor that came with it (close-on-exec), or -1.
/// Returns its length, 0 at the end, -1 and errno on failure.
long skw_receive_descriptor(int socket, void *buffer, unsigned long size, int *descriptor);
