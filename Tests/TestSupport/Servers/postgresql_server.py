"""Start or stop a PostgreSQL server with pgvector that only this machine's tests can reach.

    postgresql_server.py start FOLDER    prints the server's address
    postgresql_server.py stop FOLDER
"""

import sys
import warnings

warnings.simplefilter("ignore")
import pgserver  # noqa: E402

action, folder = sys.argv[1:]
server = pgserver.get_server(folder, cleanup_mode=None if action == "start" else "stop")
if action == "start":
    print(server.get_uri())
else:
    server.cleanup()
