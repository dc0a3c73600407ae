import secrets, configparser, urllib.parse, atexit
print(len(secrets.token_hex(8)), secrets.randbelow(1), len(secrets.token_bytes(4)), secrets.choice([3]), isinstance(secrets.token_urlsafe(4), str), secrets.compare_digest('a','a'))
c = configparser.ConfigParser()
c.read_string("""
[DEFAULT]
x = 1
[a]
y = yes
z: %(x)s/z
; comment
long = l1
   l2
""")
print(c.sections(), c['a']['y'], c.getboolean('a','y'), c.get('a','z'), c.getint('a','x'), dict(c['a']), c.has_option('a','q'), c.get('a','q',fallback='f'))
c['new'] = {'k':'v'}; c.set('a','w','5')
import sys; c.write(sys.stdout)
try: c.get('nope','a')
except configparser.NoSectionError as e: print(e)
try: c.get('a','nope')
except configparser.NoOptionError as e: print(e)
print(urllib.parse.urlparse('https://u:p@h.com:80/a/b;x?q=1&r=2#f'), urllib.parse.quote('a b/ü'), urllib.parse.unquote('a%20b'), urllib.parse.urlencode({'a':1,'b':'x y'}), urllib.parse.parse_qs('a=1&a=2&b='), urllib.parse.urljoin('http://a/b/c','../d'), urllib.parse.quote_plus('a b&c'), urllib.parse.parse_qsl('a=1&b=2'))
p = urllib.parse.urlsplit('http://h.com:8080/p?q#f'); print(p.hostname, p.port, p.netloc, p.geturl())
atexit.register(print, 'bye'); 
@atexit.register
def f(): print('first')
print('end')
