"""Strings that no caller should send: hostile ones, random ones, real questions with mangled words."""

from collections.abc import Callable, Sequence

from hypothesis import strategies as st

# In whatever is meant to be run by an engine, a template or a browser.
CANARY = "zq7canary"
# What a template would show for `PRODUCT`, and the first line of a file that no path leads to.
SHOWN = ("1335417377", "root:x:0:0")
_PRODUCT = "7*190773911"

# fmt: off
INJECTIONS = (
    # Cypher
    f"' OR 1=1 // {CANARY}", f"'}}) DETACH DELETE n // {CANARY}", f"\" RETURN 1 AS {CANARY} //",
    f"CCGIU'}}) MATCH (n) DETACH DELETE n RETURN n /* {CANARY} */", f"x' UNION MATCH (n) RETURN n.{CANARY}//",
    f"`}}) CREATE (:{CANARY}) //", f"\\' CALL db.labels() YIELD label RETURN label // {CANARY}",
    f"$program {CANARY}", f"{{start: '{CANARY}'}}", f"\\u0027 RETURN 1 //{CANARY}", f"a\nCREATE (x:{CANARY})",
    f"' + apoc.load.json('http://{CANARY}.invalid/') + '", f"LOAD CSV FROM 'file:///{CANARY}' AS l RETURN l",
    f"*/ MATCH (n) SET n.{CANARY} = 1 /* clocks: r */", f"/* clocks: {CANARY} */",
    # SPARQL, SQL, shell
    f"> }} ; DROP ALL # {CANARY}", f"\"@en . ?s ?p ?o }} ; CLEAR DEFAULT ; #{CANARY}",
    f"<http://{CANARY}.invalid> a ?x", f"'; DROP TABLE entities; -- {CANARY}", f"$(touch {CANARY})",
    f"| cat /etc/passwd #{CANARY}", f"`id` && {CANARY}", f"# clocks: ?{CANARY}",
    # HTML and scripts
    f"<script>{CANARY}()</script>", f"\"><img src=x onerror={CANARY}()>", f"'><{CANARY} onload=1>",
    f"</title><{CANARY}>", f"<a href=javascript:{CANARY}()>x</a>", f"javascript:{CANARY}()//",
    f"<!--<{CANARY}>-->", f"]]><{CANARY}>", f"&lt;{CANARY}&gt;&#60;{CANARY}&#62;",
    f"\"onfocus={CANARY} autofocus=", f"</textarea></select><{CANARY}>", f"\u2028</script><{CANARY}>",
    f"+ADw-{CANARY}+AD4-",
    # templates and format strings
    f"{{{{{_PRODUCT}}}}}", f"${{{_PRODUCT}}}", f"#{{{_PRODUCT}}}", f"{{% print({_PRODUCT}) %}}",
    f"<%= {_PRODUCT} %>", "{0.__class__.__mro__}", "{question!r}{", "%s%s%n%x%(q)s", "{{config.items()}}",
    f"${{jndi:ldap://{CANARY}/a}}",
    # headers
    f"x\r\nSet-Cookie: {CANARY}=1\r\n\r\n<{CANARY}>", f"x\nLocation: //{CANARY}.invalid",
    f"\"; filename=\"{CANARY}",
)
ODD_TEXTS = (
    "", " ", "\t\r\n", "?", "'", '"', "`", "\\", "\\\\'", "''", '""', "\x00", "CCGIU\x00",
    "\x00\x01\x02\x1b[31m\x7f", "\ud800", "CCGIU\udfff", "\udc80\udcff", "\ufeffCCGIU", "\ufffe\uffff",
    "\U0010ffff", "%", "%00", "%ZZ", "%C0%AF", "+", "&", "=", ";", "#", "/", "//", "..", ".", "~", "-", "--",
    "//*", "/*", "*/", "<!--", "null", "None", "true", "NaN", "undefined", "[]", "{}", "[object Object]",
    # writing: right to left, combining, joined, wide, enclosed, ligatures that fold to many letters
    "\u202eUIGCC", "\u2066\u2067\u2068CCGIU", "\u200fمن يدعم CCGIU؟", "C\u0301\u0327C\u0308GIU",
    "Z" + "\u0300" * 400, "ＣＣＧＩＵ", "ⒸⒸⒼⒾⓊ", "\ufdfa" * 30, "ССGІU", "еТгасе", "ﬁrearms",
    "\u200bC\u200bC\u200dGIU", "👩‍👩‍👧‍👦" * 20, "ß" * 90, "İıſK", "１９", "²", "٢٠٢٣", "\u1680\u2003\u3000",
    "\u0085\u2028\u2029", "Ⅷ", "中文问题", "ʼnot", "ǰ" * 60, "\u3164",
    # length, depth, what makes a careless pattern or a careless cut slow
    "A" * 300, "a " * 250, "a" * 499 + "?", "," * 400, "," * 70 + " and " * 40, "(" * 499, "(such as " * 55,
    "[" * 450, "{" * 450, "<" * 450, "((a)" * 120, "a" * 60 + "!" * 60, "e.g." * 100, "'s" * 200,
    "a.a." * 110, "n't" * 120, "0" * 450, "the " * 120, "- " * 200, "—" * 400, "_" * 400, "&" * 300,
    "which " * 59, "which " * 61, "who what when where how " * 12, "the agency that " * 19,
    "both and but not " * 14, "(.+)+$", "^(a|a)*$", "(?R)", "\\1\\2", "[[:alpha:]]", ".*" * 200,
    # paths
    "../../../etc/passwd", "..%2f..%2fetc%2fpasswd", "....//....//etc/passwd", "/etc/passwd%00.json",
    "\\..\\..\\windows", "file:///etc/passwd", "http://127.0.0.1:1/", "//example.invalid/%2e%2e", ".json",
    ".html.json", "x.csl.json", "~root",
)
NUMBERS = (
    "0", "-0", "-1", "1", "2", "100", "1000", "1001", "1e3", "0x10", "1_000", "1.5", "+5", "007", "9" * 10,
    "9" * 19, "9223372036854775807", "9223372036854775808", "-9223372036854775809", "9" * 30, "9" * 400,
    "9" * 5000, "1e400", "inf", "-inf", "nan", "٣", "１２", " 7 ", "7\n", "१०", "½",
)
DATES = (
    "2023", "2023-11", "2023-11-16", "FY2023", "2022-10/2023-09", "2020/..", "../2020", "0000", "0001-01-01",
    "9999-12-31", "FY0000", "FY0001", "FY9999", "FY10000", "10000-01-01", "-0001", "-9999-01-01",
    "2023-02-30", "2023-13", "2023-00", "2023-11-16T25:00:00Z", "2023-11-16T10:00:00+99:99", "2023/2022",
    "../..", "/", "..", "../16/989", "2023?", "2023~", "2023-2X", "20XX", "XXXX", "XXXX-XX-XX", "2004-06-~11",
    "2001-21", "2001-21/2003", "Y17E7", "Y-1E70000002", "Y170000002", "1950S2", "1950S99999999",
    "{1667,1668,1670..1672}", "[..1760-12-03]", "[" * 90, "2023/" * 19, "2022-10/2023-0XXXXX-12-XX",
    "2023-11-16/1950S22004-06-~11", "FY ٢٠٢٣", "٢٠٢٣", "November 2023", "2023 \n", "-" * 90,
)
# As people write them: days that no calendar has, years the wrong way round, the ends of all time.
SAID_DATES = (
    "2023-02-29", "2023-06-31", "31 June 2023", "February 30, 2023", "Monday the 31st of April 2023",
    "29 February 1900", "2023-2020", "2023/2022", "2020-2023 2020-2023", "2023 and 2020", "FY2024 to FY2023",
    "FY00", "fiscal year 00", "0001-01-01", "9999-12-31", "31 December 2099", "1 January 1900", "2023-13",
    "00 May 2023", "2023 2023 2023", "1.2.2023", "13/13/2023", "the 1990s", "year 0", "2023-", "May May 2023",
)
_JOINING = (
    "and", "or", "but not", "and also", "that", "whose", "besides", ",", ";", "—", "in", "of the", "as of",
)
_BEFORE_DATES = (
    "in", "on", "of", "since", "before", "after", "by", "until", "from", "between", "during", "as of", "",
)
ACCEPTS = (
    "", "*/*", "text/html", "application/json", "text/csv", "application/x-ndjson", "text/plain", "image/*",
    "text/html;q=0.1, application/json;q=0", "application/x-bibtex", "*/*;q=0", "text/html;q=1e999",
    "application/vnd.citationstyles.csl+json", "text/html;level=1;q=x,,,;q", "a" * 5000, '"' * 300,
    ",".join(["a/b"] * 900),
)
# Deeper than any reader of JSON goes, not closed, twice the same name, no UTF-8.
BROKEN_JSON = (
    '{"q":' * 3000, "[" * 50_000, '{"a":1,"a":2}', '"\\ud800"', "{'a': 1}", "1e999", "NaN",
    '{"q0":{"query":"\\udfff"}}',
)
# Pieces of texts that are as long as a door lets them be.
REPEATED = ("a ", "x", "Security ", "CCGIU and ATF ", "2023-", "1,", ",", "a.", "(such as ", "\U0001f600")
# fmt: on
HOSTILE = (*INJECTIONS, *ODD_TEXTS, *NUMBERS, *DATES)

_LOOKALIKES = str.maketrans("acekiopstxyACEKMHOPTX", "асекіорѕтхуАСЕКМНОРТХ")


def _swapped(words: list[str], at: int, _: str) -> None:
    other = (at * 7 + 3) % len(words)
    words[at], words[other] = words[other], words[at]


def _deleted(words: list[str], at: int, _: str) -> None:
    del words[at]


def _doubled(words: list[str], at: int, _: str) -> None:
    words.insert(at, words[at])


def _glued(words: list[str], at: int, _: str) -> None:
    words[at : at + 2] = ["".join(words[at : at + 2])]


def _disguised(words: list[str], at: int, _: str) -> None:
    words[at] = words[at].translate(_LOOKALIKES)


def _misspelt(words: list[str], at: int, _: str) -> None:
    words[at] = words[at][1::-1] + words[at][2:]


def _replaced(words: list[str], at: int, other: str) -> None:
    words[at] = other


def _interrupted(words: list[str], at: int, other: str) -> None:
    words.insert(at, other)


def _run_on(words: list[str], at: int, _: str) -> None:
    words += [_JOINING[at % len(_JOINING)], *words]


_MANGLED: tuple[Callable[[list[str], int, str], None], ...] = (
    *(_swapped, _deleted, _doubled, _glued, _disguised, _misspelt, _replaced, _interrupted, _run_on),
)


@st.composite
def mangled(draw: st.DrawFn, questions: Sequence[str], others: Sequence[str]) -> str:
    """A question with words swapped, left out, doubled, run together, misspelt or put in from elsewhere."""
    words = draw(st.sampled_from(questions)).split()
    for _ in range(draw(st.integers(1, 5))):
        if words and len(words) < 70:
            change, at = draw(st.sampled_from(_MANGLED)), draw(st.integers(0, len(words) - 1))
            change(words, at, draw(st.sampled_from(others)))
    return " ".join(words)


@st.composite
def spliced(draw: st.DrawFn, questions: Sequence[str], names: Sequence[str]) -> str:
    """A long question: beginnings and ends of several and many names, with joining words between."""
    parts = []
    for _ in range(draw(st.integers(2, 12))):
        words = draw(st.sampled_from(questions)).rstrip("?").split()
        cut = draw(st.integers(0, len(words)))
        parts.append(draw(st.sampled_from([" ".join(words[:cut]), " ".join(words[cut:]), *[""] * 2])))
        parts.append(draw(st.sampled_from(names)))
        parts.append(draw(st.sampled_from(_JOINING)))
    return " ".join(part for part in parts if part)[: draw(st.integers(60, 500))]


@st.composite
def dated(draw: st.DrawFn, questions: Sequence[str]) -> str:
    """A question with one or several dates somewhere in it."""
    words = draw(st.sampled_from(questions)).rstrip("?").split()
    for _ in range(draw(st.integers(1, 2))):
        date = draw(st.sampled_from(SAID_DATES) | st.sampled_from(DATES))
        at = draw(st.integers(0, len(words)) | st.just(len(words)))
        words[at:at] = [draw(st.sampled_from(_BEFORE_DATES)), date]
    return " ".join(words)


def repeating(words: Sequence[str]) -> st.SearchStrategy[str]:
    """A question that says the same word or name again and again."""
    return st.builds(
        lambda begin, one, joining, times: f"{begin} {joining.join([one] * times)}"[:500],
        st.sampled_from(["", "Which agencies", "Who", "How many", "The"]),
        st.sampled_from(words),
        st.sampled_from([" ", *(f" {word} " for word in _JOINING)]),
        st.integers(2, 60),
    )


def anything(words: Sequence[str]) -> st.SearchStrategy[str]:
    """Hostile strings, alone or around a real word, and random ones; lone surrogates among them."""
    hostile, letters = st.sampled_from(HOSTILE), st.characters()
    around = st.tuples(st.sampled_from(words), hostile, st.sampled_from(["", " "]))
    return st.one_of(
        hostile,
        around.map(lambda three: three[2].join((three[0], three[1]))),
        around.map(lambda three: three[2].join((three[1], three[0]))),
        st.text(letters, max_size=60),
        st.text(st.sampled_from("'\"`\\<>(){}[];:,./?!*&%$#@~|^-_=+ \n\taAeE01"), max_size=80),
        st.builds(lambda one, times: (one * times)[:60_000], hostile, st.sampled_from([2, 20, 400])),
    )
