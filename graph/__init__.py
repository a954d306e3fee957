"""Records, the store over the Neo4j driver, the embedded engine, and the graph as RDF and files."""
