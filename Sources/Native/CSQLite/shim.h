// SQLite's constants and functions, with the macros Swift cannot import as functions.
#pragma once
#include <sqlite3.h>

/// SQLITE_TRANSIENT: SQLite copies what it is given.
static inline sqlite3_destructor_type skw_sqlite_transient(void) { return SQLITE_TRANSIENT; }

/// Extended result codes that are macros of macros.
static const int skw_sqlite_ioerr_write = SQLITE_IOERR_WRITE;
static const int skw_sqlite_ioerr_fsync = SQLITE_IOERR_FSYNC;
