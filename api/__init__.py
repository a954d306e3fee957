"""HTTP: answers, pages and pictures from the graph. Knows nothing about loading."""
