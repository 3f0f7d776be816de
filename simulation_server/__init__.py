"""The training server: answers over HTTP with the epochs of a training run, and knows nothing of who draws them."""
