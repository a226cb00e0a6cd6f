"""Can anything be lost? Scenarios that try it, with real processes and file systems: `python -m tests.reliability`."""
