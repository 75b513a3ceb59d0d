"""Daft: a column of pages becomes a column of records.

python daft_column.py RECORDS.jsonl OUT.parquet
"""

import sys

import daft
import pyarrow as pa
import pyarrow.parquet as pq
import zonetext

RECORD = pa.struct(list(zonetext.arrow_schema()))


@daft.func.batch(return_dtype=daft.DataType.from_arrow_type(RECORD))
def clean(id: daft.Series, html_b64: daft.Series) -> pa.Array:
    columns = [id.to_arrow().cast(pa.string()), html_b64.to_arrow().cast(pa.string())]
    batch = pa.RecordBatch.from_arrays(columns, names=["id", "html_b64"])
    return zonetext.clean_batch(batch).to_struct_array()


records, out = sys.argv[1:]
pages = daft.read_json(records)
cleaned = pages.select(clean(pages["id"], pages["html_b64"]).alias("record"), pages["note"])
pq.write_table(cleaned.to_arrow(), out)
