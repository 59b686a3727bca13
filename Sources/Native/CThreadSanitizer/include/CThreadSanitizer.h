// Nothing to call: linking it in is what it is for. See CThreadSanitizer.c.
