"""The models that can be asked for by name, and where their makers keep them.

The addresses are as the makers' pages state them. They have not been reached: 未验证 is printed beside them.
"""

NAMES = ("vosk-model-small-cn-0.22", "vosk-model-cn-0.22")


def address_of(name: str) -> str:
    """Where the makers' zip of a model of this list should be."""
    return f"https://alphacephei.com/vosk/models/{name}.zip"
