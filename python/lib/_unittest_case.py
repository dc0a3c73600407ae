"""unittest.TestCase: one test and its assertions."""
import contextlib
import re
import sys
import warnings


class SkipTest(Exception):
    """Raised to skip a test."""


SkipTest.__module__ = 'unittest.case'


def skip(reason):
    def mark(item):
        item.__unittest_skip__ = True
        item.__unittest_skip_why__ = reason
        return item
    if callable(reason):
        test, reason = reason, ''
        return mark(test)
    return mark


def skipIf(condition, reason):
    return skip(reason) if condition else lambda item: item


def skipUnless(condition, reason):
    return skip(reason) if not condition else lambda item: item


def expectedFailure(item):
    item.__unittest_expecting_failure__ = True
    return item


class _Raises:
    def __init__(self, case, expected, regex=None, msg=None):
        self.case, self.expected, self.regex, self.msg = case, expected, regex, msg
        self.called = None

    def __enter__(self):
        return self

    def __exit__(self, kind, value, tb):
        name = getattr(self.expected, '__name__', str(self.expected))
        if kind is None:
            by = f' by {self.called}' if self.called else ''
            self.case.fail(self.case._formatMessage(self.msg, f'{name} not raised{by}'))
        if not issubclass(kind, self.expected):
            return False
        self.exception = value
        if self.regex is not None and not re.search(self.regex, str(value)):
            pattern = self.regex if isinstance(self.regex, str) else self.regex.pattern
            self.case.fail(self.case._formatMessage(self.msg, f'"{pattern}" does not match "{value}"'))
        return True


class _Warns:
    def __init__(self, case, expected, regex=None):
        self.case, self.expected, self.regex = case, expected, regex
        self.called = None

    def __enter__(self):
        self._catch = warnings.catch_warnings(record=True)
        self.warnings = self._catch.__enter__()
        warnings.simplefilter('always')
        return self

    def __exit__(self, kind, value, tb):
        self._catch.__exit__(kind, value, tb)
        if kind is not None:
            return
        for w in self.warnings:
            if issubclass(w.category, self.expected) and (self.regex is None or re.search(self.regex, str(w.message))):
                self.warning = w.message
                return
        by = f' by {self.called}' if self.called else ''
        self.case.fail(f'{self.expected.__name__} not triggered{by}')


class TestCase:
    failureException = AssertionError
    longMessage = True
    maxDiff = 640

    def __init__(self, methodName='runTest'):
        self._testMethodName = methodName
        self._cleanups = []
        self._equal = {}
        self._subtest = None

    # What subclasses fill in

    def setUp(self):
        pass

    def tearDown(self):
        pass

    @classmethod
    def setUpClass(cls):
        pass

    @classmethod
    def tearDownClass(cls):
        pass

    def countTestCases(self):
        return 1

    def id(self):
        return f'{type(self).__module__}.{type(self).__qualname__}.{self._testMethodName}'

    def shortDescription(self):
        doc = getattr(self, self._testMethodName).__doc__
        return doc.strip().split('\n')[0].strip() if doc else None

    def __str__(self):
        return f'{self._testMethodName} ({self.id()})'

    def __repr__(self):
        return f'<{type(self).__module__}.{type(self).__qualname__} testMethod={self._testMethodName}>'

    def addCleanup(self, function, /, *args, **kwargs):
        self._cleanups.append((function, args, kwargs))

    def skipTest(self, reason):
        raise SkipTest(reason)

    def addTypeEqualityFunc(self, typeobj, function):
        self._equal[typeobj] = function

    # Running

    def run(self, result=None):
        if result is None:
            from unittest import TestResult
            result = TestResult()
        result.startTest(self)
        self._result = result
        method = getattr(self, self._testMethodName)
        try:
            if getattr(type(self), '__unittest_skip__', False) or getattr(method, '__unittest_skip__', False):
                result.addSkip(self, getattr(method, '__unittest_skip_why__', '') or getattr(self, '__unittest_skip_why__', ''))
                return result
            self._failed = False
            expecting = getattr(method, '__unittest_expecting_failure__', False)
            problem = self._attempt(self.setUp)
            if problem is None:
                problem = self._attempt(method)
                problem = self._attempt(self.tearDown) or problem
            while self._cleanups:
                function, args, kwargs = self._cleanups.pop()
                problem = self._attempt(lambda: function(*args, **kwargs)) or problem
            if problem is None:
                if expecting:
                    result.addUnexpectedSuccess(self)
                elif not self._failed:
                    result.addSuccess(self)
            elif issubclass(problem[0], SkipTest):
                result.addSkip(self, str(problem[1]))
            elif expecting:
                result.addExpectedFailure(self, problem)
            elif issubclass(problem[0], self.failureException):
                result.addFailure(self, problem)
            else:
                result.addError(self, problem)
        finally:
            result.stopTest(self)
        return result

    __call__ = run

    def _attempt(self, function):
        try:
            function()
        except KeyboardInterrupt:
            raise
        except Exception:
            return sys.exc_info()
        return None

    @contextlib.contextmanager
    def subTest(self, msg=None, **params):
        try:
            yield
        except SkipTest:
            raise
        except Exception:
            self._failed = True
            self._result.addSubTest(self, _SubTest(self, msg, params), sys.exc_info())

    def debug(self):
        self.setUp()
        getattr(self, self._testMethodName)()
        self.tearDown()

    # Assertions

    def fail(self, msg=None):
        raise self.failureException(msg)

    def _formatMessage(self, msg, standard):
        return standard if msg is None else f'{standard} : {msg}'

    def _check(self, holds, msg, standard):
        if not holds:
            self.fail(self._formatMessage(msg, standard))

    def assertTrue(self, expr, msg=None):
        self._check(expr, msg, f'{expr!r} is not true')

    def assertFalse(self, expr, msg=None):
        self._check(not expr, msg, f'{expr!r} is not false')

    def assertEqual(self, first, second, msg=None):
        special = self._equal.get(type(first)) if type(first) is type(second) else None
        if special is not None:
            special(first, second, msg=msg)
            return
        if not first == second:
            self.fail(self._formatMessage(msg, f'{first!r} != {second!r}' + _difference(first, second)))

    assertListEqual = assertTupleEqual = assertDictEqual = assertSetEqual = assertSequenceEqual = assertMultiLineEqual = assertEqual

    def assertNotEqual(self, first, second, msg=None):
        self._check(first != second, msg, f'{first!r} == {second!r}')

    def assertIs(self, a, b, msg=None):
        self._check(a is b, msg, f'{a!r} is not {b!r}')

    def assertIsNot(self, a, b, msg=None):
        self._check(a is not b, msg, f'unexpectedly identical: {a!r}')

    def assertIsNone(self, obj, msg=None):
        self._check(obj is None, msg, f'{obj!r} is not None')

    def assertIsNotNone(self, obj, msg=None):
        self._check(obj is not None, msg, 'unexpectedly None')

    def assertIn(self, member, container, msg=None):
        self._check(member in container, msg, f'{member!r} not found in {container!r}')

    def assertNotIn(self, member, container, msg=None):
        self._check(member not in container, msg, f'{member!r} unexpectedly found in {container!r}')

    def assertIsInstance(self, obj, cls, msg=None):
        self._check(isinstance(obj, cls), msg, f'{obj!r} is not an instance of {cls!r}')

    def assertNotIsInstance(self, obj, cls, msg=None):
        self._check(not isinstance(obj, cls), msg, f'{obj!r} is an instance of {cls!r}')

    def assertLess(self, a, b, msg=None):
        self._check(a < b, msg, f'{a!r} not less than {b!r}')

    def assertLessEqual(self, a, b, msg=None):
        self._check(a <= b, msg, f'{a!r} not less than or equal to {b!r}')

    def assertGreater(self, a, b, msg=None):
        self._check(a > b, msg, f'{a!r} not greater than {b!r}')

    def assertGreaterEqual(self, a, b, msg=None):
        self._check(a >= b, msg, f'{a!r} not greater than or equal to {b!r}')

    def assertAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        if first == second:
            return
        apart = abs(first - second)
        if delta is not None:
            self._check(apart <= delta, msg, f'{first!r} != {second!r} within {delta!r} delta ({apart!r} difference)')
            return
        places = 7 if places is None else places
        self._check(round(apart, places) == 0, msg, f'{first!r} != {second!r} within {places!r} places ({apart!r} difference)')

    def assertNotAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        apart = abs(first - second)
        near = apart <= delta if delta is not None else round(apart, 7 if places is None else places) == 0
        what = f'{delta!r} delta ({apart!r} difference)' if delta is not None else f'{7 if places is None else places!r} places'
        self._check(first != second and not near, msg, f'{first!r} == {second!r} within {what}')

    def assertCountEqual(self, first, second, msg=None):
        left, right = list(first), list(second)
        for x in list(left):
            if x in right:
                left.remove(x)
                right.remove(x)
        self._check(not left and not right, msg, f'Element counts were not equal:\nonly in first: {left!r}\nonly in second: {right!r}')

    def assertRegex(self, text, expected_regex, msg=None):
        pattern = re.compile(expected_regex)
        self._check(pattern.search(text), msg, f"Regex didn't match: {pattern.pattern!r} not found in {text!r}")

    def assertNotRegex(self, text, unexpected_regex, msg=None):
        pattern = re.compile(unexpected_regex)
        found = pattern.search(text)
        self._check(not found, msg, f'Regex matched: {found and found.group()!r} matches {pattern.pattern!r} in {text!r}')

    def assertRaises(self, expected_exception, *args, **kwargs):
        return self._raises(_Raises(self, expected_exception, msg=kwargs.pop('msg', None) if not args else None), args, kwargs)

    def assertRaisesRegex(self, expected_exception, expected_regex, *args, **kwargs):
        return self._raises(_Raises(self, expected_exception, expected_regex), args, kwargs)

    def _raises(self, context, args, kwargs):
        if not args:
            return context
        context.called = getattr(args[0], '__name__', str(args[0]))
        with context:
            args[0](*args[1:], **kwargs)

    def assertWarns(self, expected_warning, *args, **kwargs):
        return self._raises(_Warns(self, expected_warning), args, kwargs)

    def assertWarnsRegex(self, expected_warning, expected_regex, *args, **kwargs):
        return self._raises(_Warns(self, expected_warning, expected_regex), args, kwargs)


def _difference(first, second):
    """What unittest adds about two unequal sequences: where they part."""
    for kind, word in ((list, 'Lists'), (tuple, 'Tuples')):
        if type(first) is kind and type(second) is kind:
            for i, (a, b) in enumerate(zip(first, second)):
                if a != b:
                    return f'\n\nFirst differing element {i}:\n{a!r}\n{b!r}\n'
            longer, which = (first, 'First') if len(first) > len(second) else (second, 'Second')
            shorter = min(len(first), len(second))
            return f'\n\n{which} {word.lower()[:-1]} contains {len(longer) - shorter} additional elements.\n' \
                   f'First extra element {shorter}:\n{longer[shorter]!r}\n'
    return ''


class _SubTest:
    def __init__(self, test, message, params):
        self._test, self._message, self._params = test, message, params

    def shortDescription(self):
        return self._test.shortDescription()

    def __str__(self):
        parts = [] if self._message is None else [f'[{self._message}]']
        if self._params:
            parts.append('(' + ', '.join(f'{k}={v!r}' for k, v in self._params.items()) + ')')
        return f'{self._test} ' + (' '.join(parts) or '(<subtest>)')
