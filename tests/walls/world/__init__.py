"""Three counties as they run: two of one city, one of another province, with something in every relation to a caller.

``places`` says what there is, ``founding`` ``helping`` ``caring`` ``giving`` ``serving`` ``closing`` make it through
the public API, ``playing`` is the order of things.
"""

from tests.walls.world.places import ROLES, Spot, World
from tests.walls.world.playing import playing

__all__ = ["ROLES", "Spot", "World", "playing"]
