"""Signs that somebody is in distress, in plain words: precise rather than complete, since it is a person who is answered.

What counts is said of oneself. What is quoted, what is said of customers, and figures of speech of the trade do not count.
"""

from __future__ import annotations

import re
import unicodedata

_I = r"\bi(?:'m| am| feel| just feel| have been|'ve been| was)?(?: really| so| just| honestly| always| still| now| only)*"
_WANT = (
    r"\bi(?:'m| am|'ve been| have been| just| really| still| keep| kept| sometimes| often| only|'d| would)*"
    r"(?: want to| wanna| wish to| going to| gonna| planning to| plan to| rather| thinking about| thinking of| tempted to|"
    r" ready to| feel like| thought about| thought of)(?: just| simply)?"
)
_MORE = r"(?: any ?more| any longer| no more)"
_ENDS = r"(?= *(?:[.,;!?…]|$| and\b| but\b| because\b| und\b| y\b| et\b| ich\b))"

ENGLISH = (
    rf"{_WANT} (?:die|dying|kill(?:ing)? myself|end(?:ing)? (?:my(?: own)? life|it all|everything)|"
    r"(?:hurt|harm|cut)(?:ting|ing)? myself|commit(?:ting)? suicide|suicide|be dead|disappear for ?ever|"
    r"not (?:wake|waking) up|take my own life|taking my own life)\b",
    rf"\bi (?:do not|don't|didn't|no longer) (?:really |even )?want to (?:live|be alive|be here|exist|"
    rf"wake up)(?:{_MORE}|{_ENDS})",
    r"\bi (?:could|might|should|will|may)(?: just| well)? (?:kill myself|end my(?: own)? life|hurt myself|harm myself)\b",
    r"\bi (?:wish|wished) (?:that )?(?:i (?:was|were) dead|i (?:had never|was never|were never|"
    r"wasn't) (?:been )?born|i could die)\b",
    rf"{_I} suicidal\b",
    r"\b(?:my|having|have|had|get|getting|got) suicidal (?:thoughts|feelings|urges)\b",
    r"\b(?:my|i have|i get|i had|having) (?:thoughts|ideas) (?:of|about) (?:suicide|killing myself|"
    r"ending (?:it|my life)|dying)\b",
    r"\bi (?:have |'ve |had )?(?:tried|attempted) (?:to kill myself|suicide|to end my life)\b",
    r"\bi(?:'ve| have|'m| am)?(?: started| been| keep| kept| just| began)?(?: to)? (?:self[- ]?harm(?:ing|ed)?|"
    r"(?:cut|cutting|hurt|hurting|harm|harming|burn|burning) myself (?:again|at night|on purpose|every|to feel|because|when))\b",
    r"\b(?:there is|there's|i have|i've|i see|i've got|i have got)(?: really| just)? (?:nothing|no reason|no point)"
    r"(?: left)? (?:to live for|to live|in living|to go on living|in being alive)\b",
    r"\bi (?:do not|don't|can't|cannot)(?: really| even)? see (?:the|any|a) point (?:of|in) (?:(?:living|life|going on|"
    rf"being here)\b|anything(?:{_MORE}|{_ENDS}))",
    r"\b(?:everyone|everybody|my family|my kids|my children|the world|they|you all|you)(?: would|'d| will|'ll|"
    r" is| are)?(?: all)? "
    r"be(?:tter| better) off (?:without me|if i (?:was|were) (?:dead|gone|not here))\b",
    rf"\bi (?:just |really |simply |honestly )*(?:can't|cannot|can not|can no longer) (?:go on(?: living| like this)?|take "
    rf"(?:it|this|life)|bear (?:it|this|life)|cope)(?:{_MORE}\b|(?: with (?:life|anything|everything))\b|{_ENDS})",
    rf"\bi(?:'m| am)(?: really| just| honestly| clearly| so)* not coping(?:{_MORE}|{_ENDS}| at all|"
    rf" with (?:life|anything|it all))",
    r"\bi(?:'m| am)(?: really| just| honestly| so)* (?:at (?:my )?breaking point|at the end of my (?:rope|tether)|"
    r"having a (?:nervous |mental )?breakdown|having (?:a |another )?panic attacks?|falling apart|completely hopeless|"
    r"in a very dark place|in a dark place|beyond despair|desperate and alone|so alone and)\b",
    rf"\bi(?: just| really| always| only)* feel(?: so| completely| totally| utterly| just| really)* (?:hopeless|worthless|"
    rf"like (?:dying|giving up on (?:life|everything)|a burden to (?:everyone|everybody|my family)))(?:{_MORE}|"
    rf"{_ENDS}| all| every)",
    r"\bi hate (?:my life|being alive|myself so much|living)\b",
    rf"\bi(?:'ve| have)(?: just)? lost (?:the will to live|all will to live|all hope{_ENDS})",
    r"\bi(?:'ve| have)? ?(?:been )?(?:cry|crying|cried)(?: myself to sleep)? (?:every|all|the whole) (?:night|day)\b",
    r"\bmy life (?:is|has become|feels) (?:over|not worth living|worthless|meaningless|pointless)\b",
    r"\blife (?:is not|isn't|is no longer) worth living\b",
)
# Other languages without their accents, which are taken off what is read as well.
GERMAN = (
    rf"\bich (?:will|mochte|mag) (?:einfach |nur )?(?:nicht mehr(?: leben| da sein| aufwachen|{_ENDS})|sterben\b|tot sein\b)",
    r"\b(?:mich umbringen|mir das leben nehmen|mir etwas antun|mich selbst verletzen|suizidgedanken|selbstmordgedanken)\b",
    rf"\bich kann (?:einfach )?nicht mehr(?: weiter(?:leben)?)?{_ENDS}",
    r"\bich (?:ritze mich|habe keinen lebenswillen|halte das leben nicht)",
    r"\bmein leben hat keinen sinn\b",
)
SPANISH = (
    r"\b(?:quiero|prefiero|tengo ganas de) (?:morir(?:me)?|desaparecer para siempre|matarme)\b",
    r"\bno quiero (?:seguir viviendo|vivir(?: mas)?)\b",
    r"\b(?:quitarme la vida|suicidarme|hacerme dano|cortarme las venas)\b",
    rf"\b(?:ya )?no puedo mas{_ENDS}",
    r"\bmi vida no (?:tiene sentido|vale nada)\b",
)
FRENCH = (
    r"\b(?:je veux|j'ai envie de|envie de) (?:mourir|en finir avec la vie|disparaitre pour toujours)\b",
    r"\b(?:me suicider|me faire du mal|mettre fin a mes jours|m'oter la vie)\b",
    r"\bje (?:ne veux|n'ai|ne) plus (?:envie de )?vivre\b",
    rf"\bje n'en peux plus{_ENDS}",
    r"\bma vie n'a (?:plus de|aucun) sens\b",
)
FIGURES_OF_SPEECH = (
    r"\b(?:kill(?:ing|ed)?|die|dying|died) (?:myself )?(?:laughing|of laughter|with laughter|to (?:hit|meet|"
    r"finish|get|see|know|try|have|"
    r"reach|make)|for (?:a|an|the|this|that|some|your|those)|over (?:this|these|the)|with (?:this|the|"
    r"all this) (?:work|deadline|spreadsheet))",
    r"\b(?:customer|shopper|buyer|client|persona|avatar|reader|audience|reviewer)s? (?:say|says|said|write|"
    r"writes|wrote|think|thinks|"
    r"feel|feels|tell|tells|told|complain|complains)\b[^.!?\n]*",
    r"\b(?:suicide|self[- ]?harm) (?:prevention|awareness|charity|hotline|helpline|squad)\b",
    r"\bmy (?:ad|ads|campaign|shop|store|site|website|page|account|product|stock|phone|laptop|battery|plant|"
    r"starter|sourdough)s?\b[^.!?\n]*",
    r"\bmuero de (?:ganas|risa|hambre|sueno)\b",
    r"\bmourir de (?:rire|faim|soif)\b",
    r"\b(?:todmude|sterbenslangweilig)\b",
    r"\b(?:can't|cannot|can not) (?:cope|go on|take it|take this|bear it|bear this) (?:until|till|before|without)\b",
    r"\bnicht mehr(?= (?:ein|auf|an|mit|in|zu|die|den|das|der|finden|warten))",
)
_SIGNS = re.compile("|".join((*ENGLISH, *GERMAN, *SPANISH, *FRENCH)))
_FIGURES = re.compile("|".join(FIGURES_OF_SPEECH))
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|`[^`]*`|^\s*>.*$", re.MULTILINE)
READ_AT_MOST = 4_000
"""Characters that are looked at: a longer text is a draft or a page."""


def is_distressed(text: str) -> bool:
    """Whether somebody says of themselves that they are not coping, despair, or would harm themselves."""
    if len(text) > READ_AT_MOST:
        return False
    plain = _QUOTED.sub(" … ", text.replace("’", "'").replace("‘", "'")).casefold()
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))
    plain = re.sub(r"\b(i|im|ive|cant|dont|id)\b", lambda found: _APOSTROPHES.get(found[0], found[0]), plain)
    return bool(_SIGNS.search(_FIGURES.sub(" … ", " ".join(plain.split()))))


_APOSTROPHES = {"im": "i'm", "ive": "i've", "cant": "can't", "dont": "don't"}
