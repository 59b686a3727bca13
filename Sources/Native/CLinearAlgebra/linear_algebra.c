#include "CLinearAlgebra.h"

#include <stdlib.h>

// The Fortran interfaces, which every BLAS and LAPACK has; they store matrices column after column.
extern void sgemm_(const char *transa, const char *transb, const int *m, const int *n, const int *k, const float *alpha,
                   const float *a, const int *lda, const float *b, const int *ldb, const float *beta, float *c,
                   const int *ldc);
extern void ssyev_(const char *jobz, const char *uplo, const int *n, float *a, const int *lda, float *w, float *work,
                   const int *lwork, int *info);

void skw_multiply_by_transpose(int m, int n, int k, const float *a, const float *b, float *product) {
    const float one = 1, zero = 0;
    sgemm_("T", "N", &n, &m, &k, &one, b, &k, a, &k, &zero, product, &n);
}

void skw_add_gram(int m, int n, const float *x, float *gram) {
    const float one = 1;
    sgemm_("N", "T", &n, &n, &m, &one, x, &n, x, &n, &one, gram, &n);
}

int skw_symmetric_eigenvectors(int n, float *matrix, float *values) {
    int info = 0, size = -1;
    float best = 0;
    ssyev_("V", "U", &n, matrix, &n, values, &best, &size, &info);
    if (info != 0) return info;
    size = (int)best;
    float *work = malloc(sizeof(float) * (size_t)size);
    if (!work) return -1;
    ssyev_("V", "U", &n, matrix, &n, values, work, &size, &info);
    free(work);
    return info;
}
