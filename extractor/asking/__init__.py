"""Questions to a corpus that `vnplan extract --format parquet` wrote: SQL, reports, who carries out what."""
