"""The words of a story: where each is written."""

import time

from press.content.words import TextCollector
from press.ground.toml import TomlText


def test_very_many_words_are_found_soon():
    """Each in its line, which nobody looks for from the top of the file; by the
    processor's time, not the clock's.
    """
    values = {f"key_{number}": f"word {number}" for number in range(20_000)}
    text = "".join(f'{key} = "{value}"\n' for key, value in values.items())
    strings, begun = (
        TextCollector(TomlText(text, "a.toml"), text, 0),
        time.process_time(),
    )

    strings.note_words(values)

    assert [text[found.file_offset :].partition('"')[0] for found in strings.texts] == [
        *values.values()
    ]
    assert time.process_time() - begun < 20
