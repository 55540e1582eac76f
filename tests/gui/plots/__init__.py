"""The plane, the chart of J and the probability maps, each on its own."""
