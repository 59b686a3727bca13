#include "CFAISS.h"

#include "CLinearAlgebra.h"

#include <faiss/AutoTune.h>
#include <faiss/Index.h>
#include <faiss/IndexIDMap.h>
#include <faiss/impl/IDSelector.h>
#include <faiss/index_factory.h>
#include <faiss/index_io.h>
#include <faiss/utils/distances.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <memory>
#include <string>

struct skw_faiss_index {
    std::unique_ptr<faiss::Index> index;
};

// Of the OpenMP runtime; its header is not where clang looks for it.
extern "C" int omp_get_max_threads();
extern "C" void omp_set_num_threads(int count);

namespace {

template <typename Body>
int guarded(skw_faiss_message message, Body body) noexcept {
    const char *what = "unknown failure";
    try {
        body();
        return 0;
    } catch (const std::exception &error) {
        if (message.text && message.capacity) std::snprintf(message.text, message.capacity, "%s", error.what());
        return 1;
    } catch (...) {
        if (message.text && message.capacity) std::snprintf(message.text, message.capacity, "%s", what);
        return 1;
    }
}

// Distribution builds of FAISS compare vectors one by one in portable code below this many queries; BLAS does it with
// the processor's widest instructions: 0.06 ms instead of 0.65 for one query over 2,209 × 384.
const int single_queries_go_to_blas = faiss::distance_compute_blas_threshold = 1;

// Up to this many queries run one by one on the calling thread: a matrix-vector product, or a walk through a graph, is
// over before other threads are awake, and on a busy machine waiting for them takes longest of all.
constexpr int64_t few_queries = 8;

class OneThread {
    const int before = omp_get_max_threads();

  public:
    OneThread() { omp_set_num_threads(1); }
    ~OneThread() { omp_set_num_threads(before); }
};

class AllThreads {
  public:
    AllThreads() { skw_begin_long_work(); }
    ~AllThreads() { skw_end_long_work(); }
};

}  // namespace

extern "C" {

int skw_faiss_create(int dimensions, const char *factory, skw_faiss_index **index, skw_faiss_message message) {
    return guarded(message, [&] {
        std::string words = std::string("IDMap2,") + factory;
        std::unique_ptr<faiss::Index> built(
            faiss::index_factory(dimensions, words.c_str(), faiss::METRIC_INNER_PRODUCT));
        *index = new skw_faiss_index{std::move(built)};
    });
}

int skw_faiss_read(const char *path, skw_faiss_index **index, skw_faiss_message message) {
    return guarded(message, [&] {
        std::unique_ptr<faiss::Index> read(faiss::read_index(path));
        *index = new skw_faiss_index{std::move(read)};
    });
}

int skw_faiss_map(const char *path, skw_faiss_index **index, skw_faiss_message message) {
    return guarded(message, [&] {
        std::unique_ptr<faiss::Index> read(faiss::read_index(path, faiss::IO_FLAG_MMAP | faiss::IO_FLAG_READ_ONLY));
        *index = new skw_faiss_index{std::move(read)};
    });
}

int skw_faiss_write(const skw_faiss_index *index, const char *path, skw_faiss_message message) {
    return guarded(message, [&] { faiss::write_index(index->index.get(), path); });
}

void skw_faiss_free(skw_faiss_index *index) { delete index; }

int64_t skw_faiss_count(const skw_faiss_index *index) { return index->index->ntotal; }

int skw_faiss_dimensions(const skw_faiss_index *index) { return static_cast<int>(index->index->d); }

int skw_faiss_is_trained(const skw_faiss_index *index) { return index->index->is_trained; }

int skw_faiss_train(skw_faiss_index *index, int64_t count, const float *vectors, skw_faiss_message message) {
    return guarded(message, [&] {
        const AllThreads together;
        index->index->train(count, vectors);
    });
}

int skw_faiss_set_parameter(skw_faiss_index *index, const char *name, double value, skw_faiss_message message) {
    return guarded(message, [&] { faiss::ParameterSpace().set_index_parameter(index->index.get(), name, value); });
}

int64_t skw_faiss_last_id(const skw_faiss_index *index) {
    const auto *map = dynamic_cast<const faiss::IndexIDMap *>(index->index.get());
    if (!map || map->id_map.empty()) return -1;
    return *std::max_element(map->id_map.begin(), map->id_map.end());
}

int skw_faiss_add(skw_faiss_index *index, int64_t count, const float *vectors, const int64_t *ids,
                  skw_faiss_message message) {
    return guarded(message, [&] {
        const AllThreads together;
        index->index->add_with_ids(count, vectors, ids);
    });
}

int skw_faiss_remove(skw_faiss_index *index, int64_t count, const int64_t *ids, int64_t *removed,
                     skw_faiss_message message) {
    return guarded(message, [&] {
        faiss::IDSelectorBatch selector(count, ids);
        *removed = static_cast<int64_t>(index->index->remove_ids(selector));
    });
}

int skw_faiss_search(const skw_faiss_index *index, int64_t queries, const float *vectors, int64_t k, float *scores,
                     int64_t *ids, skw_faiss_message message) {
    return guarded(message, [&] {
        if (queries > few_queries) {
            const AllThreads together;
            return index->index->search(queries, vectors, k, scores, ids);
        }
        const OneThread alone;
        for (int64_t row = 0; row < queries; ++row)
            index->index->search(1, vectors + row * index->index->d, k, scores + row * k, ids + row * k);
    });
}

}  // extern "C"
