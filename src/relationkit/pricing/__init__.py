"""Pricing: which pricing model fits, and what a fee comes to.

:func:`model` says which model fits, and :func:`obligations` what comes with it;
:func:`offer` takes the fee for it from the contract, or from the provider's card.
:func:`quote` reckons a fee for a usage, in lines that always add up to the total;
:func:`certainty` says how much of a price is known beforehand, and :func:`check` what
of a fee may surprise.
:func:`prorate` gives the part of an amount for part of a period, :func:`progress` the
bills on the way to a quote, and :func:`draw` what a bill takes from a retainer.
"""

from relationkit.pricing._certainty import certainty, price_range
from relationkit.pricing._check import check
from relationkit.pricing._model import model
from relationkit.pricing._obligations import Obligation, Obliged, obligations
from relationkit.pricing._offer import FeeOf, Offer, agreed, offer
from relationkit.pricing._progress import billed_since, progress
from relationkit.pricing._proration import DayCount, Span, prorate
from relationkit.pricing._quote import Line, Quote, quote
from relationkit.pricing._retainer import Draw, Retainer, draw
from relationkit.pricing._usage import Usage, UsageError

__all__ = [
    "DayCount",
    "Draw",
    "FeeOf",
    "Line",
    "Obligation",
    "Obliged",
    "Offer",
    "Quote",
    "Retainer",
    "Span",
    "Usage",
    "UsageError",
    "agreed",
    "billed_since",
    "certainty",
    "check",
    "draw",
    "model",
    "obligations",
    "offer",
    "price_range",
    "progress",
    "prorate",
    "quote",
]
