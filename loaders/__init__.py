"""Reading of the register, the curated facts and documents, and their way into the graph."""
