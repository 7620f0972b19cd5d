"""The commands of ``vnplan``: arguments in, messages out."""
