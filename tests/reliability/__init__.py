"""Can anything be lost? Scenarios that try, with real processes, signals and file systems: `python -m tests.reliability`."""
