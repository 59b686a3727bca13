// Settings of glibc's allocator, whose header Swift's Glibc module leaves out.
#pragma once

/// Gives blocks of that many bytes and more back to the system when they are freed, keeps at most `spare` free bytes at the
/// top of the heap, and shares `pools` pools among all threads.
void skw_allocator_set(int large, int spare, int pools);
