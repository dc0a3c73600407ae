import argparse, sys, io
def make():
    p = argparse.ArgumentParser(prog='prog', description='A test of things. ' * 6, epilog='The end.')
    p.add_argument('file', help='the file')
    p.add_argument('rest', nargs='*', help='others')
    p.add_argument('-v', '--verbose', action='count', default=0, help='more output')
    p.add_argument('--lr', type=float, default=0.1, help='learning rate (default: %(default)s)')
    p.add_argument('--layers', nargs='+', type=int)
    p.add_argument('--mode', choices=['a', 'b'], default='a')
    p.add_argument('-q', action='store_true')
    p.add_argument('--no-x', dest='x', action='store_false', help='a long help text that will have to be wrapped over several lines of output')
    p.add_argument('--tag', action='append')
    p.add_argument('--opt', nargs='?', const='C', default='D')
    p.add_argument('--flag', action=argparse.BooleanOptionalAction)
    g = p.add_mutually_exclusive_group()
    g.add_argument('--one', action='store_true'); g.add_argument('--two', type=int)
    return p
p = make()
for line in ['f', 'f a b -vv --lr 3', 'f --layers 1 2 3 -q', '--mode=b f --tag x --tag y', 'f --opt', 'f --opt z --no-x', 'f --verb', 'f -vq', 'f -- -x', 'f --flag', 'f --no-flag', 'f --two -3']:
    print(line, p.parse_args(line.split()))
print(p.parse_known_args(['f', '--unknown', '3']))
p.print_usage(); print(p.format_help())
for line in ['', 'f --lr x', 'f --mode c', 'f --nope', 'f --layers', 'f --one --two 3', 'f --lr', 'f --no', 'f -q=3']:
    err = sys.stderr; sys.stderr = io.StringIO()
    try: print(p.parse_args(line.split()))
    except SystemExit as e: print(line, e.code, sys.stderr.getvalue().splitlines()[-1])
    finally: sys.stderr = err
q = argparse.ArgumentParser(prog='q', add_help=False, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
sub = q.add_subparsers(dest='cmd', help='sub help')
t = sub.add_parser('train', help='train it'); t.add_argument('--epochs', type=int, default=3, help='n'); t.set_defaults(func=len)
e = sub.add_parser('eval', aliases=['ev']); e.add_argument('path')
print(q.parse_args(['train', '--epochs', '5']), q.parse_args(['ev', 'x']), q.parse_args([]))
print(q.format_help(), t.format_help())
print(argparse.Namespace(a=1, b='x'), argparse.Namespace(a=1) == argparse.Namespace(a=1), 'a' in argparse.Namespace(a=1))
