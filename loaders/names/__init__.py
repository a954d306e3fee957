"""Names in texts: those of the register, those that a document defines, and those nobody knows yet."""
