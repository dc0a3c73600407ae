from .. import value as parent
from . import leaf
