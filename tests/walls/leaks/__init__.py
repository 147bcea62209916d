"""The leak probe: whoever asks, however they ask, nothing of another's is in any answer.

``canaries`` is what is looked for, ``probes`` is how it is asked for, ``looking`` searches what came back.
"""
