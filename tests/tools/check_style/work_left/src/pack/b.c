/* A file. */
/* FIXME */
