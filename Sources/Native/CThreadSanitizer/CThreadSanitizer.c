// Tells Thread Sanitizer of the locks it cannot see; empty in every other build.
//
// Swift's Mutex is inlined where nobody waits for it, and there the sanitizer sees its atomics. The moment two threads
// meet, the toolchain's libswiftSynchronization takes and gives the lock, and that library is not instrumented: what the
// lock protects then looks like a race. The functions below stand before the library's and add what is missing, so that
// no report about a Mutex has to be suppressed, real ones with them.

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdbool.h>
#include <stdint.h>

void __tsan_acquire(void *address);
void __tsan_release(void *address);

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *self

// Synchronization._MutexHandle._lockSlow(UInt32), ._tryLockSlow() -> Bool and ._unlockSlow(), as their library exports
// them.
#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define TRY_LOCK "$s15Synchronization12_MutexHandleV12_tryLockSlowSbyF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

SWIFT void skw_lock_slow(uint32_t thread, SELF) __asm__(LOCK);
SWIFT bool skw_try_lock_slow(SELF) __asm__(TRY_LOCK);
SWIFT void skw_unlock_slow(SELF) __asm__(UNLOCK);

SWIFT void skw_lock_slow(uint32_t thread, SELF) {
    SWIFT void (*lock)(uint32_t, SELF) = (SWIFT void (*)(uint32_t, SELF))dlsym(RTLD_NEXT, LOCK);
    lock(thread, self);
    __tsan_acquire(self);
}

SWIFT bool skw_try_lock_slow(SELF) {
    SWIFT bool (*lock)(SELF) = (SWIFT bool (*)(SELF))dlsym(RTLD_NEXT, TRY_LOCK);
    bool is_locked = lock(self);
    if (is_locked) __tsan_acquire(self);
    return is_locked;
}

SWIFT void skw_unlock_slow(SELF) {
    SWIFT void (*unlock)(SELF) = (SWIFT void (*)(SELF))dlsym(RTLD_NEXT, UNLOCK);
    __tsan_release(self);
    unlock(self);
}

#endif
#endif
