value = "v"
from . import sub
