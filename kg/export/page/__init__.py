"""The page's parts: pyvis's Network with our template, and the template's styles and scripts."""
