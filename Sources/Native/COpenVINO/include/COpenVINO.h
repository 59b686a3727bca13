// OpenVINO's C interface behind functions Swift can call.
//
// The runtime is loaded with dlopen from a path given at run time: a program that needs no encoder starts without
// it, and a missing runtime is an error message instead of a loader failure. Every function returns 0 on success;
// otherwise it writes a message, cut to fit, into the caller's buffer.

#pragma once

#include <stddef.h>
#include <stdint.h>

typedef struct skw_ov_runtime skw_ov_runtime;
typedef struct skw_ov_model skw_ov_model;
typedef struct skw_ov_request skw_ov_request;

typedef struct {
    char *text;
    size_t capacity;
} skw_ov_message;

/// How a model is compiled. Zero leaves a number to OpenVINO.
typedef struct {
    const char *cache_folder;  // NULL: compile from scratch every time
    const char *precision;     // "bf16", "f32", …; NULL: the device's default
    int threads;
    int streams;
    int quantization_group;  // values of an activation that share a scale, where weights are of 8 bits; 0: not quantised
    int free_threads;  // not 0: threads may move between cores, so that a busy core holds nothing up
} skw_ov_options;

/// Loads `libopenvino_c` from its file and creates a core.
int skw_ov_runtime_open(const char *library, skw_ov_runtime **runtime, skw_ov_message message);
void skw_ov_runtime_close(skw_ov_runtime *runtime);

/// Compiles a model file (`.xml` or `.onnx`) for the CPU.
int skw_ov_model_compile(skw_ov_runtime *runtime, const char *path, skw_ov_options options, skw_ov_model **model,
                         skw_ov_message message);
void skw_ov_model_free(skw_ov_model *model);

/// Whether the model has an input of that name.
int skw_ov_model_has_input(const skw_ov_model *model, const char *name);

int skw_ov_request_create(skw_ov_model *model, skw_ov_request **request, skw_ov_message message);
void skw_ov_request_free(skw_ov_request *request);

/// Sets one input to an array of `rows` × `columns` 64-bit integers, which must stay alive until inference is done.
int skw_ov_request_set_input(skw_ov_request *request, const char *name, const int64_t *values, int64_t rows,
                             int64_t columns, skw_ov_message message);

/// Starts the model on this request's inputs and returns at once; the inputs must stay as they are until it is done.
int skw_ov_request_start(skw_ov_request *request, skw_ov_message message);

/// Waits for a started request.
int skw_ov_request_wait(skw_ov_request *request, skw_ov_message message);

/// Starts and waits in one, without a change of threads: the shortest way for a single request.
int skw_ov_request_run(skw_ov_request *request, skw_ov_message message);

/// Points at the first output of a request that is done: f32 of `shape[0..<rank]`, valid until the next start.
int skw_ov_request_output(skw_ov_request *request, const float **output, int64_t shape[4], int *rank,
                          skw_ov_message message);
