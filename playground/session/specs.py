"""Kinds of setting: what values one takes, how they are read from text, and how they are written.

A widget, a command-line option and a file all go through the same `parse` and `check`, so they allow the same.
"""

import math
import re
import reprlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from playground.session.errors import UserError


@dataclass(frozen=True)
class Choice:
    """One of a few names; ``titles`` say what some are called on screen, ``tips`` what each of them does."""

    options: tuple[str, ...]
    titles: Mapping[str, str] = field(default_factory=dict)
    tips: Mapping[str, str] = field(default_factory=dict)

    def title(self, option: str) -> str:
        """What an option is called on screen."""
        return self.titles.get(option, option)

    def check(self, value: Any) -> str:
        """The value itself, in its own type, where it is allowed; UserError where it is not."""
        if value not in self.options:
            raise UserError(f"must be {self.allowed()}, not {reprlib.repr(value)}")
        return str(value)

    def allowed(self) -> str:
        """What is allowed, in words."""
        return f"one of {', '.join(self.options)}"

    def parse(self, text: str) -> str:
        """The value that a text stands for; UserError where it stands for none."""
        plain = text.strip().lower()
        by_plain = {option.lower(): option for option in self.options}
        by_plain |= {word.replace(" ", "-"): option for word, option in by_plain.items()}
        return self.check(by_plain.get(plain, text.strip()))

    def write(self, value: str) -> str:
        """The text that `parse` reads back to the value."""
        return value


@dataclass(frozen=True)
class Switch:
    """On or off."""

    def check(self, value: Any) -> bool:
        """The value itself, in its own type, where it is allowed; UserError where it is not."""
        if not isinstance(value, bool):
            raise UserError(f"must be {self.allowed()}, not {reprlib.repr(value)}")
        return value

    def allowed(self) -> str:
        """What is allowed, in words."""
        return "on or off"

    def parse(self, text: str) -> bool:
        """The value that a text stands for; UserError where it stands for none."""
        words = {
            "on": True,
            "yes": True,
            "true": True,
            "1": True,
            "off": False,
            "no": False,
            "false": False,
            "0": False,
        }
        return self.check(words.get(text.strip().lower(), text))

    def write(self, value: bool) -> str:
        """The text that `parse` reads back to the value."""
        return "on" if value else "off"


@dataclass(frozen=True)
class Number:
    """A number between two limits; ``whole`` for counts, ``log`` where a slider should multiply rather than add.

    ``words`` names special values, as "full" names a batch size of 0.
    """

    low: float
    high: float
    whole: bool = False
    log: bool = False
    words: Mapping[str, float] = field(default_factory=dict)

    def check(self, value: Any) -> float:
        """The value itself, in its own type, where it is allowed; UserError where it is not."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise UserError(f"must be {self.allowed()}, not {reprlib.repr(value)}")
        if value in self.words.values():
            return int(value) if self.whole else float(value)
        if not self.low <= value <= self.high or (self.whole and value != int(value)):
            raise UserError(f"must be {self.allowed()}, not {_shown(value)}")
        return int(value) if self.whole else float(value)

    def parse(self, text: str) -> float:
        """The value that a text stands for; UserError where it stands for none."""
        plain = text.strip().lower()
        if plain in self.words:
            return self.words[plain]
        try:
            value = float(plain.replace("−", "-"))
        except ValueError:
            raise UserError(f"must be {self.allowed()}, not {reprlib.repr(text.strip())}") from None
        return self.check(value)

    def write(self, value: float) -> str:
        """The text that `parse` reads back to the value."""
        word = next((word for word, special in self.words.items() if special == value), None)
        return word or (f"{value:.0f}" if self.whole else repr(float(value)).removesuffix(".0"))

    def fraction(self, value: float) -> float:
        """Where a value lies on a slider from 0 to 1: by its logarithm where ``log``, special values at the end."""
        if value in self.words.values():
            return 1.0
        if not self.log:
            return (value - self.low) / (self.high - self.low)
        if value <= self._log_low():
            return 0.0
        share = math.log(value / self._log_low()) / math.log(self.high / self._log_low())
        return min(share, 0.999) if self.words else share

    def at(self, fraction: float) -> float:
        """The value at a place on the slider, rounded to two figures where ``log``."""
        if fraction >= 1 and self.words:
            return next(iter(self.words.values()))
        if not self.log:
            value = self.low + fraction * (self.high - self.low)
        elif fraction <= 0:
            value = self.low
        else:
            value = float(f"{self._log_low() * (self.high / self._log_low()) ** fraction:.2g}")
        value = min(max(value, self.low), self.high)
        return round(value) if self.whole else round(value, 6)

    def stepped(self, value: float, count: int) -> float:
        """The value so many steps up, or down where ``count`` is negative, as far as there are any.

        A step is 1 where ``whole``, about a hundredth of the way between the limits where not, and where ``log`` the
        next of ten figures in each power of ten: 1, 1.3, 1.6, 2, 2.5, 3.2, 4, 5, 6.3, 7.9.
        """
        for _ in range(abs(count)):
            value = self._next(value, 1 if count > 0 else -1)
        return int(value) if self.whole else float(value)

    def _next(self, value: float, way: int) -> float:
        if self.words and way > 0 and (value in self.words.values() or value >= self.high):
            return next(iter(self.words.values()))
        if value in self.words.values():
            return self.high
        if self.log:
            return self._next_figure(value, way)
        step = 1 if self.whole else 10.0 ** math.floor(math.log10((self.high - self.low) / 50))
        return min(max(round(value + way * step, 12), self.low), self.high)

    def _next_figure(self, value: float, way: int) -> float:
        lowest = float(f"{self._log_low():.2g}")
        if value < lowest or (value == lowest and way < 0):
            return lowest if way > 0 else self.low
        nth = round(10 * math.log10(value))
        while (figure := self._figure(nth)) * way <= value * way:
            nth += way
        return min(max(figure, self.low), self.high)

    def _figure(self, nth: int) -> float:
        figure = float(f"{10 ** (nth / 10):.2g}")
        return round(figure) if self.whole else figure

    def _log_low(self) -> float:
        """Where a logarithmic slider starts; below it there is only ``low``, which may be 0."""
        return self.low if self.low > 0 else self.high * 1e-7

    def allowed(self) -> str:
        """What is allowed, in words."""
        kind = "a whole number" if self.whole else "a number"
        words = "".join(f", or “{word}”" for word in self.words)
        low, high = (f"{limit:.0f}" if self.whole else f"{limit:g}" for limit in (self.low, self.high))
        return f"{kind} between {low} and {high}{words}"


@dataclass(frozen=True)
class Layers:
    """Units of each hidden layer, first to last; none is allowed."""

    most_layers: int
    most_units: int

    def check(self, value: Any) -> tuple[int, ...]:
        """The value itself, in its own type, where it is allowed; UserError where it is not."""
        if not isinstance(value, tuple | list) or not all(type(units) is int for units in value):
            raise UserError(f"must be {self.allowed()}, not {reprlib.repr(value)}")
        if len(value) > self.most_layers or any(not 1 <= units <= self.most_units for units in value):
            raise UserError(f"must be {self.allowed()}, not {self.write(tuple(value))}")
        return tuple(value)

    def parse(self, text: str) -> tuple[int, ...]:
        """The value that a text stands for; UserError where it stands for none."""
        plain = text.strip().lower()
        if plain in ("", "none"):
            return ()
        parts = re.split(r"\s*[,\s]\s*|(?<=\d)-(?=\d)", plain)
        if not all(part.isdecimal() and len(part) < 10 for part in parts):
            raise UserError(f"must be {self.allowed()}, not {reprlib.repr(text.strip())}")
        return self.check(tuple(int(part) for part in parts))

    def write(self, value: tuple[int, ...]) -> str:
        """The text that `parse` reads back to the value."""
        return ", ".join(str(units) for units in value) or "none"

    def allowed(self) -> str:
        """What is allowed, in words."""
        return f"up to {self.most_layers} layers of 1 to {self.most_units} units, such as 8,8, or “none”"


def _shown(value: float) -> str:
    return "a number that large" if abs(value) > 1e300 else f"{value:g}"


Kind = Choice | Switch | Number | Layers


@dataclass(frozen=True)
class Spec:
    """One setting: its field's name, the label on screen, what it takes, and cause and effect in a sentence.

    ``in_window`` says what is so in the window alone, where a run goes on while a setting is changed.
    """

    name: str
    label: str
    kind: Kind
    effect: str
    in_window: str = ""
    new_run: bool = False

    @property
    def tip(self) -> str:
        """What the window says of it."""
        return f"{self.effect} {self.in_window}".strip()

    def parse(self, text: str) -> Any:
        """The value that a text stands for; UserError, naming the setting, where it stands for none."""
        try:
            return self.kind.parse(text)
        except UserError as error:
            raise UserError(f"{self.label} {error}") from None

    def check(self, value: Any) -> Any:
        """The value itself where it is allowed; UserError, naming the setting, where it is not."""
        try:
            return self.kind.check(value)
        except UserError as error:
            raise UserError(f"{self.label} {error}") from None

    def write(self, value: Any) -> str:
        """The text that `parse` reads back to the value."""
        return self.kind.write(value)
