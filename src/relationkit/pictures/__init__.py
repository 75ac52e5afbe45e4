"""Pictures: what was decided and computed, drawn."""

from relationkit.pictures._prices import prices
from relationkit.pictures._timeline import timeline_svg, timeline_text

__all__ = ["prices", "timeline_svg", "timeline_text"]
