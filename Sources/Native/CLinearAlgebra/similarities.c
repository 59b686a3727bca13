#include "CLinearAlgebra.h"

#include <stdint.h>
#include <string.h>

// Sixteen numbers side by side. What has them is compiled once for each width of vectors that processors have, and chosen
// when it is called: distributions build for the oldest of them.
typedef float floats __attribute__((vector_size(64), aligned(4)));
typedef int8_t bytes __attribute__((vector_size(16), aligned(1)));

#define INLINE static inline __attribute__((always_inline))

INLINE float sum(const floats *values) {
    // Halves are added to each other: sixteen numbers in four steps instead of fifteen.
    typedef float eight __attribute__((vector_size(32)));
    typedef float four __attribute__((vector_size(16)));
    eight low = __builtin_shufflevector(*values, *values, 0, 1, 2, 3, 4, 5, 6, 7);
    eight high = __builtin_shufflevector(*values, *values, 8, 9, 10, 11, 12, 13, 14, 15);
    low += high;
    four half = __builtin_shufflevector(low, low, 0, 1, 2, 3) + __builtin_shufflevector(low, low, 4, 5, 6, 7);
    return (half[0] + half[2]) + (half[1] + half[3]);
}

INLINE float dot(const float *a, const float *b, int count) {
    floats first = {0}, second = {0};
    int index = 0;
    for (; index + 32 <= count; index += 32) {
        first += *(const floats *)(a + index) * *(const floats *)(b + index);
        second += *(const floats *)(a + index + 16) * *(const floats *)(b + index + 16);
    }
    for (; index + 16 <= count; index += 16) first += *(const floats *)(a + index) * *(const floats *)(b + index);
    first += second;
    float total = sum(&first);
    for (; index < count; index++) total += a[index] * b[index];
    return total;
}

INLINE void dots(const float *rows, int count, const float *vector, int width, float *products) {
    for (int row = 0; row < count; row++) products[row] = dot(rows + (size_t)row * width, vector, width);
}

// Products of one row of eight-bit numbers with `group` rows of the query, which is a constant where this is inlined.
INLINE void group_products(const float *query, const int8_t *row, int width, int group, float *products) {
    floats sums[8] = {{0}};
    int index = 0;
    for (; index + 16 <= width; index += 16) {
        floats values = __builtin_convertvector(*(const bytes *)(row + index), floats);
        for (int place = 0; place < group; place++)
            sums[place] += *(const floats *)(query + (size_t)place * width + index) * values;
    }
    for (int place = 0; place < group; place++) {
        products[place] = sum(&sums[place]);
        for (int rest = index; rest < width; rest++) products[place] += query[(size_t)place * width + rest] * row[rest];
    }
}

INLINE void nearest(const float *query, int queries, const uint8_t *cells, int tokens, int width, float *of_query,
                    float *of_tokens) {
    for (int place = 0; place < queries; place++) of_query[place] = -1;
    for (int token = 0; token < tokens; token++) {
        const uint8_t *cell = cells + (size_t)token * (width + 4);
        const int8_t *row = (const int8_t *)cell + 4;
        float scale, products[8], most = -1;
        memcpy(&scale, cell, 4);
        for (int place = 0; place < queries;) {
            const float *rows = query + (size_t)place * width;
            int left = queries - place;
            int group = left >= 8 ? 8 : left >= 4 ? 4 : left >= 2 ? 2 : 1;
            switch (group) {
            case 8: group_products(rows, row, width, 8, products); break;
            case 4: group_products(rows, row, width, 4, products); break;
            case 2: group_products(rows, row, width, 2, products); break;
            default: group_products(rows, row, width, 1, products);
            }
            for (int member = 0; member < group; member++, place++) {
                float similarity = scale * products[member];
                if (similarity > of_query[place]) of_query[place] = similarity;
                if (similarity > most) most = similarity;
            }
        }
        of_tokens[token] = most;
    }
}

#if defined(__x86_64__)
#define CHOOSE(name, parameters, arguments)                                                          \
    __attribute__((target("avx512f,avx512bw,avx512vl,fma"))) static void name##_512 parameters { name arguments; } \
    __attribute__((target("avx2,fma"))) static void name##_256 parameters { name arguments; }       \
    void skw_##name parameters {                                                                     \
        if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl"))                \
            name##_512 arguments;                                                                    \
        else if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))                    \
            name##_256 arguments;                                                                    \
        else                                                                                         \
            name arguments;                                                                          \
    }
#else
#define CHOOSE(name, parameters, arguments) \
    void skw_##name parameters { name arguments; }
#endif

CHOOSE(dots, (const float *rows, int count, const float *vector, int width, float *products),
       (rows, count, vector, width, products))

CHOOSE(nearest,
       (const float *query, int queries, const uint8_t *cells, int tokens, int width, float *of_query,
        float *of_tokens),
       (query, queries, cells, tokens, width, of_query, of_tokens))
