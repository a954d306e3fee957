"""The data set in schema.org's words, for search engines that read the page."""

from typing import Any

from graph.dataset import CREATOR
from graph.dump_index import DumpIndex

Node = dict[str, Any]


def dataset_markup(index: DumpIndex) -> Node:
    """A schema.org Dataset as JSON-LD."""
    made, coverage = index.made, index.coverage
    creator = {"@type": "Organization", "name": CREATOR, "url": f"{made.address}/"}
    markup: Node = {
        "@context": {"@vocab": "https://schema.org/"},
        "@type": "Dataset",
        "@id": f"{made.base_iri}dataset#carisec",
        "name": index.title,
        "description": index.description,
        "url": f"{made.address}/dataset",
        "identifier": f"{made.base_iri}dataset#carisec",
        "version": made.version,
        "datePublished": made.loaded,
        "dateModified": made.loaded,
        "license": index.licence,
        "isAccessibleForFree": True,
        "creator": creator,
        "publisher": creator,
        "inLanguage": list(coverage.languages),
        "keywords": sorted(set(coverage.topics.values())),
        "isBasedOn": [_work(made.base_iri, d.id, d.name, d.url) for d in coverage.documents],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.name,
                "encodingFormat": [file.media_type.partition(";")[0], "application/gzip"],
                "contentUrl": f"{made.address}/dumps/{made.version}/{file.name}",
                "contentSize": f"{file.bytes} B",
                "sha256": file.sha256,
            }
            for file in index.files
        ],
    }
    if coverage.first_day and coverage.last_day:
        markup["temporalCoverage"] = f"{coverage.first_day}/{coverage.last_day}"
    return markup


def _work(base_iri: str, key: str, name: str, url: str | None) -> Node:
    return {
        "@type": "CreativeWork",
        "@id": f"{base_iri}id/{key}",
        "name": name,
        **({"url": url} if url else {}),
    }
