"""A story of one package, as ``build.py`` imports it: with a page, a chart and a picture to change."""
