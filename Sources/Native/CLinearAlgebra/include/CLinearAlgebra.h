// Products and eigenvectors of single-precision matrices, by the BLAS and LAPACK that FAISS needs anyway.
//
// Matrices are stored row after row.

#pragma once

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

#ifdef __cplusplus
}
#endif
