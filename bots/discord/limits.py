"""Every limit of a Discord message that is kept to, with the page that it comes from."""

from __future__ import annotations

COMPONENTS = 40
"""In a message, each one counted, also those in others. https://docs.discord.com/developers/components/reference"""
TEXT = 4_000
"""Characters over all text displays of a message. Same page."""
FILES = 10
"""In a message. https://docs.discord.com/developers/resources/message#create-message"""
BUTTONS = 5
"""In a row. https://docs.discord.com/developers/components/reference#action-row"""
LABEL = 80
"""Of a button. https://docs.discord.com/developers/components/reference#button"""
LINK = 512
"""Of a button's address. Same page."""
OPTIONS = 25
"""In a menu. https://docs.discord.com/developers/components/reference#string-select"""
OPTION, ABOUT = 100, 100
"""Of an option's label, and of the line below it. Same page."""
PLACEHOLDER = 150
"""Of a menu. Same page."""
ALT = 1_024
"""Of a picture. https://docs.discord.com/developers/components/reference#media-gallery"""
