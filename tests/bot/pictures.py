"""Small pictures to send."""

import io

from PIL import Image


def picture(width: int = 40, height: int = 30, shade: int = 200) -> bytes:
    out = io.BytesIO()
    Image.new("L", (width, height), shade).save(out, "PNG")
    return out.getvalue()
