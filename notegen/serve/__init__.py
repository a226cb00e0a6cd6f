"""One table of methods for programs, and its faces: JSON-RPC on standard input and output, and others."""
