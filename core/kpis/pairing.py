"""Which value belongs to which name, of what is said in one breath: "leads 240 orders 31", "240 leads 31 orders"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.kpis.metrics import Metric, Unit
from core.kpis.numbers import number_in


@dataclass(frozen=True, slots=True)
class Token:
    """A figure's name or a value, with `odd` a word that is neither, or with `other` one for something that has no place here;
    `at` is its place in the text."""

    text: str
    metric: Metric | None = None
    at: int = 0
    odd: bool = False
    other: bool = False

    @property
    def names(self) -> bool:
        """A value belongs to it."""
        return self.metric is not None or self.other

    @property
    def said(self) -> str:
        """As people are told of it."""
        return self.metric.title if self.metric else self.text


@dataclass(frozen=True, slots=True)
class Paired:
    """Pairs of name and value, what is left `lonely`, and a last name whose value may follow in the next part. `either`: a name
    between two values each of which may be its own, with both; none of the three is among the others.
    """

    pairs: Sequence[tuple[Token, Token]]
    lonely: Sequence[Token]
    waiting: Token | None = None
    either: Sequence[tuple[Token, Token, Token]] = ()


def paired(tokens: Sequence[Token]) -> Paired:
    """The names and values of a part, which come in the order of the text, set beside each other.

    Where all of them make pairs of neighbours there is only one way to pair them. Pairs of value and name may be followed by one
    more value that is none of the last name's. Else a value is that of the name before it.
    """
    neighbours = list(zip(tokens[::2], tokens[1::2], strict=False))
    if all(one.names is not other.names for one, other in neighbours):
        pairs = [(one, other) if one.names else (other, one) for one, other in neighbours]
        if len(tokens) % 2 == 0:
            return Paired(pairs, ())
        values_first = bool(pairs) and all(other.names for _, other in neighbours)
        plain = len(pairs) > 1 or is_money(tokens[-1])
        if values_first and plain and not tokens[-1].names and not _fits(pairs[-1][0], tokens[-1]):
            return Paired(pairs, tokens[-1:])
    return _one_by_one(tokens)


def is_money(token: Token) -> bool:
    """A value with a currency."""
    number = None if token.names else number_in(token.text)
    return number is not None and bool(number.currency)


def _one_by_one(tokens: Sequence[Token]) -> Paired:
    """Each value is that of the name before it; where a value comes first and a name last, of the name behind it."""
    backwards = len(tokens) > 1 and not tokens[0].names and tokens[-1].names
    pairs: list[tuple[Token, Token]] = []
    lonely: list[Token] = []
    waiting: Token | None = None
    for token in reversed(tokens) if backwards else tokens:
        if token.names:
            lonely += [waiting] if waiting else []
            waiting = token
        elif waiting is not None:
            pairs.append((waiting, token))
            waiting = None
        else:
            lonely.append(token)
    if waiting and lonely and not lonely[-1].names and not backwards:  # revenue 380 from 9 orders
        pairs.append((waiting, lonely.pop()))
        waiting = None
    if backwards and waiting:
        lonely.append(waiting)
        waiting = None
    either = [(value, *pair) for pair in pairs if not backwards and (value := _before(pair, lonely, tokens))]
    sure = [pair for pair in pairs if not any(pair[0] is name for _, name, _ in either)]
    return Paired(sure, [each for each in lonely if not any(each is value for value, _, _ in either)], waiting, either)


def _before(pair: tuple[Token, Token], lonely: Sequence[Token], tokens: Sequence[Token]) -> Token | None:
    """The value right before the pair's name that belongs to nothing, where it may be the name's as well."""
    name, value = pair
    at = next(place for place, each in enumerate(tokens) if each is name)
    before = tokens[at - 1] if at else None
    if before is None or _fits(name, value) or name.metric is None or not any(before is each for each in lonely):
        return None
    return None if before.names else before


def _fits(name: Token, value: Token) -> bool:
    """The value's own sign says that it is of such a figure."""
    number = number_in(value.text)
    if name.metric is None or number is None:
        return False
    return (bool(number.currency) and name.metric.unit is Unit.MONEY) or (number.mark == "%" and name.metric.unit is Unit.PERCENT)
