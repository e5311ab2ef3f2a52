/* A file. */
char *f(void)
{
    time(0);
    return getenv("HOME");
}
