"""What a process that draws does: Vega-Lite becomes SVG, SVG becomes PNG.

vl-convert holds Python's lock for as long as it draws, and may die (vl-convert#206): so
it works in processes beside the build (``press/figures/pool.py``). They import this
module alone, which is why it imports nothing of the engine.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import signal
import threading
from pathlib import Path

# for pictures, beside those that the renderer brings along
FONTS = Path(__file__).parent / "figures" / "fonts"


class DrawingError(Exception):
    """Something cannot be drawn; the message says why."""


def prepare_drawing_process() -> None:
    """Make a new process ready to draw, the same on every machine; it ends when the
    build does, however that ends.
    """
    # Ctrl-C is for the build, which then ends this process
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_wait_for_parent_and_end_process, daemon=True).start()
    os.environ["TZ"] = "UTC"  # axes of time are drawn in the renderer's time zone
    # those of a machine take long, on Linux
    os.environ["FONTCONFIG_FILE"] = str(FONTS / "fonts.conf")
    import vl_convert  # noqa: PLC0415 - the build imports this module as well, and draws nothing

    vl_convert.register_font_directory(str(FONTS))


def draw_svg(spec: str) -> str:
    """Return the SVG of a Vega-Lite specification, given as JSON.

    Raises ``DrawingError``.
    """
    import vl_convert  # noqa: PLC0415 - as above

    try:
        return vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    except (ValueError, RuntimeError) as error:
        raise DrawingError(_get_message_without_stack(error)) from None


def draw_png(svg: str, scale: float) -> bytes:
    """Return a PNG of an SVG, ``scale`` pixels for each of its own.

    Raises ``DrawingError``.
    """
    import vl_convert  # noqa: PLC0415 - as above

    try:
        return reduce_colours(vl_convert.svg_to_png(svg, scale))
    except (ValueError, RuntimeError) as error:
        raise DrawingError(_get_message_without_stack(error)) from None


def reduce_colours(png: bytes) -> bytes:
    """Return an opaque PNG of at most 256 colours, in far fewer bytes: the renderer
    packs for speed.

    Pictures have few colours, and many shades of them at the edges of letters.
    """
    from PIL import Image, PngImagePlugin  # noqa: PLC0415 - only a build that draws pictures needs it

    image = PngImagePlugin.PngImageFile(io.BytesIO(png)).convert("RGB")
    stream = io.BytesIO()
    image.quantize(method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
        stream, "PNG"
    )
    return stream.getvalue()


def _get_message_without_stack(error: Exception) -> str:
    """Return what the renderer says, without its stack, which begins on
    the third line.
    """
    lines = str(error).strip().splitlines()[:2]
    return " ".join(line.strip() for line in lines).strip()


def _wait_for_parent_and_end_process() -> None:
    """Wait until the build's process has ended, and end this one, which would wait for
    tasks for ever.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
