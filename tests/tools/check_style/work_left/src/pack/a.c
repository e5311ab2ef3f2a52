/* A file. */
/* TODO: later */
