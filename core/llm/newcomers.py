"""Words in which somebody asks how things work here and what they are to do, and names nothing of the course."""

from __future__ import annotations

import re

_THIS = (
    r"(?:this|that|it|you|elevate|all (?:of )?this|(?:this|the|your) (?:course|bot|app|thing|programme|program|place|channel)|"
    r"everything|things)(?: all| here)?"
)
_NOW = r"(?: now| next| first| then| here| today| this week| with (?:this|it|you|elevate)| in here)*"
_BEGIN = (
    r"(?:(?:get|be) started|start|started|begin|go on|continue|carry on|proceed|go ahead|"
    rf"(?:use|join|start|begin|do|work with|understand) {_THIS})"
)
_WORKS = rf"how (?:does|do|is|are) {_THIS} (?:works?|working|function|meant|used|done)"
_HOW_IT_WORKS = rf"(?:how {_THIS} works|how to use {_THIS})"
"""Said by itself, the first of these is the name of a cell."""
_NEW = re.compile(
    rf"(?:please |can you |could you )*help (?:me|us)(?: out)?{_NOW}|"
    rf"i(?:'d| would)? (?:need|want|like)(?: some| your)? help{_NOW}|"
    rf"(?:(?:let's|lets|let us|ready to|i(?:'m| am) ready to|i(?:'d like| would like| want| need) to|"
    rf"(?:how|where|when) (?:do|can|should|to|shall)(?: (?:i|we))?) )?{_BEGIN}{_NOW}|"
    rf"{_WORKS}{_NOW}|(?:can you |could you )?(?:explain|tell me|show me|explain to me) (?:{_HOW_IT_WORKS}|what to do){_NOW}|"
    rf"what(?: is|'s|s| are) {_THIS}(?: for| about| good for)?|what (?:does|do|can) {_THIS} do(?: for me)?|"
    rf"(?:what|which) (?:do|should|can|must|shall|would|am|are) (?:i|we) (?:supposed to |meant to |have to )?do{_NOW}|"
    rf"what to do{_NOW}|i(?:'m| am)(?: a bit| quite| completely| very)? new(?: here| to (?:this|it|the course))?|"
    rf"i (?:don't|do not|dont) (?:know|understand|get)(?: (?:what|where|how)(?: (?:i am|i'm))?(?: (?:supposed |meant )?to)?"
    rf" (?:do|begin|start|go|go on)| {_HOW_IT_WORKS}| {_THIS})?{_NOW}|(?:i have )?no idea"
)


def is_new(words: str) -> bool:
    """Whether the words, in small letters and without signs, ask that and nothing else."""
    return bool(_NEW.fullmatch(words))
