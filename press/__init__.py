"""The engine: Python for any data story.

It knows no subject and never imports ``story``.
"""
