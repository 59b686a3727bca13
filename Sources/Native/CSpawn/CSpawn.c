#define _GNU_SOURCE

#include "CSpawn.h"

#include <spawn.h>
#include <sys/pidfd.h>
#include <unistd.h>

int skw_process_descriptor(int process) { return pidfd_open(process, 0); }

int skw_pipe(int ends[2], int flags) { return pipe2(ends, flags); }

int skw_spawn_add_close_from(void *actions, int first) {
    return posix_spawn_file_actions_addclosefrom_np(actions, first);
}

int skw_spawn_add_change_folder(void *actions, const char *path) {
    return posix_spawn_file_actions_addchdir_np(actions, path);
}
