/*
 * cpu.h - code made once more for newer processors.
 *
 * CPU_CLONES before a function: where the compiler and the C library can, it is compiled for every
 * processor and again for those with wide registers (x86-64-v3: AVX2, BMI), and the program takes
 * the better one when it starts. Elsewhere, and under sanitizers, it says nothing. What the
 * function answers is the same.
 */
#ifndef HANDRAIL_BASE_CPU_H
#define HANDRAIL_BASE_CPU_H

#if defined(__x86_64__) && defined(__gnu_linux__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__)
#define CPU_CLONES __attribute__((target_clones("arch=x86-64-v3", "default")))
#else
#define CPU_CLONES
#endif

#endif
