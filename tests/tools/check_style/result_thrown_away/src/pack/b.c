/* A file. */
struct result f(int a)
{
}

static struct result j(int a)
{
}
