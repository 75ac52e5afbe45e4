"""Books: everything a provider has on record, each thing once.

A book is normalised: records name each other by id.  A view of one party with
all that is theirs, :meth:`Book.relationship`, is put together when asked for.
Changing a book gives a changed book; the old one stays as it was.
"""

from relationkit.books._book import Book
from relationkit.books._records import CustomerRecord, Record

__all__ = ["Book", "CustomerRecord", "Record"]
