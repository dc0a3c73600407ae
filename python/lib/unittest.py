"""Tests as classes: TestCase, loading them from a module, and a runner that prints what unittest prints."""
import sys
import time
import traceback
from _unittest_case import SkipTest, TestCase, expectedFailure, skip, skipIf, skipUnless

__all__ = ['TestCase', 'TestSuite', 'TestLoader', 'TextTestRunner', 'TestResult', 'SkipTest', 'main', 'skip', 'skipIf', 'skipUnless',
           'expectedFailure', 'defaultTestLoader']


class TestResult:
    def __init__(self, stream=None, descriptions=None, verbosity=None):
        self.failures, self.errors, self.skipped = [], [], []
        self.expectedFailures, self.unexpectedSuccesses = [], []
        self.testsRun = 0
        self.shouldStop = False

    def wasSuccessful(self):
        return not self.failures and not self.errors and not self.unexpectedSuccesses

    def stop(self):
        self.shouldStop = True

    def startTest(self, test):
        self.testsRun += 1

    def stopTest(self, test):
        pass

    def addSuccess(self, test):
        pass

    def addError(self, test, err):
        self.errors.append((test, self._text(err)))

    def addFailure(self, test, err):
        self.failures.append((test, self._text(err)))

    def addSubTest(self, test, subtest, err):
        if err is not None:
            (self.failures if issubclass(err[0], test.failureException) else self.errors).append((subtest, self._text(err)))

    def addSkip(self, test, reason):
        self.skipped.append((test, reason))

    def addExpectedFailure(self, test, err):
        self.expectedFailures.append((test, self._text(err)))

    def addUnexpectedSuccess(self, test):
        self.unexpectedSuccesses.append(test)

    def _text(self, err):
        kind, value, tb = err
        while tb is not None and tb.tb_frame.f_code.co_filename.startswith('<wick>'):
            tb = tb.tb_next
        lines = traceback.extract_tb(tb)
        kept = [f for f in lines if not f.filename.startswith('<wick>')]
        text = ''.join(traceback.format_list(kept)) + ''.join(traceback.format_exception_only(kind, value))
        return 'Traceback (most recent call last):\n' + text


class _TextTestResult(TestResult):
    def __init__(self, stream, descriptions, verbosity):
        super().__init__()
        self.stream, self.verbosity = stream, verbosity

    def describe(self, test):
        doc = test.shortDescription()
        return f'{test}\n{doc}' if doc else str(test)

    def startTest(self, test):
        super().startTest(test)
        if self.verbosity > 1:
            self.stream.write(self.describe(test) + ' ... ')

    def say(self, word, letter):
        if self.verbosity > 1:
            self.stream.write(word + '\n')
        elif self.verbosity == 1:
            self.stream.write(letter)

    def addSuccess(self, test):
        self.say('ok', '.')

    def addError(self, test, err):
        super().addError(test, err)
        self.say('ERROR', 'E')

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.say('FAIL', 'F')

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None and self.verbosity == 1:
            self.stream.write('F' if issubclass(err[0], test.failureException) else 'E')

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.say(f'skipped {reason!r}', 's')

    def addExpectedFailure(self, test, err):
        super().addExpectedFailure(test, err)
        self.say('expected failure', 'x')

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self.say('unexpected success', 'u')

    def print_errors(self):
        if self.verbosity:
            self.stream.write('\n')
        for flavour, found in (('ERROR', self.errors), ('FAIL', self.failures)):
            for test, text in found:
                self.stream.write('=' * 70 + f'\n{flavour}: {self.describe(test)}\n' + '-' * 70 + f'\n{text}\n')
        if self.unexpectedSuccesses:
            self.stream.write('=' * 70 + '\n')
            for test in self.unexpectedSuccesses:
                self.stream.write(f'UNEXPECTED SUCCESS: {self.describe(test)}\n')


class TestSuite:
    def __init__(self, tests=()):
        self._tests = list(tests)

    def addTest(self, test):
        self._tests.append(test)

    def addTests(self, tests):
        self._tests.extend(tests)

    def __iter__(self):
        return iter(self._tests)

    def countTestCases(self):
        return sum(t.countTestCases() for t in self._tests)

    def cases(self):
        for t in self._tests:
            if isinstance(t, TestSuite):
                yield from t.cases()
            else:
                yield t

    def run(self, result):
        open_class = None
        broken = False
        for case in self.cases():
            if result.shouldStop:
                break
            kind = type(case)
            if kind is not open_class:
                self._close(open_class, broken, result)
                open_class, broken = kind, False
                try:
                    if not getattr(kind, '__unittest_skip__', False):
                        kind.setUpClass()
                except SkipTest as e:
                    broken = True
                    result.addSkip(_ClassError('setUpClass', kind), str(e))
                except Exception:
                    broken = True
                    result.addError(_ClassError('setUpClass', kind), sys.exc_info())
            if not broken:
                case.run(result)
        self._close(open_class, broken, result)
        return result

    def _close(self, kind, broken, result):
        if kind is None or broken or getattr(kind, '__unittest_skip__', False):
            return
        try:
            kind.tearDownClass()
        except Exception:
            result.addError(_ClassError('tearDownClass', kind), sys.exc_info())

    __call__ = run


class _ClassError:
    def __init__(self, what, kind):
        self._text = f'{what} ({kind.__module__}.{kind.__qualname__})'

    def __str__(self):
        return self._text

    def shortDescription(self):
        return None


class TestLoader:
    testMethodPrefix = 'test'

    def getTestCaseNames(self, kind):
        return sorted(n for n in dir(kind) if n.startswith(self.testMethodPrefix) and callable(getattr(kind, n)))

    def loadTestsFromTestCase(self, kind):
        return TestSuite([kind(n) for n in self.getTestCaseNames(kind)])

    def loadTestsFromModule(self, module):
        return TestSuite([self.loadTestsFromTestCase(v) for n in dir(module) for v in [getattr(module, n)]
                          if isinstance(v, type) and issubclass(v, TestCase) and v is not TestCase])

    def loadTestsFromName(self, name, module=None):
        value = module
        parts = name.split('.')
        for i, part in enumerate(parts):
            parent, value = value, getattr(value, part)
        if isinstance(value, type):
            return self.loadTestsFromTestCase(value)
        return TestSuite([parent(parts[-1])])

    def loadTestsFromNames(self, names, module=None):
        return TestSuite([self.loadTestsFromName(n, module) for n in names])


defaultTestLoader = TestLoader()


class TextTestRunner:
    def __init__(self, stream=None, descriptions=True, verbosity=1, failfast=False, buffer=False, resultclass=None):
        self.stream = stream or sys.stderr
        self.verbosity = verbosity

    def run(self, test):
        result = _TextTestResult(self.stream, True, self.verbosity)
        start = time.perf_counter()
        test.run(result)
        taken = time.perf_counter() - start
        result.print_errors()
        n = result.testsRun
        self.stream.write('-' * 70 + f'\nRan {n} test{"s" if n != 1 else ""} in {taken:.3f}s\n\n')
        counts = [f'{name}={len(found)}' for name, found in (
            ('failures', result.failures), ('errors', result.errors), ('skipped', result.skipped),
            ('expected failures', result.expectedFailures), ('unexpected successes', result.unexpectedSuccesses)) if found]
        word = 'OK' if result.wasSuccessful() else 'FAILED'
        self.stream.write(word + (f' ({", ".join(counts)})' if counts else '') + '\n')
        return result


def main(module='__main__', defaultTest=None, argv=None, testRunner=None, testLoader=defaultTestLoader, exit=True, verbosity=1, **options):
    module = sys.modules[module] if isinstance(module, str) else module
    words = (argv if argv is not None else sys.argv)[1:]
    if '-v' in words or '--verbose' in words:
        verbosity = 2
    names = [w for w in words if not w.startswith('-')] or ([defaultTest] if isinstance(defaultTest, str) else defaultTest)
    suite = testLoader.loadTestsFromNames(names, module) if names else testLoader.loadTestsFromModule(module)
    runner = testRunner() if isinstance(testRunner, type) else testRunner or TextTestRunner(verbosity=verbosity)
    result = runner.run(suite)
    if exit:
        sys.exit(not result.wasSuccessful())
