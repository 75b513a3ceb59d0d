"""Spark without Python code of ours: each partition is piped through the command.

python spark_pipe.py RECORDS.jsonl OUT/        RECORDS.jsonl has {"id": …, "html_b64": …} on each line
"""

import sys

from pyspark.sql import SparkSession

records, out = sys.argv[1:]
spark = SparkSession.builder.appName("zonetext").getOrCreate()
lines = spark.sparkContext.textFile(records, minPartitions=4)
# checkCode: a command that could not keep its contract fails the job, so no partition is lost in silence.
lines.pipe("zonetext clean --input jsonl -f jsonl", checkCode=True).saveAsTextFile(out)
spark.stop()
