"""The interactive debugger: `breakpoint()`, `pdb.set_trace()`, `pdb.run()`."""
import _debugger
import linecache
import pprint
import sys
import traceback
from bdb import BdbQuit

__all__ = ['set_trace', 'Pdb', 'run', 'runeval', 'runcall']

_ALIASES = {
    'a': 'args', 'b': 'break', 'bt': 'where', 'w': 'where', 'c': 'continue', 'cont': 'continue', 'cl': 'clear', 'd': 'down',
    'exit': 'quit', 'h': 'help', 'l': 'list', 'll': 'longlist', 'n': 'next', 'q': 'quit', 'r': 'return', 'rv': 'retval',
    's': 'step', 'u': 'up', 'unt': 'until',
}

_HELP = {
    'args': 'a(rgs)\n        Print the arguments of the current function.',
    'break': 'b(reak) [ ([filename:]lineno | function) [, condition] ]\n        Without argument, list all breaks; with one, set a '
             'break there.',
    'clear': 'cl(ear) [bpnumber...]\n        Clear the breakpoints with these numbers, or all.',
    'continue': 'c(ont(inue))\n        Continue execution, stop at a breakpoint only.',
    'down': 'd(own) [count]\n        Move the current frame down in the stack, to a newer one.',
    'help': 'h(elp) [command]\n        List the commands, or tell about one.',
    'list': 'l(ist) [first [,last] | .]\n        List source around the current line, or continue the previous listing.',
    'longlist': 'longlist | ll\n        List the whole function.',
    'next': 'n(ext)\n        Continue until the next line of the current function, or its return.',
    'p': 'p expression\n        Print the value of the expression.',
    'pp': 'pp expression\n        Pretty-print the value of the expression.',
    'quit': 'q(uit)\n        Quit; the program is aborted.',
    'return': 'r(eturn)\n        Continue until the current function returns.',
    'retval': 'retval\n        Print the value that the function just returned.',
    'step': 's(tep)\n        Execute the current line, stop at the first occasion.',
    'tbreak': 'tbreak\n        As break, but cleared when it is hit.',
    'until': 'unt(il) [lineno]\n        Continue until a line with a greater number is reached.',
    'up': 'u(p) [count]\n        Move the current frame up in the stack, to an older one.',
    'whatis': 'whatis expression\n        Print the type of the expression.',
    'where': 'w(here)\n        Print the stack, the newest frame at the bottom.',
}


class _Breakpoint:
    def __init__(self, number, file, line, temporary, condition, function):
        self.number, self.file, self.line = number, file, line
        self.temporary, self.condition, self.function = temporary, condition, function
        self.hits = 0
        self.enabled = True


class Pdb:
    prompt = '(Pdb) '

    def __init__(self, *, stdin=None, stdout=None, **options):
        self.breaks = []
        self.count = 0
        self.mode = 'step'
        self.depth = 0
        self.until_line = 0
        self.last = ''
        self.returned = None
        self.stdin, self.stdout = stdin, stdout

    # When the program runs

    def start(self):
        self.mode = 'step'
        _debugger.set_hook(self.event)

    def event(self, kind, value, file, line):
        """Called by the program at a call, a line or a return; whether it wants to be called again."""
        if self.wants(kind, file, line):
            if kind == 'call':
                self.say('--Call--')
            elif kind == 'return':
                self.say('--Return--')
                self.returned = (value,)
            self.interact(kind, value)
            if kind != 'return':
                self.returned = None
        return self.mode != 'continue' or bool(self.breaks)

    def wants(self, kind, file, line):
        depth = _debugger.depth()
        mode = self.mode
        if mode == 'step':
            return True
        if mode == 'next' and (depth < self.depth or depth == self.depth and kind != 'call'):
            return True
        if mode == 'until' and (depth < self.depth or depth == self.depth and (kind == 'return' or line > self.until_line)):
            return True
        if mode == 'return' and (depth < self.depth or depth == self.depth and kind == 'return'):
            return True
        return kind == 'line' and self.at_breakpoint(file, line)

    def at_breakpoint(self, file, line):
        for b in self.breaks:
            if not b.enabled or b.file != file:
                continue
            if b.function is not None:
                frame = _debugger.frames()[-1]
                if frame[2] != b.function or line != self.first_line(frame):
                    continue
            elif b.line != line:
                continue
            if b.condition:
                try:
                    if not self.evaluate(b.condition, _debugger.frames()[-1]):
                        continue
                except Exception:
                    pass
            b.hits += 1
            if b.temporary:
                self.remove(b)
            return True
        return False

    def first_line(self, frame):
        """The line of a function's first statement: a docstring is none."""
        lines = linecache.getlines(frame[0])
        n = frame[6]
        while n <= len(lines) and not lines[n - 1].split('#')[0].rstrip().endswith(':'):
            n += 1
        n += 1
        text = lines[n - 1].strip() if n <= len(lines) else ''
        for quotes in ('"""', "'''"):
            if text.startswith(quotes):
                while not (lines[n - 1].rstrip().endswith(quotes) and (lines[n - 1].strip() != quotes or text != quotes)):
                    n += 1
                n += 1
        while n <= len(lines) and (not lines[n - 1].strip() or lines[n - 1].strip().startswith('#')):
            n += 1
        return n

    # At the prompt

    def say(self, text):
        print(text, file=self.stdout or sys.stdout)

    def fail(self, text):
        self.say('*** ' + text)

    def interact(self, kind, value):
        self.frames = _debugger.frames()
        self.at = len(self.frames) - 1
        self.listed = None
        self.shown_return = (value,) if kind == 'return' else None
        self.say(self.entry(self.at, '> '))
        while True:
            line = self.read()
            if line is None:
                self.say('')
                line = 'quit'
            line = line.strip()
            if not line:
                line = self.last
                if not line:
                    continue
            self.last = line
            for part in line.split(';;'):
                if self.command(part.strip()):
                    return

    def read(self):
        out = self.stdout or sys.stdout
        out.write(self.prompt)
        out.flush()
        line = (self.stdin or sys.stdin).readline()
        return line if line else None

    def command(self, line):
        """Runs one command; whether the program shall go on."""
        if line.startswith('!'):
            self.execute(line[1:].strip())
            return False
        end = 0
        while end < len(line) and (line[end].isalnum() or line[end] == '_'):
            end += 1
        word, rest = line[:end], line[end:].strip()
        if line == '?':
            word, rest = 'help', ''
        name = _ALIASES.get(word, word)
        known = getattr(self, 'do_' + name, None)
        if known is None or rest.startswith('=') and not rest.startswith('=='):
            self.execute(line)
            return False
        return known(rest)

    def entry(self, index, prefix):
        file, line, name = self.frames[index][:3]
        text = f'{prefix}{file}({line}){name}' + ('()' if name != '<lambda>' or True else '')
        if self.shown_return is not None and index == len(self.frames) - 1:
            text += '->' + repr(self.shown_return[0])
        source = linecache.getline(file, line).strip()
        return text + ('\n-> ' + source if source else '')

    def scope(self, frame):
        return frame[4], frame[3] if frame[3] is not None else frame[4]

    def evaluate(self, text, frame=None):
        names, local = self.scope(frame or self.frames[self.at])
        return eval(text, names, local)

    def execute(self, text):
        frame = self.frames[self.at]
        names, local = self.scope(frame)
        try:
            try:
                code = compile(text, '<stdin>', 'eval')
            except SyntaxError:
                before = dict(local)
                exec(compile(text, '<stdin>', 'exec'), names, local)
                if frame[3] is not None:
                    for key, value in local.items():
                        if key not in before or before[key] is not value:
                            _debugger.assign(self.at, key, value)
            else:
                value = eval(code, names, local)
                if value is not None:
                    self.say(repr(value))
        except Exception as e:
            self.error(e)

    def error(self, e):
        self.fail(traceback.format_exception_only(type(e), e)[-1].strip())

    def value(self, text):
        """A tuple of the expression's value; None after an error was told."""
        try:
            return (self.evaluate(text),)
        except Exception as e:
            self.error(e)
            return None

    # Commands that go on

    def go(self, mode):
        self.mode = mode
        self.depth = self.at + 1
        return True

    def do_step(self, arg):
        return self.go('step')

    def do_next(self, arg):
        return self.go('next')

    def do_return(self, arg):
        return self.go('return')

    def do_continue(self, arg):
        return self.go('continue')

    def do_until(self, arg):
        line = self.frames[self.at][1]
        if arg:
            if not arg.isdigit():
                return self.fail(f'Error in argument: {arg!r}')
            if int(arg) <= line:
                return self.fail('"until" line number is smaller than current line number')
            line = int(arg) - 1
        self.until_line = line
        return self.go('until')

    def do_quit(self, arg):
        _debugger.set_hook(None)
        raise BdbQuit

    # Commands that look

    def do_where(self, arg):
        for i in range(len(self.frames)):
            self.say(self.entry(i, '> ' if i == self.at else '  '))

    def move(self, to):
        self.at = to
        self.listed = None
        self.say(self.entry(self.at, '> '))

    def do_up(self, arg):
        if self.at == 0:
            return self.fail('Oldest frame')
        count = self.number(arg, 1)
        if count is not None:
            self.move(0 if count < 0 else max(0, self.at - count))

    def do_down(self, arg):
        if self.at == len(self.frames) - 1:
            return self.fail('Newest frame')
        count = self.number(arg, 1)
        if count is not None:
            newest = len(self.frames) - 1
            self.move(newest if count < 0 else min(newest, self.at + count))

    def number(self, arg, default):
        if not arg:
            return default
        try:
            return int(arg)
        except ValueError:
            self.fail(f'Invalid frame count ({arg})')
            return None

    def do_p(self, arg):
        got = self.value(arg)
        if got is not None:
            self.say(repr(got[0]))

    def do_pp(self, arg):
        got = self.value(arg)
        if got is not None:
            self.say(pprint.pformat(got[0]))

    def do_whatis(self, arg):
        got = self.value(arg)
        if got is None:
            return
        value = got[0]
        kind = type(value).__name__
        if kind == 'function':
            self.say('Function ' + value.__name__)
        elif kind == 'method':
            self.say('Method ' + value.__name__)
        elif isinstance(value, type):
            self.say(f'Class {value.__module__}.{value.__qualname__}')
        else:
            self.say(repr(type(value)))

    def do_args(self, arg):
        frame = self.frames[self.at]
        local = frame[3] or {}
        for name in frame[5]:
            self.say(f'{name} = {local[name]!r}' if name in local else f'{name} = *** undefined ***')

    def do_retval(self, arg):
        if self.returned is None:
            return self.fail('Not yet returned!')
        self.say(repr(self.returned[0]))

    def do_list(self, arg):
        file, current = self.frames[self.at][:2]
        last = None
        if arg and arg != '.':
            try:
                if ',' in arg:
                    a, b = arg.split(',')
                    first, last = int(a), int(b)
                    if last < first:
                        last += first
                else:
                    first = max(1, int(arg) - 5)
            except ValueError:
                return self.fail(f'Error in argument: {arg!r}')
        elif self.listed is None or arg == '.':
            first = max(1, current - 5)
        else:
            first = self.listed + 1
        if last is None:
            last = first + 10
        lines = linecache.getlines(file)
        self.print_lines(lines[first - 1:last], first, file, current)
        self.listed = min(last, len(lines))
        if len(lines) < last:
            self.say('[EOF]')

    def do_longlist(self, arg):
        frame = self.frames[self.at]
        lines = linecache.getlines(frame[0])
        first, last = 1, len(lines)
        if frame[2] != '<module>':
            first = frame[6]
            margin = len(lines[first - 1]) - len(lines[first - 1].lstrip())
            last = first
            while last < len(lines):
                line = lines[last]
                if line.strip() and len(line) - len(line.lstrip()) <= margin:
                    break
                last += 1
            while last > first and not lines[last - 1].strip():
                last -= 1
        self.print_lines(lines[first - 1:last], first, frame[0], frame[1])

    def print_lines(self, lines, first, file, current):
        stops = {b.line for b in self.breaks if b.file == file}
        for n, line in enumerate(lines, first):
            text = str(n).rjust(3)
            if len(text) < 4:
                text += ' '
            text += 'B' if n in stops else ' '
            text += '->' if n == current else ''
            self.say(text + '\t' + line.rstrip())

    def do_help(self, arg):
        if not arg:
            self.say('Commands: ' + ', '.join(sorted(_HELP)))
            return
        name = _ALIASES.get(arg, arg)
        self.say(_HELP.get(name, f'*** No help for {arg!r}'))

    # Breakpoints

    def do_break(self, arg, temporary=False):
        if not arg:
            if self.breaks:
                self.say('Num Type         Disp Enb   Where')
                for b in self.breaks:
                    self.describe(b)
            return
        place, _, condition = arg.partition(',')
        place, condition = place.strip(), condition.strip()
        file, function = self.frames[self.at][0], None
        if ':' in place:
            name, _, number = place.rpartition(':')
            file = self.find_file(name.strip(), file)
            if file is None:
                return self.fail(f'{name!r} not found from sys.path')
            place = number.strip()
        if place.isdigit():
            line = int(place)
        else:
            try:
                value = self.evaluate(place)
                value = getattr(value, '__func__', value)
                code = value.__code__
            except Exception:
                return self.fail(f'The specified object {place!r} is not a function or was not found along sys.path.')
            file, line, function = code.co_filename, code.co_firstlineno, code.co_name
        text = linecache.getline(file, line)
        if not text:
            return self.say('End of file')
        if not text.strip() or text.strip().startswith('#'):
            return self.fail('Blank or comment')
        self.count += 1
        b = _Breakpoint(self.count, file, line, temporary, condition, function)
        self.breaks.append(b)
        self.say(f'Breakpoint {b.number} at {file}:{line}')

    def do_tbreak(self, arg):
        self.do_break(arg, temporary=True)

    def find_file(self, name, near):
        folder = near.rpartition('/')[0]
        for candidate in (name, name + '.py', f'{folder}/{name}', f'{folder}/{name}.py'):
            if linecache.getlines(candidate):
                return candidate
        return None

    def describe(self, b):
        kind = 'del ' if b.temporary else 'keep'
        self.say(f'{b.number:<4}breakpoint   {kind} {"yes" if b.enabled else "no "}   at {b.file}:{b.line}')
        if b.condition:
            self.say(f'\tstop only if {b.condition}')
        if b.hits:
            self.say(f'\tbreakpoint already hit {b.hits} time{"s" if b.hits > 1 else ""}')

    def remove(self, b):
        self.breaks.remove(b)
        self.say(f'Deleted breakpoint {b.number} at {b.file}:{b.line}')

    def numbered(self, arg):
        for word in arg.split():
            found = [b for b in self.breaks if str(b.number) == word]
            if found:
                yield found[0]
            else:
                self.fail(f'Breakpoint number {word} out of range' if word.isdigit() else f'Non-numeric breakpoint number {word}')

    def do_clear(self, arg):
        for b in list(self.numbered(arg)) if arg else list(self.breaks):
            self.remove(b)

    def do_disable(self, arg):
        for b in self.numbered(arg):
            b.enabled = False
            self.say(f'Disabled breakpoint {b.number} at {b.file}:{b.line}')

    def do_enable(self, arg):
        for b in self.numbered(arg):
            b.enabled = True
            self.say(f'Enabled breakpoint {b.number} at {b.file}:{b.line}')


_current = None


def set_trace(*, header=None):
    """Stops at the next line of the caller."""
    global _current
    if _current is None:
        _current = Pdb()
    if header is not None:
        _current.say(header)
    _current.start()


def run(statement, globals=None, locals=None):
    set_trace()
    exec(statement, globals, locals)


def runeval(expression, globals=None, locals=None):
    set_trace()
    return eval(expression, globals, locals)


def runcall(func, *args, **kwargs):
    set_trace()
    return func(*args, **kwargs)
