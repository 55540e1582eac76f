"""The plane, the chart of J and the probability maps, with what they are painted on and overlaid with."""
