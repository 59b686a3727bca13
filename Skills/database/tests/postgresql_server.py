"""A real PostgreSQL server for the tests, emptied for each test that asks."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import warnings
from typing import Any

try:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pgserver
    import psycopg
except ImportError:
    pgserver = psycopg = None

ABSENCE = "needs the Python packages pgserver and psycopg (Scripts/setup test)"
if pgserver is not None and os.geteuid() == 0 and shutil.which("useradd") is None:
    # As in a sandbox that root has started: PostgreSQL refuses to run as root, and no other user can be made.
    pgserver = None
    ABSENCE = "needs a user that is not root to start PostgreSQL"
_server: Any = None


def empty_database() -> str:
    """The address of an empty database; the server is started by the first call and stopped at exit."""
    global _server
    if _server is None:
        folder = tempfile.mkdtemp(prefix="skill-database-")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _server = pgserver.get_server(folder, cleanup_mode="stop")
        # The data of a test need not survive a power cut.
        with psycopg.connect(_server.get_uri(), autocommit=True) as connection:
            for setting in ("fsync", "full_page_writes", "synchronous_commit"):
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with psycopg.connect(_server.get_uri()) as connection:
        connection.execute("DROP SCHEMA IF EXISTS public, sales CASCADE")
        connection.execute("CREATE SCHEMA public")
    return str(_server.get_uri())
