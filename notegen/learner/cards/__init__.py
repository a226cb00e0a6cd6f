"""Cards: what is worth asking again of what was read: in a note for the plugin, in files for Anki."""
