"""A plugin of one kind to begin with, as files that work: what ``govopen plugins new`` writes."""
