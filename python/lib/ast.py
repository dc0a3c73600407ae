"""Literals read from text. Trees of Python code are not there: what asks for one is refused."""
import _platform


def literal_eval(node_or_string):
    """The value of a literal: numbers, strings, bytes, tuples, lists, dicts, sets, booleans and None."""
    if not isinstance(node_or_string, str):
        _platform.missing('ast.literal_eval of a tree')
    return _platform.literal(node_or_string.lstrip(' \t'))


def parse(*args, **kwargs):
    _platform.missing('ast.parse')


def dump(*args, **kwargs):
    _platform.missing('ast.dump')


def unparse(*args, **kwargs):
    _platform.missing('ast.unparse')


def walk(*args, **kwargs):
    _platform.missing('ast.walk')


def get_docstring(*args, **kwargs):
    _platform.missing('ast.get_docstring')


class AST:
    pass


class NodeVisitor:
    def __init__(self):
        _platform.missing('ast.NodeVisitor')


NodeTransformer = NodeVisitor
