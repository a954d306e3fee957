"""One module for each file format, with `read(path, data) -> Content`; `loaders.text` has them by ending."""
