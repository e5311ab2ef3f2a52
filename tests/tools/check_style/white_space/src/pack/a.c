/* A file. */
int a; 
	int b;
int c;