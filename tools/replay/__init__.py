"""The replay: the story's newest figures come out, and in again release by release, as an editor would take them in."""
