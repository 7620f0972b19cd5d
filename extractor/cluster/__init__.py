"""Many documents on many machines: Apache Spark gives them out, each of its workers reads them as a batch does."""
