/* A file. */
struct result f(int a);
MUST_USE struct result g(int a);
MUST_USE static inline struct result h(void);
static inline struct result i(void);
