"""Who is a customer, who is a client, what was agreed and what is owed.

Each module is one topic and the only home of its names; import the topic::

    from relationkit import codec, policy
    from relationkit.books import Book
    from relationkit.relationships import Client, Customer
"""
