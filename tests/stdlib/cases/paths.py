from pathlib import *
import tempfile, os
p = Path('/usr') / 'lib/../x.tar.gz'
print(p, repr(p), p.name, p.stem, p.suffix, p.suffixes, p.parent, p.parts, p.root, p.anchor, p.is_absolute(), list(p.parents), p.parents[1])
print(Path('a//b/./c'), Path(), Path('a', '/b', 'c'), Path('//x'), Path('///x'), PurePath('a') / 'b', 'x' / Path('y'), Path('.hidden').suffix, Path('a.').suffix, Path('a.b').with_suffix('.c'), Path('a.b').with_name('z'), Path('a.b').with_stem('q'), Path('a/b').joinpath('c', 'd'))
print(Path('a/b/c').relative_to('a'), Path('a').is_relative_to('b'), Path('a') == Path('a/'), hash(Path('a')) == hash(Path('./a')), Path('a') < Path('b'), sorted([Path('b'), Path('a')]), Path('x/y.py').match('*.py'), Path('/a b').as_uri(), os.fspath(Path('q')), isinstance(p, os.PathLike))
for e in ("Path('a').relative_to('b')", "Path('').with_name('x')", "Path('a').with_suffix('x')", "Path(1)", "Path('/nope/nope').read_text()", "Path('a') / 1", "list(Path('x').glob(''))"):
    try: print(eval(e))
    except Exception as x: print(type(x).__name__, x)
with tempfile.TemporaryDirectory() as d:
    d = Path(d)
    (d / 'sub' / 'deep').mkdir(parents=True)
    f = d / 'sub' / 'a.txt'
    print(f.write_text('héllo\n'), f.read_text(), f.read_bytes(), f.exists(), f.is_file(), f.is_dir(), d.is_dir(), f.stat().st_size)
    (d / 'sub' / 'deep' / 'b.txt').touch()
    print(sorted(q.relative_to(d).as_posix() for q in d.rglob('*.txt')), sorted(q.name for q in d.glob('*/*.txt')), sorted(x.name for x in (d / 'sub').iterdir()), sorted(str(q.relative_to(d)) for q in d.glob('**')))
    try: (d / 'sub').mkdir()
    except FileExistsError as e: print('exists')
    (d / 'sub').mkdir(exist_ok=True)
    g = f.rename(d / 'c.txt'); print(g.name, f.exists())
    g.unlink(); g.unlink(missing_ok=True)
    with (d / 'w').open('w') as h: h.write('x')
    print((d / 'w').read_text(), (d / 'nope').exists())
