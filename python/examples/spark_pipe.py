"""Spark without Python code of ours: each partition is piped through the command.

python spark_pipe.py RECORDS.jsonl OUT/        RECORDS.jsonl has {"id": …, "html_b64": …} on each line
"""

import os
import sys

from pyspark.sql import SparkSession

records, out = sys.argv[1:]
spark = SparkSession.builder.appName("zonetext").getOrCreate()
lines = spark.sparkContext.textFile(records, minPartitions=4)
# checkCode: a command that could not keep its contract fails the job, so no partition is lost in silence.
# env: Spark starts the command with an empty environment, in which no PATH leads to it.
lines.pipe("zonetext clean --input jsonl -f jsonl", env=dict(os.environ), checkCode=True).saveAsTextFile(out)
spark.stop()
