"""typing under the name that programs for several Python versions import it by."""
import typing
from typing import *

Final, Literal, Protocol, TypedDict = typing.Final, typing.Literal, typing.Protocol, typing.TypedDict


def __getattr__(name):
    return getattr(typing, name)
