// Functions of glibc that its headers declare for GNU sources only, which Swift's Glibc module does not ask for.

#pragma once

// No system header is included here: Swift would take its types for this module's own, not for Glibc's.

/// pidfd_open: a close-on-exec descriptor that becomes readable when the process ends; -1 and errno on failure.
int skw_process_descriptor(int process);

/// pipe2: a pipe whose ends are created with these flags; -1 and errno on failure.
int skw_pipe(int ends[2], int flags);

/// In the child, with `actions` a posix_spawn_file_actions_t, closes every descriptor from this one up; returns an error code.
int skw_spawn_add_close_from(void *actions, int first);

/// In the child, changes the folder before the program starts; returns an error code.
int skw_spawn_add_change_folder(void *actions, const char *path);
