"""Pictures: what was decided and computed, drawn."""

from relationkit.pictures._timeline import timeline_svg, timeline_text

__all__ = ["timeline_svg", "timeline_text"]
