/* A file. */
void *f(void)
{
    free(0);
    return malloc(1);
}
