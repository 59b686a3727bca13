// Products and eigenvectors of single-precision matrices, by the BLAS and LAPACK that FAISS needs anyway, and the small
// products of a search, for which a call of those takes longer than the work.
//
// Matrices are stored row after row.

#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// product[m×n] = a[m×k] · transpose(b[n×k])
void skw_multiply_by_transpose(int m, int n, int k, const float *a, const float *b, float *product);

/// gram[n×n] += transpose(x[m×n]) · x
void skw_add_gram(int m, int n, const float *x, float *gram);

/// Replaces a symmetric matrix[n×n] by its eigenvectors, one a row, with eigenvalues that rise from first to last.
/// Returns 0 on success.
int skw_symmetric_eigenvectors(int n, float *matrix, float *values);

/// Products and eigenvectors take one thread, except between these two, which may be nested.
void skw_begin_long_work(void);
void skw_end_long_work(void);

/// products[count] = rows[count×width] · vector[width]
void skw_dots(const float *rows, int count, const float *vector, int width, float *products);

/// The greatest similarity of each row of a query with the tokens of a text, and of each token with the query's rows;
/// none is less than -1.
///
/// A token is a scale, little-endian, and `width` signed bytes; query[queries×width].
void skw_nearest(const float *query, int queries, const uint8_t *cells, int tokens, int width, float *of_query,
                 float *of_tokens);

#ifdef __cplusplus
}
#endif
