"""A server that says exactly what a script tells it to, byte for byte, and keeps what it was asked.

    scripted_server.py SCRIPT EVENTS LOG [CERTIFICATE KEY]

SCRIPT  JSON: {target path: [response, ...]}; the last response of a path is given again and again. "*" is any path.
        Before that "rules" is looked at: [{"texts": [...], "response": ...}], the first whose texts the body holds counts.
        A response is a list of steps, see `perform`.
EVENTS  named pipe that gets "port N" at the start and "gone PATH" when a client leaves before its response is over.
LOG     file that gets a line of JSON for every request, before it is answered.

Only the standard library, and one thread a connection.
"""

import base64
import hashlib
import json
import select
import socket
import ssl
import struct
import sys
import threading
import time
import zlib

script = json.load(open(sys.argv[1], encoding="utf-8"))
rules = script.pop("rules", [])
events = open(sys.argv[2], "w", encoding="utf-8")
log = open(sys.argv[3], "w", encoding="utf-8")
lock = threading.Condition()
answered = {}
in_flight = 0
most_in_flight = 0
connections = 0


class Gone(Exception):
    """The client has closed the connection."""


def tell(event):
    with lock:
        events.write(event + "\n")
        events.flush()


def read_request(stream):
    first = stream.readline(65536)
    if not first.strip():
        return None
    method, target = first.decode("latin-1").split()[:2]
    headers = []
    while True:
        line = stream.readline(65536).decode("latin-1").strip()
        if not line:
            break
        name, _, value = line.partition(":")
        headers.append([name, value.strip()])
    length = next((int(v) for n, v in headers if n.lower() == "content-length"), 0)
    body = stream.read(length).decode("utf-8", "replace")
    return {"method": method, "target": target, "headers": headers, "body": body}


def response_to(request):
    for rule in rules:
        if all(text in request["body"] for text in rule["texts"]):
            return rule["response"]
    path = request["target"].split("?")[0]
    key = path if path in script else "*"
    if key not in script:
        body = "no script for " + path
        return [{"text": f"HTTP/1.1 404 Not Found\r\nContent-Length: {len(body)}\r\n\r\n{body}"}]
    with lock:
        turn = answered.get(key, 0)
        answered[key] = turn + 1
    return script[key][min(turn, len(script[key]) - 1)]


def gzip_bomb(connection, megabytes):
    """A chunked gzip body of zeros, a thousandth of its size on the wire."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = bytes(1 << 20)
    for index in range(megabytes):
        piece = packer.compress(block)
        if index == megabytes - 1:
            piece += packer.flush()
        if piece:
            connection.sendall(b"%x\r\n%s\r\n" % (len(piece), piece))
    connection.sendall(b"0\r\n\r\n")


def embeddings(model, request):
    """Vectors of the request's texts: each word adds to a few dimensions that its hash and the model's salt choose."""
    asked = json.loads(request["body"])
    items = []
    for index, text in enumerate(asked["input"]):
        row = [0.0] * model["dimensions"]
        for word in text.lower().split():
            digest = hashlib.sha256((model["salt"] + word).encode("utf-8")).digest()
            for place in range(0, 8, 2):
                row[int.from_bytes(digest[place : place + 2], "big") % len(row)] += 3.0
        if asked.get("encoding_format") == "base64" and model["base64"]:
            row = base64.b64encode(struct.pack("<%df" % len(row), *row)).decode("ascii")
        items.append({"object": "embedding", "index": index, "embedding": row})
    # In an order of its own: the index counts.
    items.reverse()
    body = json.dumps({"object": "list", "data": items, "model": asked["model"]}).encode("utf-8")
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


def perform(step, connection, request):
    """One step; returns False when the connection is to be closed."""
    if "text" in step:
        connection.sendall(step["text"].encode("utf-8"))
    elif "bytes" in step:
        connection.sendall(base64.b64decode(step["bytes"]))
    elif "repeat" in step:
        block = step["repeat"].encode("utf-8")
        for _ in range(step["times"]):
            connection.sendall(block)
    elif "trickle" in step:
        for byte in step["trickle"].encode("utf-8"):
            connection.sendall(bytes([byte]))
            time.sleep(step["pause"])
    elif "gzip_bomb" in step:
        gzip_bomb(connection, step["gzip_bomb"])
    elif "hang" in step:
        while True:
            select.select([connection], [], [])
            if not connection.recv(4096):
                raise Gone
    elif "embeddings" in step:
        connection.sendall(embeddings(step["embeddings"], request))
    elif "crowd" in step:
        with lock:
            lock.wait_for(lambda: most_in_flight >= step["crowd"], timeout=20)
    elif "reset" in step:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        return False
    elif "close" in step:
        return False
    return True


def serve(connection, number):
    global in_flight, most_in_flight
    with connection, connection.makefile("rb") as stream:
        while True:
            try:
                request = read_request(stream)
            except OSError:
                return
            if request is None:
                return
            with lock:
                in_flight += 1
                most_in_flight = max(most_in_flight, in_flight)
                request.update(connection=number, in_flight=in_flight)
                log.write(json.dumps(request) + "\n")
                log.flush()
                lock.notify_all()
            keep = True
            try:
                for step in response_to(request):
                    keep = keep and perform(step, connection, request)
            except (Gone, OSError):
                tell("gone " + request["target"])
                return
            finally:
                with lock:
                    in_flight -= 1
            if not keep:
                return


def accept(listener, context):
    global connections
    while True:
        connection, _ = listener.accept()
        connections += 1
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=guarded, args=(connection, connections, context), daemon=True).start()


def guarded(connection, number, context):
    try:
        if context:
            connection = context.wrap_socket(connection, server_side=True)
        serve(connection, number)
    except (OSError, ValueError):
        pass


listener = socket.create_server(("127.0.0.1", 0), backlog=128)
context = None
if len(sys.argv) > 4:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[4], sys.argv[5])
tell("port %d" % listener.getsockname()[1])
accept(listener, context)
