# Follows python_worker.py in one program: sends connections through the broker that was passed to this process.


def confine_network(descriptor):
    """Lets sockets connect through the broker behind a descriptor; without one, every connection is refused."""
    import errno
    import os
    import socket
    import weakref

    class NetworkDenied(PermissionError):
        """The skill has no grant for the connection."""

        skillweaver_denied = True

        def __init__(self, code, message):
            super().__init__(message)
            self.code = code
            DENIALS.append(self)

        def __str__(self):
            return self.args[0]

    control = None if descriptor is None else socket.socket(fileno=descriptor)
    if control is not None:
        control.set_inheritable(False)
    peers = weakref.WeakKeyDictionary()
    original_connect = socket.socket.connect
    original_setsockopt = socket.socket.setsockopt
    original_getpeername = socket.socket.getpeername
    original_getaddrinfo = socket.getaddrinfo

    def ask(verb, host, port, patience):
        """The socket the broker answers on and its answer's words, or the error it answers with."""
        host = host.decode() if isinstance(host, bytes) else str(host)
        try:
            host = host.split("%")[0].encode("idna").decode() if not host.isascii() else host.split("%")[0]
        except UnicodeError:
            raise socket.gaierror(socket.EAI_NONAME, f"'{host}' is not the name of a host") from None
        if not host or any(character.isspace() for character in host) or len(host) > 255:
            raise socket.gaierror(socket.EAI_NONAME, f"'{host[:80]}' is not the name of a host")
        if control is None:
            place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
            raise NetworkDenied(
                "network-not-granted",
                f'{place} is not granted to this skill; add "{place}" to its network grants to allow it',
            )
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                socket.send_fds(control, [f"{verb} {host} {port}".encode()], [theirs.fileno()])
            ours.settimeout(patience)
            line = b""
            while not line.endswith(b"\n"):
                byte = ours.recv(1)
                if not byte:
                    raise ConnectionResetError(errno.ECONNRESET, "the way to the network is closed")
                line += byte
            word, _, rest = line.decode().rstrip("\n").partition(" ")
            if word == "OK":
                return ours, rest.split()
            detail, _, message = rest.partition(" ")
            if word == "NO":
                raise NetworkDenied(detail, message)
            if int(detail) == errno.ENOENT:
                raise socket.gaierror(socket.EAI_NONAME, message)
            raise OSError(int(detail), message)
        except BaseException:
            ours.close()
            raise

    def connect(self, address):
        if self.family not in (socket.AF_INET, socket.AF_INET6):
            return original_connect(self, address)
        host, port = address[0], address[1]
        if not self.type & socket.SOCK_STREAM or self.type & socket.SOCK_DGRAM:
            raise NetworkDenied("network-not-granted", "only TCP connections can be granted, no datagrams")
        patience = self.gettimeout()
        way, _ = ask("CONNECT", host, port, patience if patience else None)
        with way:
            os.dup2(way.fileno(), self.fileno(), inheritable=False)
        self.settimeout(patience)
        peers[self] = (host, port)

    def connect_ex(self, address):
        try:
            connect(self, address)
        except OSError as error:
            return error.errno or errno.EACCES
        return 0

    def setsockopt(self, level, *rest):
        # What a connection through the broker is made of knows nothing of TCP.
        if self.family in (socket.AF_INET, socket.AF_INET6) and level != socket.SOL_SOCKET:
            try:
                return original_setsockopt(self, level, *rest)
            except OSError:
                return None
        return original_setsockopt(self, level, *rest)

    def getpeername(self):
        return peers.get(self) or original_getpeername(self)

    def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
        numeric = (flags | socket.AI_NUMERICHOST) & ~socket.AI_ADDRCONFIG
        if host is None or host in ("", b""):
            return original_getaddrinfo(host, port, family, type, proto, flags & ~socket.AI_ADDRCONFIG)
        try:
            return original_getaddrinfo(host, port, family, type, proto, numeric)
        except socket.gaierror:
            if flags & socket.AI_NUMERICHOST:
                raise
        number = port if isinstance(port, int) else int(port) if str(port or "").isdigit() else 0
        way, addresses = ask("RESOLVE", host, number, None)
        way.close()
        found = []
        for address in addresses:
            try:
                found += original_getaddrinfo(address, port, family, type, proto, numeric)
            except socket.gaierror:
                pass  # an address of the other family
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, f"{host} has no address of that family")
        return found

    def gethostbyname(host):
        return getaddrinfo(host, 0, socket.AF_INET, socket.SOCK_STREAM)[0][4][0]

    socket.socket.connect = connect
    socket.socket.connect_ex = connect_ex
    socket.socket.setsockopt = setsockopt
    socket.socket.getpeername = getpeername
    socket.getaddrinfo = getaddrinfo
    socket.gethostbyname = gethostbyname


if "egress" in CONFIGURATION:
    confine_network(CONFIGURATION["egress"])
