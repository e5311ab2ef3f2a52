/* A file. */
typedef struct a b;
typedef int (*function)(void);
