"""The stages of one update taken apart, in the order in which the user goes through them."""

LAST = "update"


def stages(layers: int) -> tuple[str, ...]:
    """The names of the stages for a network of L = ``layers`` layers, the output layer included.

    Forward: X, then Z[l] of each layer with its A[l], Y_hat, and J with the losses. Backward, from dZ[L]: each layer's
    dZ[l], below the last by way of dA[l], and its dW[l] with db[l]. Then the update of the parameters.
    """
    forward = [f"Z[{layer}]" for layer in range(1, layers + 1)]
    backward = [f"{name}[{layer}]" for layer in range(layers, 0, -1) for name in ("dZ", "dW")]
    return ("X", *forward, "Y_hat", "J", *backward, LAST)
