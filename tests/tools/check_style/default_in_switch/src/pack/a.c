/* A file. */
int f(int a)
{
    switch (a) {
    default:
        return 1;
    }
}
