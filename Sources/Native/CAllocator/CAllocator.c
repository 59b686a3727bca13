#include "CAllocator.h"

#include <malloc.h>

void skw_allocator_set(int large, int spare, int pools) {
    mallopt(M_MMAP_THRESHOLD, large);
    mallopt(M_TRIM_THRESHOLD, spare);
    mallopt(M_ARENA_MAX, pools);
}
