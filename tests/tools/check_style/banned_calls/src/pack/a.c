/* A file. */
int f(char *to, const char *from)
{
    strcpy(to, from);
    strcat (to, from); sprintf(to, "%s", from);
    return atoi(from);
}
