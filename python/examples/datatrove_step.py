"""datatrove: a pipeline step that turns pages into clean documents.

python datatrove_step.py FOLDER OUT/        FOLDER holds .jsonl files of {"id": …, "html_b64": …}
"""

import sys

import zonetext
from datatrove.data import Document, DocumentsPipeline
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.base import PipelineStep
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter


class Zonetext(PipelineStep):
    """`text` comes in as a page (base64) and goes out clean; the rest of the record is in `metadata`."""

    name = "zonetext"
    type = "🀄 - CLEAN"

    def __init__(self, **options):
        super().__init__()
        self.options = options | {"schema": "datatrove"}

    def run(self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1) -> DocumentsPipeline:
        for document in data:
            page = {"id": document.id, "html_b64": document.text} | document.metadata
            [record] = zonetext.clean_records([page], **self.options)
            self.stat_update(record["metadata"]["zt"]["status"])
            yield Document(**record)


if __name__ == "__main__":
    folder, out = sys.argv[1:]
    steps = [
        JsonlReader(folder, text_key="html_b64", add_file_path=False),
        Zonetext(),
        JsonlWriter(out, compression=None),
    ]
    LocalPipelineExecutor(pipeline=steps, tasks=1, logging_dir=f"{out}/logs").run()
