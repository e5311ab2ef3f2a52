/* A file. */
char *f(void)
{
    return getenv("HOME");
}
