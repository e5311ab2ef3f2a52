/* A file. */
/* strcpy( in words is told apart: a comment may say malloc(3). */
static const char text[] = "free( default: sprintf(";

int f(int c)
{
    switch (c) {
    case 1:
        return '"' + x_free(c);
    default: /* not an enum */
        return 0;
    }
}
