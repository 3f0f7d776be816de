"""Real training in numpy: data sets, a multi-layer perceptron, and its history as lines of JSON. Knows no HTTP."""

PROTOCOL_VERSION = 1  # of docs/protocol.md; here, where to know it does not load the trainer
