from .. import value as parent_value
from .leaf import fn
name = __name__
