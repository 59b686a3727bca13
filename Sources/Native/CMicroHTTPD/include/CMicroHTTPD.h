// What the server needs of libmicrohttpd, without its header: that one would claim the system's socket types for itself.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// Called with the address a request asks for, as it was written; what it returns is the request's exchange.
typedef void *(*skw_http_opening)(void *server, const char *target);

/// Called once when headers are there, then for each piece of the body, then with none left, and whenever a connection
/// was taken up again. Sets `count` to what was not taken. False closes the connection.
typedef int (*skw_http_receiver)(void *server, void *connection, const char *method, const uint8_t *bytes, size_t *count,
                                 void *exchange);

/// Called once a request is over, whatever way it ended.
typedef void (*skw_http_ending)(void *server, void *exchange);

/// Writes up to `capacity` bytes of a streamed body: how many, 0 for a connection that was left aside,
/// `skw_http_stream_end` or `skw_http_stream_failure`.
typedef ptrdiff_t (*skw_http_reader)(void *context, char *bytes, size_t capacity);

/// Called when a connection was accepted (`is_open`) and before its socket is closed.
typedef void (*skw_http_connected)(void *server, int socket, int is_open);

typedef void (*skw_http_header_visitor)(void *context, const char *name, size_t name_count, const char *value,
                                        size_t value_count);

struct skw_http_limits {
    unsigned int connections;
    unsigned int connections_per_address;
    /// Seconds in which nothing is read or written before a connection is closed.
    unsigned int idle_timeout;
    /// Bytes for the headers of one request.
    size_t connection_memory;
};

enum { skw_http_stream_end = -1, skw_http_stream_failure = -2 };

/// Starts a server on a thread of its own, on which all is called back; it owns the listening socket. NULL on failure.
void *skw_http_start(int socket, struct skw_http_limits limits, void *server, skw_http_opening opening,
                     skw_http_receiver receiver, skw_http_ending ending, skw_http_connected connected);
/// Accepts no more connections; returns the listening socket, which the caller closes, or -1.
int skw_http_quiesce(void *running);
/// Waits for the server's thread; no connection may be left aside.
void skw_http_stop(void *running);

/// Leaves a connection aside; only from within a callback for it.
void skw_http_suspend(void *connection);
/// Takes a connection up again; from any thread.
void skw_http_resume(void *connection);

void skw_http_each_header(void *connection, skw_http_header_visitor visitor, void *context);
/// Writes the numeric address of who asks; empty where it is not known.
void skw_http_peer(void *connection, char *text, size_t capacity);

/// Copies the bytes.
void *skw_http_bytes_response(const void *bytes, size_t count);
void *skw_http_stream_response(skw_http_reader reader, void (*release)(void *context), void *context);
void skw_http_add_header(void *response, const char *name, const char *value);
/// Sends the response and gives it up; false where that is not possible.
int skw_http_queue(void *connection, unsigned int status, void *response);

/// Writes a status to who asks, past the server: while a body arrives nothing else can be said. The connection is then to be
/// closed.
void skw_http_say_status(void *connection, unsigned int status);

/// Lets this process open so many descriptors, as far as the system allows.
void skw_http_allow_descriptors(size_t count);

/// The socket of a connection, or -1.
int skw_http_socket(void *connection);

/// Tells which of many sockets were closed by who is on the other side; `wake` becomes a descriptor that wakes who waits
/// for that. -1 on failure.
int skw_watch_open(int *wake);
/// Watches a socket until it is closed there, which is told once, by its token (not 0), or until it is let go.
void skw_watch_add(int watch, int socket, uint64_t token);
void skw_watch_remove(int watch, int socket);
void skw_watch_wake(int wake);
/// Set in a token where nothing can be written to the socket any more; else its other side may still read.
enum { skw_watch_gone_bit = 63 };
/// Waits up to so many milliseconds, -1 without end, and writes the tokens of sockets that were closed; 0 for a waking.
int skw_watch_wait(int watch, int milliseconds, uint64_t *tokens, int capacity);
