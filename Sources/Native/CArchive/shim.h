// libarchive (Debian: libarchive-dev) reads and writes archives. Its file types are macros with casts, which Swift cannot
// read.
#pragma once
#include <archive.h>
#include <archive_entry.h>

static const unsigned int skw_archive_file = AE_IFREG;
static const unsigned int skw_archive_folder = AE_IFDIR;
