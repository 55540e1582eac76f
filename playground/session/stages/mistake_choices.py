"""The mistakes that can be planted in backpropagation, as a view offers them."""

from dataclasses import dataclass

from playground.nn import MISTAKES, can_show


@dataclass(frozen=True, slots=True)
class MistakeChoice:
    """A mistake's name, what it does, and why it cannot be planted here; empty where it can."""

    name: str
    what: str
    obstacle: str = ""


def mistake_names() -> tuple[str, ...]:
    """The mistakes that there are, whatever the network."""
    return tuple(MISTAKES)


def mistake_choices(sizes: tuple[int, ...], activation: str) -> tuple[MistakeChoice, ...]:
    """The mistakes for a network of these sizes and this activation."""
    return tuple(
        MistakeChoice(name, mistake.what, "" if can_show(name, sizes, activation) else _obstacle(sizes))
        for name, mistake in MISTAKES.items()
    )


def _obstacle(sizes: tuple[int, ...]) -> str:
    if len(sizes) == 2:
        return "Without a hidden layer there is no slope to forget."
    return "A linear g has the slope 1: forgetting it changes nothing."
