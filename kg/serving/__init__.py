"""A read-only SPARQL 1.1 Protocol endpoint on loopback, with the map, a query page, and a page per IRI.

    data → pool, worker    the store, copied into processes that can be killed and replaced
    connections, guard     what is refused before anything is read: slow clients, foreign sites
    negotiation, asking    what is asked, and in which format to answer
    description, nodes     what is said of the endpoint itself, and of one IRI
    replies, pages         answers that need no worker, and HTML
    app, server            routes, and the socket

Oxigraph evaluates a query in one call that nothing interrupts. So it is done in
worker processes: one that takes too long, or too much memory, is killed.
"""
