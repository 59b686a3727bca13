// PostgreSQL's client library. Debian keeps the header in a folder of its own on the default path.
#pragma once
#include <postgresql/libpq-fe.h>
