"""Damage that knows the structure: trees of XML, tags of a page, objects of a PDF, blocks, fields, values of JSON.

What is changed stays near enough to a sound file to come past the first check. Each function takes the bytes of a file
and a ``random.Random``, and gives other bytes; the same random numbers give the same bytes.
"""

# ruff: noqa: E501 - rows of strange values

import json
import re
import zlib

from lxml import etree

LARGEST = 400_000  # bytes: damage that repeats comes to an end
# What a field, an attribute or a value may hold that nobody thought of.
STRANGE = [
    "", " ", "0", "-1", "--5", "1e999", "99999999999999999999", "0x10", "NaN", "²", "٣", "true", "null", "~", "*a", "&a [*a]",
    "!!python/object/apply:os.system [true]", "/../../../x", "..\\x", "CON", "a" * 300, "x\u0000y", "\u202e", "\ud83d\ude00", "e\u0301",
    "A/RES/1/1", "Article premier", "1.", "(a)", "[^1]", "[^1]: [^1]", "---", "|", "> ", "{}", "[]", "<b>", "&amp;", "'", '"', "\\",
    "2019-02-30", "10:30", "0777", "Décide d’agir ;", "les États Membres’ s'", "http://x/#n", "javascript:alert(1)", "#n", "%41",
]  # fmt: skip
NUMBERS = [0, -1, 1, 2**31, 2**63, -(2**63), 10**30, 0.5, -0.0, 1e308]


def _times(random):
    return random.choice((1, 1, 2, 2, 5, 60))


def _cut(random, length):
    """A place in a row of things and the end of a short stretch that begins there."""
    at = random.randrange(length)
    return at, min(length, at + random.choice((1, 1, 2, 5, 20)))


def rows(pieces, random, bits):
    """A row of things with some gone, again, elsewhere, or with others among them."""
    for _ in range(random.choice((1, 2, 3, 6))):
        if not pieces:
            break
        at, end = _cut(random, len(pieces))
        match random.randrange(6):
            case 0:
                pieces = pieces[:at] + pieces[end:]
            case 1:
                pieces = pieces[:at] + pieces[at:end] * _times(random) + pieces[at:]
            case 2:
                rest = pieces[:at] + pieces[end:]
                there = random.randrange(len(rest) + 1)
                pieces = rest[:there] + pieces[at:end] + rest[there:]
            case 3:
                pieces = pieces[:at] + pieces[at:end][::-1] + pieces[end:]
            case 4:
                pieces = pieces[:at] + [random.choice(bits)] * random.choice((1, 3, 300)) + pieces[at:]
            case _:
                pieces = [*pieces[:at], random.choice(bits), *pieces[end:]]
        if sum(map(len, pieces)) > LARGEST:
            break
    return pieces


# ---- XML ------------------------------------------------------------------------------------------------------------


def tree(data, random):
    """A part of XML that is still XML: elements gone, again, elsewhere, wrapped, with other names and values."""
    try:
        root = etree.fromstring(data)
    except etree.XMLSyntaxError:
        return data
    for _ in range(random.choice((1, 2, 3, 6))):
        nodes = [node for node in root.iter() if isinstance(node.tag, str) and node is not root]
        if not nodes:
            break
        _change_node(random.choice(nodes), nodes, random)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)[: 4 * LARGEST]


def _change_node(node, nodes, random):
    around = node.getparent()
    match random.randrange(8):
        case 0:
            around.remove(node)
        case 1:
            small = len(etree.tostring(node)) < 2000
            for _ in range(random.choice((1, 2, 40)) if small else 1):
                around.insert(around.index(node), _copy(node))
        case 2:
            there = random.choice(nodes)
            if there is not node and node not in list(there.iterancestors()):
                there.append(node)
        case 3:
            _wrap(node, random.choice(nodes).tag, random.choice((1, 5, 120)))
        case 4:
            node.tag = random.choice(nodes).tag
        case 5 if node.attrib:
            node.set(random.choice(sorted(node.attrib)), _xml(random.choice(STRANGE)))
        case 6:
            other = random.choice(nodes)
            for name, value in other.attrib.items():
                node.set(name, value)
        case _:
            node.text = _xml(random.choice(STRANGE)) * random.choice((1, 1, 500))


def _copy(node):
    return etree.fromstring(etree.tostring(node, with_tail=False))


def _wrap(node, tag, times):
    around, place = node.getparent(), node.getparent().index(node)
    outer = inner = etree.Element(tag)
    for _ in range(times - 1):
        inner = etree.SubElement(inner, tag)
    inner.append(node)
    around.insert(place, outer)


def _xml(text):
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)


# ---- web pages ------------------------------------------------------------------------------------------------------

RE_TAG = re.compile(rb"<[^<>]*>|[^<>]+|[<>]")
RE_VALUE = re.compile(rb"""=\s*("[^"]*"|'[^']*'|[^\s>]+)""")


def page(data, random, bits):
    """A page whose tags are gone, again, elsewhere, never closed, or hold other values."""
    pieces = RE_TAG.findall(data)
    if random.random() < 0.4:
        places = [n for n, piece in enumerate(pieces) if RE_VALUE.search(piece)]
        for place in random.sample(places, min(len(places), random.choice((1, 3)))):
            value = random.choice(STRANGE).encode("utf-8", "replace")
            pieces[place] = RE_VALUE.sub(lambda _, value=value: b'="' + value + b'"', pieces[place], count=1)
    if random.random() < 0.2:  # what opens is never closed
        name = random.choice([b"</p", b"</font", b"</div", b"</td", b"</a", b"</li", b"</span"])
        pieces = [piece for piece in pieces if not piece.startswith(name)]
    return b"".join(rows(pieces, random, bits))[:LARGEST]


# ---- PDF ------------------------------------------------------------------------------------------------------------

RE_OBJECT = re.compile(rb"\d+ \d+ obj\b.*?endobj\s*", re.DOTALL)
RE_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
RE_TOKEN = re.compile(rb"\((?:[^()\\]|\\.)*\)|<<|>>|<[0-9A-Fa-f\s]*>|[\[\]]|/?[^\s()<>\[\]/]+|\s+|/", re.DOTALL)
RE_FIGURE = re.compile(rb"-?\d*\.?\d+")


def objects(data, random, bits):
    """A PDF whose objects are gone, again, point elsewhere, or draw something else; its streams stay packed."""
    found = RE_OBJECT.findall(data)
    if not found:
        return data
    head, tail = data[: data.find(found[0])], data[data.rfind(found[-1]) + len(found[-1]) :]
    for _ in range(random.choice((1, 1, 2, 4))):
        place = random.randrange(len(found))
        found[place] = _change_object(found[place], random, bits)
    if random.random() < 0.2:
        found = rows(found, random, [random.choice(found)])
    body = head + b"".join(found)
    if random.random() < 0.5:  # no table of places: the reader finds the objects itself
        tail = tail[max(0, tail.find(b"trailer")) :]
    return (body + tail)[: 2 * LARGEST]


def _change_object(item, random, bits):
    stream = RE_STREAM.search(item)
    if stream is None or random.random() < 0.3:
        head = item[: stream.start()] if stream else item
        return _change_tokens(head, random, bits) + item[len(head) :]
    content = stream[1]
    try:
        content = zlib.decompress(content)
    except zlib.error:
        return item
    changed = _change_tokens(content, random, bits)[:LARGEST]
    packed = zlib.compress(changed, 1)
    head = re.sub(rb"/Length \d+(?: 0 R)?", b"/Length %d" % len(packed), item[: stream.start()])
    return head + b"stream\n" + packed + b"\nendstream" + item[stream.end() :]


def _change_tokens(content, random, bits):
    tokens = RE_TOKEN.findall(content)
    if random.random() < 0.5:
        figures = [n for n, token in enumerate(tokens) if RE_FIGURE.fullmatch(token)]
        for place in random.sample(figures, min(len(figures), random.choice((1, 2, 10)))):
            tokens[place] = random.choice(
                [b"0", b"-1", b"1", b"3", b"1e9", b"-99999", b".00001", b"99999999999", b"NaN"]
            )
        if figures:
            return b"".join(tokens)
    return b"".join(rows(tokens, random, bits)) if tokens else content


# ---- text in blocks, fields in lines --------------------------------------------------------------------------------


def blocks(data, random, bits):
    """Paragraphs, or lines, gone, again, elsewhere, deeper than they were, with other marks before them."""
    mark = b"\n\n" if random.random() < 0.7 else b"\n"
    pieces = data.split(mark)
    if random.random() < 0.3:
        at, end = _cut(random, len(pieces))
        depth = random.choice([b"  ", b"    ", b"\t", b"- ", b"> ", b"1. ", b"a) ", b"* "]) * random.choice((1, 2, 30))
        pieces[at:end] = [depth + piece for piece in pieces[at:end]]
    return mark.join(rows(pieces, random, bits))[:LARGEST]


RE_FIELD = re.compile(rb"^([ \t]*[\w-]+[ \t]*[:=])[ \t]*(.*)$", re.MULTILINE)


def fields(data, random, bits):
    """``key: value`` or ``key = value``, line by line: other values, keys twice, keys deeper, lines that are none."""
    lines = data.split(b"\n")
    for _ in range(random.choice((1, 1, 2, 4))):
        places = [n for n, line in enumerate(lines) if RE_FIELD.match(line)]
        if not places:
            break
        place = random.choice(places)
        key, value = RE_FIELD.match(lines[place]).groups()
        strange = random.choice(STRANGE).encode("utf-8", "replace")
        match random.randrange(6):
            case 0:
                lines[place] = key + b" " + strange
            case 1:
                lines[place] = key + b" " + json.dumps(strange.decode()).encode()
            case 2:
                lines[place] = b"  " * random.choice((1, 40)) + key + b" " + value
            case 3:
                lines[place] = (
                    key + b" " + random.choice([b"", b"|", b">-", b"[", b"{", b"&a", b"*a", b"!!binary x", b"<<"])
                )
            case 4:
                opened = random.choice([b"[", b"{a: ", b"- ", b"[[", b'"', b"'"])
                lines[place] = key + b" " + opened * random.choice((1, 30, 3000))
            case _:
                lines[place] = lines[place] + b"\n" + random.choice(lines)
    if random.random() < 0.3:
        lines = rows(lines, random, bits)
    return b"\n".join(lines)[:LARGEST]


# ---- JSON -----------------------------------------------------------------------------------------------------------


def values(data, random):
    """JSON whose values are of another type, missing, again, or somewhere else; it stays JSON, behind what opens it."""
    start = 0 if data.startswith((b"{", b"[")) else data.index(b"\n") + 1
    whole = json.loads(data[start:])
    for _ in range(random.choice((1, 1, 2, 5))):
        places = list(_places(whole))
        if not places:
            break
        around, key = random.choice(places)
        other_around, other_key = random.choice(places)
        match random.randrange(6):
            case 0:
                around[key] = random.choice(NUMBERS)
            case 1:
                around[key] = random.choice(STRANGE).encode("utf-8", "replace").decode()
            case 2:
                around[key] = random.choice([None, True, [], {}, [[]], {"": None}])
            case 3:
                del around[key]
            case 4:
                around[key] = json.loads(json.dumps(other_around[other_key]))
            case _:
                value = around[key]
                for _ in range(random.choice((1, 3, 400))):
                    value = [value]
                around[key] = value
                break
    return data[:start] + json.dumps(whole, ensure_ascii=False).encode("utf-8", "replace")


def _places(value):
    """Every container and key below a value, at most 3,000 of them."""
    stack, count = [value], 0
    while stack and count < 3000:
        item = stack.pop()
        keys = list(item) if isinstance(item, dict) else range(len(item)) if isinstance(item, list) else ()
        for key in keys:
            count += 1
            yield item, key
            if isinstance(item[key], dict | list):
                stack.append(item[key])
