/* A file. */
#define NDEBUG
