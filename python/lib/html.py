"""Text in HTML."""

_ENTITIES = {'amp': '&', 'lt': '<', 'gt': '>', 'quot': '"', 'apos': "'", 'nbsp': '\xa0'}


def escape(s, quote=True):
    s = s.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')
    return s.replace('"', '&quot;').replace("'", '&#x27;') if quote else s


def unescape(s):
    import re

    def one(m):
        name = m.group(1)
        if name[0] != '#':
            return _ENTITIES.get(name, m.group())
        return chr(int(name[2:], 16) if name[1] in 'xX' else int(name[1:]))

    return re.sub(r'&(#\d+|#[xX][0-9a-fA-F]+|\w+);', one, s)
