"""Ray: a dataset of pages through map_batches.

python ray_batches.py RECORDS.jsonl OUT/
"""

import sys

import ray
import zonetext

records, out = sys.argv[1:]
ray.init(include_dashboard=False)
ray.data.DataContext.get_current().execution_options.preserve_order = True
pages = ray.data.read_json(records, lines=True)
pages.map_batches(zonetext.clean_batch, batch_format="pyarrow", batch_size=512).write_parquet(out)
