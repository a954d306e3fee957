"""carisec in Python: ask the graph at hand or a running server, and keep what an answer rests on.

    import carisec

    with carisec.connect() as kg:                      # or carisec.connect("http://127.0.0.1:8000")
        answer = kg.ask("which agencies support CCGIU")
        print(answer.to_df(), answer.cite("bibtex"))
        rows = kg.query("members-of-program", program="CBSI", as_of="2023")
        rows.to_networkx(), rows.to_rdflib(), rows.receipt()

Both give the same results, and the same errors, which are in `carisec.errors`.
"""

from carisec.handle import KnowledgeGraph, connect
from carisec.reports import Differences, Verification
from carisec.results import Answer, Rows
from schema import errors

__all__ = ["Answer", "Differences", "KnowledgeGraph", "Rows", "Verification", "connect", "errors"]
