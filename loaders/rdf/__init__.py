"""RDF files as a source of the graph."""
