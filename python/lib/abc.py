"""Abstract base classes. A class with unfilled abstract methods cannot be made into an object."""


def abstractmethod(funcobj):
    """Marks a method that concrete subclasses must define."""
    funcobj.__isabstractmethod__ = True
    return funcobj


class abstractclassmethod(classmethod):
    __isabstractmethod__ = True

    def __init__(self, callable):
        callable.__isabstractmethod__ = True
        super().__init__(callable)


class abstractstaticmethod(staticmethod):
    __isabstractmethod__ = True

    def __init__(self, callable):
        callable.__isabstractmethod__ = True
        super().__init__(callable)


class abstractproperty(property):
    __isabstractmethod__ = True


_counter = 0


def get_cache_token():
    """Changes whenever a class is registered with any ABC."""
    return _counter


def _unfilled(cls):
    names = {name for name, value in cls.__dict__.items() if getattr(value, "__isabstractmethod__", False)}
    for base in cls.__bases__:
        for name in getattr(base, "__abstractmethods__", ()):
            if getattr(getattr(cls, name, None), "__isabstractmethod__", False):
                names.add(name)
    return frozenset(names)


class ABCMeta(type):
    def __new__(mcls, name, bases, namespace, /, **kwargs):
        cls = super().__new__(mcls, name, bases, namespace, **kwargs)
        cls.__abstractmethods__ = _unfilled(cls)
        cls._abc_registry = []
        cls._abc_answers = {}
        cls._abc_token = _counter
        return cls

    def register(cls, subclass):
        """Makes `subclass` count as a subclass of this ABC."""
        global _counter
        if not isinstance(subclass, type):
            raise TypeError("Can only register classes")
        if issubclass(subclass, cls):
            return subclass
        if issubclass(cls, subclass):
            raise RuntimeError("Refusing to create an inheritance cycle")
        cls._abc_registry.append(subclass)
        _counter += 1
        return subclass

    def __instancecheck__(cls, instance):
        kind = type(instance)
        if cls.__subclasscheck__(kind):
            return True
        told = instance.__class__
        return told is not kind and cls.__subclasscheck__(told)

    def __subclasscheck__(cls, subclass):
        if not isinstance(subclass, type):
            raise TypeError("issubclass() arg 1 must be a class")
        if cls._abc_token != _counter:
            cls._abc_answers = {}
            cls._abc_token = _counter
        answer = cls._abc_answers.get(subclass)
        if answer is None:
            answer = cls._abc_answers[subclass] = cls._abc_decide(subclass)
        return answer

    def _abc_decide(cls, subclass):
        told = cls.__subclasshook__(subclass)
        if told is not NotImplemented:
            return bool(told)
        if cls in type.mro(subclass):
            return True
        for known in cls._abc_registry:
            if issubclass(subclass, known):
                return True
        for known in type.__subclasses__(cls):
            if issubclass(subclass, known):
                return True
        return False


class ABC(metaclass=ABCMeta):
    """A class to inherit from instead of naming the metaclass."""

    __slots__ = ()


def update_abstractmethods(cls):
    """Works out the abstract methods anew after the class was changed."""
    if hasattr(cls, "__abstractmethods__"):
        cls.__abstractmethods__ = _unfilled(cls)
    return cls
