"""For each shape, an update that breaks it: applied to a whole graph, the shape must then fail.

An update is SPARQL. What follows from the ontology (who has an attribute, what
stands at the ends of an edge, which values it takes) is broken by one pattern
each; everything else stands here by name.
"""

from __future__ import annotations

from kg.ontology import load_ontology

ONTOLOGY = load_ontology()
STRANGER = "<urn:stranger>"
"""A node of no class."""


def without(kind: str, path: str) -> str:
    """The nodes of a class lose what they have at a property."""
    return f"DELETE {{ ?s {path} ?o }} WHERE {{ ?s a {kind} ; {path} ?o }}"


def twice(kind: str, path: str, value: str) -> str:
    """The nodes of a class have one more value."""
    return f"INSERT {{ ?s {path} {value} }} WHERE {{ ?s a {kind} }}"


def instead(path: str, value: str) -> str:
    """Another value in place of the one there is."""
    return f"DELETE {{ ?s {path} ?o }} INSERT {{ ?s {path} {value} }} WHERE {{ ?s {path} ?o }}"


BY_NAME = {
    "Node-label": [
        without("kg:Paper", "rdfs:label"),
        twice("kg:Topic", "rdfs:label", '"other"'),
        instead("rdfs:label", '"label"@en'),
    ],
    "Node-prefLabel": [
        without("kg:Gap", "skos:prefLabel"),
        twice("kg:Topic", "skos:prefLabel", '"other"'),
    ],
    "Node-same": [instead("skos:prefLabel", '"other"')],
    "Node-saidAt": [without("kg:Paper", "kg:saidAt")],
    "Topic-broader": [twice("kg:Topic", "kg:broader", "kg:a, kg:b")],
    "Topic-scheme": [without("kg:Topic", "skos:inScheme")],
    "Topic-acyclic": [
        "INSERT { ?up kg:broader ?low } WHERE { ?low kg:broader ?up }",
        "INSERT { ?t kg:broader ?t } WHERE { ?t a kg:Topic }",
    ],
    "Topic-step": [instead("kg:depth", "7"), without("kg:Topic", "kg:broader")],
    "Paper-title": [twice("kg:Paper", "kg:title", '"a", "b"')],
    "Paper-arXivId": [
        twice("kg:Paper", "fabio:hasArXivId", '"2403.00001"'),
        instead("fabio:hasArXivId", '"arXiv:2403.03507"'),
    ],
    "Paper-unique": [instead("kg:identifier", '"arXiv:2403.03507"')],
    "Paper-published": [without("kg:Paper", "kg:published")],
    "Artifact-introduced": [
        without("kg:Paper", "kg:introduces"),
        "INSERT { ?p kg:introduces ?a } WHERE { ?a a kg:Artifact . ?p a kg:Paper }",
    ],
    "Keyword-used": [without("kg:Highlight", "kg:hasKeyword")],
    "Keyword-scheme": [without("kg:Keyword", "skos:inScheme")],
    "Entry-partOf": [without("kg:Entry", "kg:partOf"), twice("kg:Entry", "kg:partOf", "kg:other")],
    **{
        f"{kind}-about": [
            without(f"kg:{kind}", "kg:about"),
            twice(f"kg:{kind}", "kg:about", "kg:other"),
        ]
        for kind in ("Highlight", "Contribution", "Recommendation")
    },
    "Rank-unique": [instead("kg:rank", "1")],
    "Rank-unbroken": [
        "DELETE { ?s kg:rank 1 } INSERT { ?s kg:rank 5 } WHERE { ?s a kg:Highlight ; kg:rank 1 }"
    ],
    "Statement-subject": [without("kg:Statement", "rdf:subject"), instead("rdf:subject", '"text"')],
    "Statement-predicate": [
        without("kg:Statement", "rdf:predicate"),
        instead("rdf:predicate", "kg:line"),
    ],
    "Statement-object": [without("kg:Statement", "rdf:object"), instead("rdf:object", '"text"')],
    "Statement-inDigest": [without("kg:Statement", "kg:inDigest")],
    "Statement-saidAt": [without("kg:Statement", "kg:saidAt")],
    "Statement-said": [without("kg:Paper", "kg:hasTopic")],
    "Statement-basis": [
        without("kg:Statement", "kg:basis"),
        "INSERT { ?s kg:basis 'name' } WHERE { ?s rdf:predicate kg:broader }",
    ],
    "Citation-citing": [
        without("cito:Citation", "cito:hasCitingEntity"),
        instead("cito:hasCitingEntity", "kg:other"),
    ],
    "Citation-cited": [
        without("cito:Citation", "cito:hasCitedEntity"),
        instead("cito:hasCitedEntity", "kg:other"),
    ],
    "Citation-character": [without("cito:Citation", "cito:hasCitationCharacterization")],
    "Citation-basis": [without("cito:Citation", "kg:basis")],
    "Annotation-motive": [
        without("oa:Annotation", "oa:motivatedBy"),
        twice("oa:Annotation", "oa:motivatedBy", "oa:tagging"),
    ],
    "Annotation-target": [
        without("oa:Annotation", "oa:hasTarget"),
        instead("oa:hasTarget", "kg:other"),
    ],
    "Annotation-body": [
        twice("oa:Annotation", "oa:hasBody", "kg:other"),
        instead("oa:hasBody", '"text"'),
    ],
    "Body-value": [
        without("oa:TextualBody", "rdf:value"),
        instead("rdf:value", '"text"@en'),
        twice("oa:TextualBody", "rdf:value", '"other"'),
    ],
    "Body-format": [
        without("oa:TextualBody", "dc:format"),
        instead("dc:format", '"text/html"'),
    ],
    "Body-language": [
        twice("oa:TextualBody", "dc:language", '"vi", "en"'),
        twice("oa:TextualBody", "dc:language", '"Vietnamese"'),
    ],
    "Source-span": [instead("kg:endByte", "0")],
    "Source-digest": [instead("oa:hasSource", "kg:other")],
    "Source-selector": [without("kg:Source", "oa:hasSelector")],
    "Position-start": [
        without("oa:TextPositionSelector", "oa:start"),
        instead("oa:start", "-1"),
        instead("oa:start", '"1"'),
        instead("oa:start", "1000000"),
    ],
    "Position-end": [without("oa:TextPositionSelector", "oa:end"), instead("oa:end", '"1"')],
    "Quote-exact": [
        without("oa:TextQuoteSelector", "oa:exact"),
        instead("oa:exact", '""'),
        twice("oa:TextQuoteSelector", "oa:exact", '"other"'),
    ],
    **{
        f"Quote-{end}": [
            twice("oa:TextQuoteSelector", f"oa:{end}", '"one", "two"'),
            instead(f"oa:{end}", '""'),
        ]
        for end in ("prefix", "suffix")
    },
    "coCited-order": [
        "INSERT { ?b kg:coCited ?a } WHERE { ?a kg:coCited ?b }",
        "INSERT { ?a kg:coCited ?a } WHERE { ?a kg:coCited ?b }",
    ],
    "duplicateOf-other": [twice("kg:Topic", "kg:duplicateOf", "?s")],
}

REQUIRED = {
    "Digest": "period", "Topic": "path depth", "Paper": "identifier url",
    "Highlight": "rank breakthrough impact", "Contribution": "assessment", "Gap": "text opportunity",
    "Idea": "moonshot motivation novelty approach evaluation risk riskLevel",
    "Recommendation": "rank reason", "Trend": "text",
    "Statement": "mentions weight section line", "Source": "file line column startByte endByte",
}  # fmt: skip

WRONG = {
    "identifier": ['"2403.03507"', '"arXiv:2403.03507v2"', '"doi:x"'],
    "url": ['"file:///a"^^xsd:anyURI', '"https://e.example/"'],
    "published": ['"2024-03"', '"2024"^^xsd:gYear'],
    "period": ['"March"'],
    "version": ['"2"'],
    "depth": ["-1"], "rank": ["0", '"1"', "1.5"], "mentions": ["0"], "weight": ["0e0", "1"],
    "line": ["0"], "column": ["0"], "startByte": ["-1"], "endByte": ["-1"],
    "riskLevel": ['"so so"'], "basis": ['"guess"'], "moonshot": ['"yes"', "1"],
}  # fmt: skip


def breaking() -> dict[str, list[str]]:
    """By the local name of each shape, the updates that break it."""
    found = dict(BY_NAME)
    for kind, names in REQUIRED.items():
        found |= {f"{kind}-{name}": [without(f"kg:{kind}", f"kg:{name}")] for name in names.split()}
    for name in (*ONTOLOGY.edge_types, "inDigest"):
        found[f"{name}-from"] = [f"INSERT DATA {{ {STRANGER} kg:{name} kg:other }}"]
        found[f"{name}-to"] = [f"INSERT DATA {{ kg:other kg:{name} {STRANGER} }}"]
    found["saidAt-from"] = [f"INSERT DATA {{ {STRANGER} kg:saidAt kg:other }}"]
    found["saidAt-to"] = [f"INSERT DATA {{ kg:other kg:saidAt {STRANGER} }}"]
    for name, attribute in ONTOLOGY.attributes.items():
        found[f"{name}-of"] = [f'INSERT DATA {{ {STRANGER} kg:{name} "x" }}']
        wrong = [*WRONG.get(name, []), "kg:other", *(['" "'] if attribute.translatable else [])]
        found[f"{name}-value"] = [f"INSERT DATA {{ {STRANGER} kg:{name} {one} }}" for one in wrong]
        if attribute.functional:
            several = f'INSERT DATA {{ {STRANGER} kg:{name} "a", "b" }}'
            found[f"{name}-value"].append(several)
    return found
