"""A help desk that knows whom it serves."""
