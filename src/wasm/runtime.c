/*
 * wasm/runtime.c - what the C library would need the outside world for. Built to WebAssembly only.
 *
 * A failed assertion keeps its words for wasm_fault() and traps; memory that ends is one of these
 * (base/arena.c). The library's own version would write to a file, which a browser has not.
 *
 * What must hold: wasm_fault() may be called after a trap, so it touches nothing but its text.
 */
#include <string.h>

#define FAULT_BYTES_MAX 256

static char fault[FAULT_BYTES_MAX];

/* The words of the last failed assertion, ended by a zero byte; empty when there was none. */
__attribute__((export_name("wasm_fault"))) const char *wasm_fault(void);

const char *wasm_fault(void)
{
    return fault;
}

/* The name and the form are those of <assert.h>. */
_Noreturn void __assert_fail(const char *words, const char *file, int line, const char *function);

_Noreturn void __assert_fail(const char *words, const char *file, int line, const char *function)
{
    (void)file;
    (void)line;
    (void)function;
    size_t length = strlen(words);
    length = length < FAULT_BYTES_MAX ? length : FAULT_BYTES_MAX - 1;
    memcpy(fault, words, length);
    fault[length] = 0;
    __builtin_trap();
}
