// libcurl's functions and constants, with one inline function for each argument type of its variadic ones.
#pragma once
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

/// What curl calls with received bytes; returns how many were taken, or skw_curl_write_pause.
typedef size_t (*skw_curl_receiver)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode skw_curl_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode skw_curl_set_size(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode skw_curl_set_text(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode skw_curl_set_pointer(CURL *easy, CURLoption option, void *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode skw_curl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode skw_curl_set_receiver(CURL *easy, CURLoption option, skw_curl_receiver value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode skw_curl_set_prerequest(CURL *easy, curl_prereq_callback value) {
    return curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, value);
}

static inline CURLcode skw_curl_get_long(CURL *easy, CURLINFO info, long *value) {
    return curl_easy_getinfo(easy, info, value);
}

static inline CURLcode skw_curl_get_size(CURL *easy, CURLINFO info, curl_off_t *value) {
    return curl_easy_getinfo(easy, info, value);
}

static inline CURLMcode skw_curl_set_multi_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

/// The result of a finished transfer, which libcurl keeps in a union.
static inline CURLcode skw_curl_message_result(const CURLMsg *message) { return message->data.result; }

/// Macros of macros.
static const size_t skw_curl_write_pause = CURL_WRITEFUNC_PAUSE;
static const int skw_curl_prerequest_ok = CURL_PREREQFUNC_OK;
static const int skw_curl_prerequest_abort = CURL_PREREQFUNC_ABORT;
static const long skw_curl_global_default = CURL_GLOBAL_DEFAULT;
static const int skw_curl_resume_all = CURLPAUSE_CONT;
static const long skw_curl_tls_1_2 = CURL_SSLVERSION_TLSv1_2;
static const long skw_curl_http_2_over_tls = CURL_HTTP_VERSION_2TLS;
