#include "COpenVINO.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "openvino/c/openvino.h"

// Each entry becomes a function pointer of exactly the type the header declares.
#define SKW_OV_FUNCTIONS(X)             \
    X(ov_core_create)                   \
    X(ov_core_free)                     \
    X(ov_core_compile_model_from_file)  \
    X(ov_compiled_model_free)           \
    X(ov_compiled_model_input_by_name)  \
    X(ov_compiled_model_create_infer_request) \
    X(ov_infer_request_free)            \
    X(ov_infer_request_set_tensor)      \
    X(ov_infer_request_infer)           \
    X(ov_infer_request_start_async)     \
    X(ov_infer_request_wait)            \
    X(ov_infer_request_get_output_tensor_by_index) \
    X(ov_tensor_create_from_host_ptr)   \
    X(ov_tensor_get_shape)              \
    X(ov_tensor_get_element_type)       \
    X(ov_tensor_data)                   \
    X(ov_tensor_free)                   \
    X(ov_shape_create)                  \
    X(ov_shape_free)                    \
    X(ov_output_const_port_free)        \
    X(ov_get_error_info)                \
    X(ov_get_last_err_msg)              \
    X(ov_free)

struct skw_ov_runtime {
    void *library;
    ov_core_t *core;
#define SKW_DECLARE(name) __typeof__(&name) name;
    SKW_OV_FUNCTIONS(SKW_DECLARE)
#undef SKW_DECLARE
};

struct skw_ov_model {
    skw_ov_runtime *runtime;
    ov_compiled_model_t *compiled;
};

struct skw_ov_request {
    skw_ov_runtime *runtime;
    ov_infer_request_t *handle;
    ov_tensor_t *output;
};

static int fail(skw_ov_message message, const char *what, const char *why) {
    if (message.text && message.capacity) snprintf(message.text, message.capacity, "%s: %s", what, why ? why : "?");
    return 1;
}

static int check(skw_ov_runtime *runtime, ov_status_e status, const char *what, skw_ov_message message) {
    if (status == OK) return 0;
    const char *detail = runtime->ov_get_last_err_msg();
    int code = fail(message, what, detail && *detail ? detail : runtime->ov_get_error_info(status));
    if (detail) runtime->ov_free(detail);
    return code;
}

int skw_ov_runtime_open(const char *library, skw_ov_runtime **runtime, skw_ov_message message) {
    skw_ov_runtime *opened = calloc(1, sizeof *opened);
    if (!opened) return fail(message, "OpenVINO", "out of memory");
    opened->library = dlopen(library, RTLD_NOW | RTLD_LOCAL);
    if (!opened->library) {
        fail(message, "cannot load OpenVINO", dlerror());
        free(opened);
        return 1;
    }
#define SKW_RESOLVE(symbol)                                                              \
    opened->symbol = (__typeof__(opened->symbol))dlsym(opened->library, #symbol);        \
    if (!opened->symbol) {                                                               \
        fail(message, "this OpenVINO library lacks a function", #symbol);                \
        skw_ov_runtime_close(opened);                                                    \
        return 1;                                                                        \
    }
    SKW_OV_FUNCTIONS(SKW_RESOLVE)
#undef SKW_RESOLVE
    if (check(opened, opened->ov_core_create(&opened->core), "creating the OpenVINO core", message)) {
        skw_ov_runtime_close(opened);
        return 1;
    }
    *runtime = opened;
    return 0;
}

// The library itself stays loaded: OpenVINO and TBB keep threads whose code must not vanish under them.
void skw_ov_runtime_close(skw_ov_runtime *runtime) {
    if (!runtime) return;
    if (runtime->core && runtime->ov_core_free) runtime->ov_core_free(runtime->core);
    free(runtime);
}

int skw_ov_model_compile(skw_ov_runtime *runtime, const char *path, skw_ov_options options, skw_ov_model **model,
                         skw_ov_message message) {
    // The variadic call takes name-value pairs; unset options repeat a harmless one so that the count stays fixed.
    char threads[16], streams[16], group[16];
    snprintf(group, sizeof group, "%d", options.quantization_group);
    snprintf(threads, sizeof threads, "%d", options.threads);
    snprintf(streams, sizeof streams, "%d", options.streams);
    const char *neutral_name = "PERFORMANCE_HINT", *neutral_value = "LATENCY";
    ov_compiled_model_t *compiled = NULL;
    ov_status_e status = runtime->ov_core_compile_model_from_file(
        runtime->core, path, "CPU", 14, &compiled, neutral_name, neutral_value,
        options.cache_folder ? "CACHE_DIR" : neutral_name, options.cache_folder ? options.cache_folder : neutral_value,
        options.precision ? "INFERENCE_PRECISION_HINT" : neutral_name,
        options.precision ? options.precision : neutral_value,
        options.threads > 0 ? "INFERENCE_NUM_THREADS" : neutral_name, options.threads > 0 ? threads : neutral_value,
        options.streams > 0 ? "NUM_STREAMS" : neutral_name, options.streams > 0 ? streams : neutral_value,
        options.free_threads ? "ENABLE_CPU_PINNING" : neutral_name, options.free_threads ? "NO" : neutral_value,
        options.quantization_group > 0 ? "DYNAMIC_QUANTIZATION_GROUP_SIZE" : neutral_name,
        options.quantization_group > 0 ? group : neutral_value);
    if (check(runtime, status, "compiling the model", message)) return 1;
    skw_ov_model *created = calloc(1, sizeof *created);
    if (!created) {
        runtime->ov_compiled_model_free(compiled);
        return fail(message, "compiling the model", "out of memory");
    }
    created->runtime = runtime;
    created->compiled = compiled;
    *model = created;
    return 0;
}

void skw_ov_model_free(skw_ov_model *model) {
    if (!model) return;
    model->runtime->ov_compiled_model_free(model->compiled);
    free(model);
}

int skw_ov_model_has_input(const skw_ov_model *model, const char *name) {
    ov_output_const_port_t *port = NULL;
    if (model->runtime->ov_compiled_model_input_by_name(model->compiled, name, &port) != OK) return 0;
    model->runtime->ov_output_const_port_free(port);
    return 1;
}

int skw_ov_request_create(skw_ov_model *model, skw_ov_request **request, skw_ov_message message) {
    ov_infer_request_t *handle = NULL;
    ov_status_e status = model->runtime->ov_compiled_model_create_infer_request(model->compiled, &handle);
    if (check(model->runtime, status, "creating an inference request", message)) return 1;
    skw_ov_request *created = calloc(1, sizeof *created);
    if (!created) {
        model->runtime->ov_infer_request_free(handle);
        return fail(message, "creating an inference request", "out of memory");
    }
    created->runtime = model->runtime;
    created->handle = handle;
    *request = created;
    return 0;
}

static void drop_output(skw_ov_request *request) {
    if (request->output) request->runtime->ov_tensor_free(request->output);
    request->output = NULL;
}

void skw_ov_request_free(skw_ov_request *request) {
    if (!request) return;
    drop_output(request);
    request->runtime->ov_infer_request_free(request->handle);
    free(request);
}

int skw_ov_request_set_input(skw_ov_request *request, const char *name, const int64_t *values, int64_t rows,
                             int64_t columns, skw_ov_message message) {
    skw_ov_runtime *runtime = request->runtime;
    int64_t dimensions[2] = {rows, columns};
    ov_shape_t shape = {0};
    if (check(runtime, runtime->ov_shape_create(2, dimensions, &shape), "shaping an input", message)) return 1;
    ov_tensor_t *tensor = NULL;
    ov_status_e status = runtime->ov_tensor_create_from_host_ptr(I64, shape, (void *)values, &tensor);
    runtime->ov_shape_free(&shape);
    if (check(runtime, status, "wrapping an input", message)) return 1;
    status = runtime->ov_infer_request_set_tensor(request->handle, name, tensor);
    runtime->ov_tensor_free(tensor);
    return check(runtime, status, "setting an input", message);
}

int skw_ov_request_start(skw_ov_request *request, skw_ov_message message) {
    drop_output(request);
    ov_status_e status = request->runtime->ov_infer_request_start_async(request->handle);
    return check(request->runtime, status, "starting the model", message);
}

int skw_ov_request_wait(skw_ov_request *request, skw_ov_message message) {
    return check(request->runtime, request->runtime->ov_infer_request_wait(request->handle), "running the model", message);
}

int skw_ov_request_run(skw_ov_request *request, skw_ov_message message) {
    drop_output(request);
    return check(request->runtime, request->runtime->ov_infer_request_infer(request->handle), "running the model", message);
}

int skw_ov_request_output(skw_ov_request *request, const float **output, int64_t shape_out[4], int *rank,
                          skw_ov_message message) {
    skw_ov_runtime *runtime = request->runtime;
    drop_output(request);
    ov_status_e status = runtime->ov_infer_request_get_output_tensor_by_index(request->handle, 0, &request->output);
    if (check(runtime, status, "reading the output", message)) return 1;
    ov_element_type_e type;
    if (check(runtime, runtime->ov_tensor_get_element_type(request->output, &type), "reading the output", message))
        return 1;
    if (type != F32) return fail(message, "reading the output", "the model's first output is not 32-bit float");
    ov_shape_t shape = {0};
    if (check(runtime, runtime->ov_tensor_get_shape(request->output, &shape), "reading the output", message)) return 1;
    int fits = shape.rank <= 4;
    for (int axis = 0; fits && axis < (int)shape.rank; axis++) shape_out[axis] = shape.dims[axis];
    *rank = (int)shape.rank;
    runtime->ov_shape_free(&shape);
    if (!fits) return fail(message, "reading the output", "the model's first output has more than four dimensions");
    void *data = NULL;
    if (check(runtime, runtime->ov_tensor_data(request->output, &data), "reading the output", message)) return 1;
    *output = data;
    return 0;
}
