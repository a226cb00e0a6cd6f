"""A request to its report: the one walk that the command line, the watcher and every other way in share."""
