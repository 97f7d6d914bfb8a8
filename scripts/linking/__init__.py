"""The weights of links: labels that nobody typed, the fit, the figures by series left out."""
