"""Questions to the graph: the catalogue of canned queries, running them, names, and plain English."""
