"""Put a drawn figure into a web page: named, described, and with ids of its own."""

import re

from localplan.document.web.webtext import escape

_ROOT = re.compile(r"<svg\b([^>]*)>", re.DOTALL)
_OWN = re.compile(r'\s(?:role|aria-[a-z]+|width|height|id)="[^"]*"')
_TITLED = re.compile(r"<(title|desc)\b[^>]*>.*?</\1>", re.DOTALL)
_ID = re.compile(r'\bid="([^"]+)"')
_REFERENCE = re.compile(r'(url\(#|href="#)([^")]+)')


def inline_svg(svg: str, *, name: str, title: str, description: str) -> str:
    """The drawing as part of the page, or an empty text where it is not an SVG."""
    root = _ROOT.search(svg)
    end = svg.rfind("</svg>")
    if root is None or end < root.end():
        return ""
    inner = _TITLED.sub("", svg[root.end() : end])
    inner = _ID.sub(rf'id="{name}-\1"', inner)
    inner = _REFERENCE.sub(rf"\g<1>{name}-\2", inner)
    names = f'aria-labelledby="{name}-title {name}-about"'
    said = f'<title id="{name}-title">{escape(title or "Figure")}</title>'
    said += f'<desc id="{name}-about">{escape(description)}</desc>'
    return f'<svg{_OWN.sub("", root.group(1))} role="img" {names}>{said}{inner}</svg>'
