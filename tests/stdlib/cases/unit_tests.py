import io
import re
import unittest


class Base(unittest.TestCase):
    log = []

    @classmethod
    def setUpClass(cls):
        cls.log.append('class up')

    @classmethod
    def tearDownClass(cls):
        cls.log.append('class down')

    def setUp(self):
        self.log.append('up')
        self.addCleanup(self.log.append, 'cleanup')

    def tearDown(self):
        self.log.append('down')

    def test_passes(self):
        self.assertEqual([1, 2], [1, 2])
        self.assertTrue(1)
        self.assertIn(1, [1])
        self.assertAlmostEqual(0.1 + 0.2, 0.3)
        self.assertRaises(ValueError, int, 'x')
        with self.assertRaisesRegex(ValueError, 'invalid literal') as cm:
            int('y')
        self.assertIsInstance(cm.exception, ValueError)
        with self.assertWarns(UserWarning):
            import warnings
            warnings.warn('w')
        self.assertCountEqual([1, 2, 2], [2, 1, 2])
        self.assertRegex('abc', 'b')

    def test_fails(self):
        """What fails."""
        self.assertEqual(1, 2, 'because')

    def test_errors(self):
        raise KeyError('k')

    @unittest.skip('not now')
    def test_skipped(self):
        raise AssertionError

    def test_skips(self):
        self.skipTest('inside')

    @unittest.expectedFailure
    def test_expected(self):
        self.fail('as expected')

    @unittest.expectedFailure
    def test_unexpected(self):
        pass

    def test_subtests(self):
        for i in range(3):
            with self.subTest(i=i):
                self.assertNotEqual(i, 1)


class Messages(unittest.TestCase):
    def test_messages(self):
        for call in (
            lambda: self.assertTrue(0), lambda: self.assertFalse(1), lambda: self.assertIs(1, 2), lambda: self.assertIsNone(3),
            lambda: self.assertIn(1, []), lambda: self.assertLess(2, 1), lambda: self.assertAlmostEqual(1, 2), lambda: self.assertIsNotNone(None),
            lambda: self.assertAlmostEqual(1, 2, delta=0.5), lambda: self.assertRegex('a', 'b'), lambda: self.assertIsInstance(1, str),
            lambda: self.assertRaises(ValueError, lambda: 1), lambda: self.assertNotEqual(1, 1), lambda: self.assertGreaterEqual(1, 2),
        ):
            with self.assertRaises(AssertionError) as cm:
                call()
            print(cm.exception)


stream = io.StringIO()
suite = unittest.defaultTestLoader.loadTestsFromTestCase(Base)
result = unittest.TextTestRunner(stream=stream, verbosity=1).run(suite)
text = re.sub(r'in \d+\.\d+s', 'in TIME', stream.getvalue())
text = re.sub(r'  File ".*?", line \d+, in (\w+)\n(    .*\n)+', r'  at \1\n', text)
print('\n'.join(text.split('\n')))
print(result.testsRun, result.wasSuccessful(), len(result.failures), len(result.errors), len(result.skipped))
print(Base.log[0], Base.log[-1], Base.log.count('up'), Base.log.count('down'), Base.log.count('cleanup'))
unittest.TextTestRunner(stream=io.StringIO(), verbosity=2).run(unittest.TestSuite([Messages('test_messages')]))
unittest.main(argv=['x', 'Messages'], exit=False, testRunner=unittest.TextTestRunner(stream=io.StringIO()))
