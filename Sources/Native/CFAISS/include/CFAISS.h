// FAISS indexes over inner products, behind C functions: no exception crosses this border.
//
// Every function returns 0 on success; otherwise it writes a message, cut to fit, into the caller's buffer.

#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct skw_faiss_index skw_faiss_index;

typedef struct {
    char *text;
    size_t capacity;
} skw_faiss_message;

/// Creates an empty inner-product index that keeps the ids it is given, from FAISS's factory words (`Flat`, …).
int skw_faiss_create(int dimensions, const char *factory, skw_faiss_index **index, skw_faiss_message message);
int skw_faiss_read(const char *path, skw_faiss_index **index, skw_faiss_message message);
/// Opens an index file without reading its inverted lists, which stay on the disk; other kinds are read whole.
int skw_faiss_map(const char *path, skw_faiss_index **index, skw_faiss_message message);
int skw_faiss_write(const skw_faiss_index *index, const char *path, skw_faiss_message message);
void skw_faiss_free(skw_faiss_index *index);

int64_t skw_faiss_count(const skw_faiss_index *index);
int skw_faiss_dimensions(const skw_faiss_index *index);

/// Whether vectors can be added; an index with inverted lists must be trained first.
int skw_faiss_is_trained(const skw_faiss_index *index);
int skw_faiss_train(skw_faiss_index *index, int64_t count, const float *vectors, skw_faiss_message message);

/// Sets one of FAISS's parameters by its name: `efSearch`, `efConstruction`, `nprobe`.
int skw_faiss_set_parameter(skw_faiss_index *index, const char *name, double value, skw_faiss_message message);

/// The greatest id; -1 in an empty index.
int64_t skw_faiss_last_id(const skw_faiss_index *index);

/// Adds `count` vectors, row by row, under `ids`.
int skw_faiss_add(skw_faiss_index *index, int64_t count, const float *vectors, const int64_t *ids,
                  skw_faiss_message message);

/// Removes ids; `removed` receives how many were there.
int skw_faiss_remove(skw_faiss_index *index, int64_t count, const int64_t *ids, int64_t *removed,
                     skw_faiss_message message);

/// The `k` best of every query, best first; a missing neighbour has id -1.
int skw_faiss_search(const skw_faiss_index *index, int64_t queries, const float *vectors, int64_t k, float *scores,
                     int64_t *ids, skw_faiss_message message);

#ifdef __cplusplus
}
#endif
