#include "CMicroHTTPD.h"

#include <microhttpd.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

struct running {
    struct MHD_Daemon *daemon;
    void *server;
    skw_http_opening opening;
    skw_http_receiver receiver;
    skw_http_ending ending;
    skw_http_connected connected;
};

static void *opened(void *context, const char *target, struct MHD_Connection *connection) {
    (void)connection;
    struct running *running = context;
    return running->opening(running->server, target);
}

static enum MHD_Result received(void *context, struct MHD_Connection *connection, const char *target, const char *method,
                                const char *version, const char *bytes, size_t *count, void **exchange) {
    (void)target;
    (void)version;
    struct running *running = context;
    if (!*exchange) return MHD_NO;
    return running->receiver(running->server, connection, method, (const uint8_t *)bytes, count, *exchange) ? MHD_YES
                                                                                                          : MHD_NO;
}

static void ended(void *context, struct MHD_Connection *connection, void **exchange,
                  enum MHD_RequestTerminationCode code) {
    (void)connection;
    (void)code;
    struct running *running = context;
    void *ending = *exchange;
    *exchange = NULL;
    if (ending) running->ending(running->server, ending);
}

static int socket_of(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info ? info->connect_fd : -1;
}

static void connected(void *context, struct MHD_Connection *connection, void **socket_context,
                      enum MHD_ConnectionNotificationCode code) {
    (void)socket_context;
    struct running *running = context;
    int socket = socket_of(connection);
    if (socket >= 0) running->connected(running->server, socket, code == MHD_CONNECTION_NOTIFY_STARTED);
}

// Addresses stay as they were written; decoding is for who reads their parts.
static size_t kept(void *context, struct MHD_Connection *connection, char *text) {
    (void)context;
    (void)connection;
    return strlen(text);
}

void *skw_http_start(int socket, struct skw_http_limits limits, void *server, skw_http_opening opening,
                     skw_http_receiver receiver, skw_http_ending ending, skw_http_connected notify) {
    struct running *running = calloc(1, sizeof *running);
    if (!running) return NULL;
    running->server = server;
    running->opening = opening;
    running->receiver = receiver;
    running->ending = ending;
    running->connected = notify;
    running->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, received, running,
        MHD_OPTION_LISTEN_SOCKET, socket, MHD_OPTION_CONNECTION_LIMIT, limits.connections,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, limits.connections_per_address, MHD_OPTION_CONNECTION_TIMEOUT,
        limits.idle_timeout, MHD_OPTION_CONNECTION_MEMORY_LIMIT, limits.connection_memory, MHD_OPTION_STRICT_FOR_CLIENT,
        1, MHD_OPTION_URI_LOG_CALLBACK, opened, running, MHD_OPTION_UNESCAPE_CALLBACK, kept, NULL,
        MHD_OPTION_NOTIFY_COMPLETED, ended, running, MHD_OPTION_NOTIFY_CONNECTION, connected, running, MHD_OPTION_END);
    if (!running->daemon) {
        free(running);
        return NULL;
    }
    return running;
}

int skw_http_quiesce(void *running) { return MHD_quiesce_daemon(((struct running *)running)->daemon); }

void skw_http_stop(void *running) {
    MHD_stop_daemon(((struct running *)running)->daemon);
    free(running);
}

void skw_http_suspend(void *connection) { MHD_suspend_connection(connection); }
void skw_http_resume(void *connection) { MHD_resume_connection(connection); }

struct visit {
    skw_http_header_visitor visitor;
    void *context;
};

static enum MHD_Result visited(void *context, enum MHD_ValueKind kind, const char *name, size_t name_count,
                               const char *value, size_t value_count) {
    (void)kind;
    struct visit *visit = context;
    visit->visitor(visit->context, name, name_count, value ? value : "", value ? value_count : 0);
    return MHD_YES;
}

void skw_http_each_header(void *connection, skw_http_header_visitor visitor, void *context) {
    struct visit visit = {visitor, context};
    MHD_get_connection_values_n(connection, MHD_HEADER_KIND, visited, &visit);
}

void skw_http_peer(void *connection, char *text, size_t capacity) {
    text[0] = 0;
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (!info || !info->client_addr) return;
    socklen_t length = info->client_addr->sa_family == AF_INET6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in);
    if (getnameinfo(info->client_addr, length, text, capacity, NULL, 0, NI_NUMERICHOST) != 0) text[0] = 0;
}

void *skw_http_bytes_response(const void *bytes, size_t count) {
    return MHD_create_response_from_buffer(count, (void *)bytes, MHD_RESPMEM_MUST_COPY);
}

struct stream {
    skw_http_reader reader;
    void (*release)(void *context);
    void *context;
};

static ssize_t stream_read(void *context, uint64_t position, char *bytes, size_t capacity) {
    (void)position;
    struct stream *stream = context;
    ptrdiff_t count = stream->reader(stream->context, bytes, capacity);
    if (count == skw_http_stream_end) return MHD_CONTENT_READER_END_OF_STREAM;
    return count < 0 ? MHD_CONTENT_READER_END_WITH_ERROR : (ssize_t)count;
}

static void stream_free(void *context) {
    struct stream *stream = context;
    stream->release(stream->context);
    free(stream);
}

void *skw_http_stream_response(skw_http_reader reader, void (*release)(void *context), void *context) {
    struct stream *stream = calloc(1, sizeof *stream);
    struct MHD_Response *response = NULL;
    if (stream) {
        *stream = (struct stream){reader, release, context};
        response = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 16 << 10, stream_read, stream, stream_free);
    }
    if (!response) {
        free(stream);
        release(context);
    }
    return response;
}

void skw_http_add_header(void *response, const char *name, const char *value) {
    MHD_add_response_header(response, name, value);
}

int skw_http_queue(void *connection, unsigned int status, void *response) {
    if (!response) return 0;
    enum MHD_Result result = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return result == MHD_YES;
}

void skw_http_say_status(void *connection, unsigned int status) {
    char text[128];
    int count = snprintf(text, sizeof text, "HTTP/1.1 %u %s\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", status,
                         MHD_get_reason_phrase_for(status));
    int socket = socket_of(connection);
    if (socket >= 0 && count > 0) {
        ssize_t sent = send(socket, text, (size_t)count, MSG_DONTWAIT | MSG_NOSIGNAL);
        (void)sent;
    }
}

void skw_http_allow_descriptors(size_t count) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= count) return;
    limit.rlim_cur = count < limit.rlim_max ? count : limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

int skw_http_socket(void *connection) { return socket_of(connection); }

int skw_watch_open(int *wake) {
    int watch = epoll_create1(EPOLL_CLOEXEC);
    if (watch < 0) return -1;
    *wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    // Each waking is one edge, so that nothing has to be read.
    struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.u64 = 0};
    if (*wake >= 0 && epoll_ctl(watch, EPOLL_CTL_ADD, *wake, &event) == 0) return watch;
    if (*wake >= 0) close(*wake);
    close(watch);
    return -1;
}

void skw_watch_add(int watch, int socket, uint64_t token) {
    struct epoll_event event = {.events = EPOLLRDHUP | EPOLLONESHOT, .data.u64 = token};
    epoll_ctl(watch, EPOLL_CTL_ADD, socket, &event);
}

void skw_watch_remove(int watch, int socket) { epoll_ctl(watch, EPOLL_CTL_DEL, socket, NULL); }

void skw_watch_wake(int wake) {
    uint64_t one = 1;
    ssize_t written = write(wake, &one, sizeof one);
    (void)written;
}

int skw_watch_wait(int watch, int milliseconds, uint64_t *tokens, int capacity) {
    struct epoll_event events[64];
    int count = epoll_wait(watch, events, capacity < 64 ? capacity : 64, milliseconds);
    for (int place = 0; place < count; place++) {
        uint64_t is_gone = events[place].events & (EPOLLHUP | EPOLLERR) ? 1 : 0;
        tokens[place] = events[place].data.u64 | is_gone << skw_watch_gone_bit;
    }
    return count < 0 ? 0 : count;
}
