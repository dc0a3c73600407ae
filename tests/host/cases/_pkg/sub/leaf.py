__all__ = ["fn"]
def fn(): return "leaf fn"
def _hidden(): pass
