"""Spark with the Python package: Arrow batches in, Arrow batches out, no JSON between.

python spark_arrow.py RECORDS.jsonl OUT/
"""

import sys
from collections.abc import Iterator

import pyarrow as pa
import zonetext
from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema


def clean(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        yield zonetext.clean_batch(batch)


records, out = sys.argv[1:]
spark = SparkSession.builder.appName("zonetext").getOrCreate()
pages = spark.read.schema("id string, html_b64 string, note long").json(records)
columns = zonetext.arrow_schema(pa.schema([("note", pa.int64())]))
pages.mapInArrow(clean, from_arrow_schema(columns)).write.parquet(out)
spark.stop()
