"""Start or stop a PostgreSQL server with pgvector that only this machine's tests can reach.

    postgresql_server.py start FOLDER    prints the server's address
    postgresql_server.py restart FOLDER  ends all sessions at once, as a crash or a failover does
    postgresql_server.py stop FOLDER
"""

import sys
import warnings

warnings.simplefilter("ignore")
import pgserver  # noqa: E402
from pgserver._commands import pg_ctl  # noqa: E402

action, folder = sys.argv[1:]
server = pgserver.get_server(folder, cleanup_mode="stop" if action == "stop" else None)
if action == "start":
    # The servers of tests need not survive a power cut, only their own restart.
    with open(server.pgdata / "postgresql.conf", "a") as settings:
        settings.write("fsync = off\nfull_page_writes = off\n")
    pg_ctl(["reload"], pgdata=server.pgdata, user=server.system_user)
    print(server.get_uri())
elif action == "restart":
    pg_ctl(["-m", "immediate", "-w", "restart"], pgdata=server.pgdata, user=server.system_user)
else:
    server.cleanup()
