#include "CLinearAlgebra.h"

#include <dlfcn.h>
#include <pthread.h>

// The products of a search are over before a second thread is awake, and that thread then goes on looking for work: a tenth
// of all processor time of a service that many ask. Only long work takes more than one.
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int most = 1;
static int long_works = 0;
static void (*set_threads)(int);

static void use(int count) {
    if (set_threads) set_threads(count);
}

__attribute__((constructor)) static void start_with_one(void) {
    // OpenBLAS has these; another BLAS is left as it is.
    int (*threads)(void) = (int (*)(void))dlsym(RTLD_DEFAULT, "openblas_get_num_threads");
    set_threads = (void (*)(int))dlsym(RTLD_DEFAULT, "openblas_set_num_threads");
    // As many as there are cores, or as the environment says.
    if (threads) most = threads();
    use(1);
}

void skw_begin_long_work(void) {
    pthread_mutex_lock(&lock);
    if (long_works++ == 0) use(most);
    pthread_mutex_unlock(&lock);
}

void skw_end_long_work(void) {
    pthread_mutex_lock(&lock);
    if (--long_works == 0) use(1);
    pthread_mutex_unlock(&lock);
}
