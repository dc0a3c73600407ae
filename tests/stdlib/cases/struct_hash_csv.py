import array
import ast
import base64
import binascii
import csv
import gzip
import hashlib
import io
import math
import queue
import struct
import timeit
import uuid
import zlib


def attempt(f, *args, **kw):
    try:
        print(f(*args, **kw))
    except Exception as e:
        print(type(e).__name__, e)


print(struct.pack('<bBhHiIqQ', -1, 255, -2, 65535, -3, 4294967295, -4, 2**64 - 1))
print(struct.pack('>efd', 1.5, -0.1, math.pi), struct.pack('!?c4s3p', True, b'x', b'ab', b'abcd'))
print(struct.calcsize('bi'), struct.calcsize('=bi'), struct.calcsize('@cqh'), struct.calcsize('3s2xh'))
print(struct.unpack('<efd', struct.pack('<efd', 65504.0, 1e-40, 5e-324)), struct.unpack('>f', b'\x7f\x80\x00\x00'))
print(struct.unpack('<2h3s', b'\x01\x00\xff\xffabc'), struct.unpack_from('>H', b'\0\1\2\3', 1), list(struct.iter_unpack('<h', b'\1\0\2\0')))
buffer = bytearray(8)
struct.pack_into('<i', buffer, 2, -7)
print(buffer, struct.Struct('>I').unpack(b'\0\0\1\0'), struct.Struct('<hh').size)
for args in [('<b', 200), ('<H', -1), ('<i', 2**40), ('<i', 'a'), ('<2i', 1), ('<z', 1), ('<f', 'a'), ('<e', 1e6), ('c', b'ab')]:
    attempt(struct.pack, *args)
attempt(struct.unpack, '<i', b'abc')

for name in ('md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'):
    h = hashlib.new(name, b'hello ')
    h.update(b'world')
    print(name, h.hexdigest(), h.digest_size, h.block_size, h.name)
c = hashlib.sha256(b'a')
d = c.copy()
d.update(b'b')
print(c.hexdigest() == hashlib.sha256(b'a').hexdigest(), d.hexdigest() == hashlib.sha256(b'ab').hexdigest())
attempt(hashlib.new, 'nothing')
attempt(hashlib.md5, 'text')

for n in range(6):
    data = bytes(range(250, 250 + n)) if n < 6 else b''
    print(base64.b64encode(data), base64.urlsafe_b64encode(data), base64.b32encode(data), base64.b16encode(data))
    assert base64.b64decode(base64.b64encode(data)) == data and base64.b32decode(base64.b32encode(data)) == data
print(base64.b64decode('aGVsbG8='), base64.b64decode(b'aGVs\nbG8='), base64.encodebytes(b'x' * 60), base64.b64encode(b'>>>', b'-_'))
attempt(base64.b64decode, 'abc')
attempt(base64.b64decode, 'a')
attempt(base64.b64decode, 'ab$d', validate=True)
print(binascii.hexlify(b'\x00\xff', '-'), binascii.unhexlify('00ff'), binascii.crc32(b'hello'))
attempt(binascii.unhexlify, 'abc')
attempt(binascii.unhexlify, 'zz')
print(zlib.crc32(b'hello world'), zlib.adler32(b'hello world'), zlib.decompress(zlib.compress(b'abc' * 50)) == b'abc' * 50)
print(gzip.decompress(gzip.compress(b'some text')))
attempt(gzip.decompress, b'not gzip')

text = 'a,b,"c ""quoted"" d"\n1,,"multi\nline"\n\n x , y,z\n'
print(list(csv.reader(io.StringIO(text))))
print(list(csv.reader(['a;b', "'x;y';z"], delimiter=';', quotechar="'")), list(csv.reader(['1,"2"'], quoting=csv.QUOTE_NONNUMERIC)))
print(list(csv.DictReader(io.StringIO('x,y\n1,2\n3\n4,5,6\n'), restval='-')))
out = io.StringIO()
w = csv.writer(out)
w.writerow(['plain', 'with,comma', 'with "quote"', 'line\nbreak', None, 1.5, 3, ''])
w.writerow([''])
w.writerows([[1, 2], 'ab'])
csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator='|').writerow([1, 'a'])
csv.writer(out, quoting=csv.QUOTE_NONNUMERIC).writerow([1, 'a', 2.5])
dw = csv.DictWriter(out, ['k', 'v'], extrasaction='ignore')
dw.writeheader()
dw.writerow({'k': 1, 'z': 2})
print(repr(out.getvalue()))
attempt(csv.DictWriter(out, ['k']).writerow, {'q': 1})
attempt(csv.writer(out, quoting=csv.QUOTE_NONE).writerow, ['a,b'])
attempt(csv.writer(out).writerow, 5)
print(csv.list_dialects())

a = array.array('i', [1, 2, 3])
a.append(4)
a.extend([5])
print(a, a[1:3], a[-1], len(a), a.tobytes(), a.itemsize, a.tolist(), 3 in a, a == array.array('i', [1, 2, 3, 4, 5]))
f = array.array('f', [0.1])
print(f, array.array('d', [0.1]), array.array('b'), array.array('B', b'ab'), a + a, array.array('h', [1]) * 3)
attempt(a.append, 'x')
attempt(array.array('b').append, 200)
attempt(array.array, 'z')
attempt(lambda: a[9])

for t in ['1', '-2.5', '1+2j', '"text"', "b'x'", '[1, (2, 3), {"a": {4}}]', 'None', 'True', ' {1: 2}', 'set()', '-1 - 2j', '...']:
    print(repr(ast.literal_eval(t)))
for t in ['foo', '1 + 2', 'f(1)', '[x for x in y]', '1 +', '"a" + "b"', '{**a}']:
    try:
        ast.literal_eval(t)
    except (ValueError, SyntaxError) as e:
        print(type(e).__name__, str(e).split(' at 0x')[0])

q = queue.Queue(2)
q.put(1)
q.put(2)
print(q.full(), q.qsize(), q.get(), q.get_nowait(), q.empty())
for call in (q.get_nowait, lambda: q.get(timeout=0.01)):
    try:
        call()
    except queue.Empty as e:
        print('empty', type(e).__name__)
p = queue.PriorityQueue()
for i in (3, 1, 2):
    p.put(i)
s = queue.LifoQueue()
for i in (3, 1, 2):
    s.put(i)
print([p.get() for _ in range(3)], [s.get() for _ in range(3)])

u = uuid.UUID('12345678123456781234567812345678')
print(u, repr(u), u.int, u.bytes, u.hex, u.urn, u == uuid.UUID(int=u.int), uuid.uuid4().version, len(str(uuid.uuid1())))
print(uuid.uuid5(uuid.NAMESPACE_DNS, 'python.org'), uuid.uuid3(uuid.NAMESPACE_URL, 'x'))
attempt(uuid.UUID, 'abc')
count = []
print(timeit.timeit(lambda: count.append(1), number=5) >= 0, len(count), len(timeit.repeat('x = 1', number=2, repeat=3)))
