"""YAML is read as it was typed, every value knows where it stands, and what could go wrong silently is said."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbot.bank.problems import MOST, Problems
from quizbot.bank.read import Fields, Items, Node, Text, read


def plain(node: Node | None) -> Any:
    """Return the data alone, without places."""
    match node:
        case Text():
            return node.value
        case Items():
            return [plain(value) for value in node.values]
        case Fields():
            return {key: plain(value) for key, value in node.values.items()}
        case None:
            return None


def said(data: bytes | str, *, pure: bool = False) -> list[str]:
    """Return what is wrong with a file."""
    problems = Problems("bank.yaml")
    read(data if isinstance(data, bytes) else data.encode(), problems, pure=pure)
    return [str(problem) for problem in problems.all()]


def value(text: str, *, pure: bool = False) -> Any:
    problems = Problems("bank.yaml")
    node = read(text.encode(), problems, pure=pure)
    assert not problems.all()
    return plain(node)


@pytest.fixture(params=[False, True], ids=["libyaml", "pure"])
def pure(request: pytest.FixtureRequest) -> bool:
    """Both parsers: PyYAML is installed without libyaml on some machines."""
    return bool(request.param)


def test_every_scalar_stays_the_text_that_was_typed(pure: bool) -> None:
    text = "[yes, no, on, 1.0, 012, 1e3, 0x1F, 12:30:00, 2020-01-01, ~, null, .nan, 1_000, Norway: no, '']"
    assert value(text, pure=pure) == (
        [*"yes no on 1.0 012 1e3 0x1F 12:30:00 2020-01-01 ~ null .nan 1_000".split(), {"Norway": "no"}, ""]
    )


def test_only_an_empty_unquoted_value_is_missing(pure: bool) -> None:
    node = read(b"a:\nb: ''\nc: null\n", Problems("f"), pure=pure)
    assert isinstance(node, Fields)
    assert [text.missing for text in node.values.values() if isinstance(text, Text)] == [True, False, False]


def test_every_value_and_key_knows_its_line_and_column(pure: bool) -> None:
    node = read("ü: [a,  {b: c}]\n\nlong: >\n  text\n".encode(), Problems("f"), pure=pure)
    assert isinstance(node, Fields)
    listed = node.values["ü"]
    assert isinstance(listed, Items)
    inner = listed.values[1]
    assert isinstance(inner, Fields)
    assert (listed.line, listed.column) == (1, 4)
    assert (inner.line, inner.column) == (1, 9)
    assert (inner.values["b"].line, inner.values["b"].column) == (1, 13)
    assert (node.keys["long"].line, node.keys["long"].column) == (3, 1)
    assert (node.values["long"].line, node.values["long"].column) == (3, 7)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_an_editor_counts_them(ends: str, pure: bool) -> None:
    node = read(f"a: 1{ends}{ends}b: 2{ends}".encode(), Problems("f"), pure=pure)
    assert isinstance(node, Fields)
    assert node.keys["b"].line == 3


def test_a_byte_order_mark_is_no_part_of_the_text(pure: bool) -> None:
    assert plain(read(b"\xef\xbb\xbfa: b", Problems("f"), pure=pure)) == {"a": "b"}


def test_an_empty_file_is_nothing_and_no_error(pure: bool) -> None:
    for text in ("", "   \n", "# only a comment\n", "---\n"):
        assert value(text, pure=pure) in (None, "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a: &x [1]\nb: *x\n", ["1:4: “&x” is a YAML anchor", "2:4: “*x” is a YAML alias"], id="alias"),
        pytest.param("a: &x b\n", ["1:4: “&x” is a YAML anchor"], id="anchor"),
        pytest.param("a: !!python/object/apply:os.system [ls]\n", ["1:4: “tag:yaml.org,2002:python/"], id="python"),
        pytest.param("a: !important\n", ["1:4: “!important” is a YAML tag"], id="tag"),
        pytest.param("a: 1\n---\nb: 2\n", ["2:1: a second document begins here"], id="documents"),
        pytest.param(
            "a: 1\nb: 2\na: 3\n", ["3:1: the key “a” stands here a second time (first in line 1)"], id="twice"
        ),
        pytest.param("a:\n\tb: 1\n", ["2:1: a tab; indent with spaces"], id="tab"),
        pytest.param("a:\n  \t- b\n\t- c\n", ["2:3: a tab", "3:1: a tab"], id="tabs"),
        pytest.param("a: x\x1b[31m\nb: y\x00\n", ["1:5: a control character (U+001B)", "2:5: "], id="control"),
        pytest.param("a: x\u2028y\n", ["1:5: a control character (U+2028)"], id="line separator"),
        pytest.param('a: "\\e[31mred"\n', ["1:4: an escape in double quotes makes a control character"], id="escape"),
        pytest.param("? [a, b]\n: c\n", ["1:3: a list or mapping where a key is meant"], id="complex key"),
        pytest.param("a: one: two\n", ["1:7: “: ” inside an unquoted text begins a mapping"], id="colon"),
        pytest.param('a: "open\nb: c\n', ["1:4: a quote is opened here and never closed"], id="quote"),
        pytest.param(
            "a: [b, c\nd: e\n", [" a list in [ ] is not closed, or holds text that needs quotes"], id="bracket"
        ),
        pytest.param("a: [b, c\n", [" is not closed, or holds text that needs quotes"], id="bracket at the end"),
        pytest.param("a: [\n", [" is not closed, or holds text that needs quotes"], id="bracket alone"),
        pytest.param("a: [[CLS] token]\n", [" is not closed, or holds text that needs quotes"], id="brackets in text"),
        pytest.param("a: {b: c\nd\n", [" a mapping in { } is not closed"], id="brace"),
        pytest.param("a:\n  - b\n c: d\n", [": "], id="list indentation"),
        pytest.param("a: *.py\n", ["1:5: “*” and “&” have a meaning in YAML"], id="star"),
        pytest.param("a: - b\n", ["1:4: a list begins in a line of its own"], id="list in a line"),
        pytest.param("a: [x, !!y|z]\n", [": “!” begins a tag in YAML; put the text in quotes"], id="exclamation marks"),
        pytest.param("a: ? b\n", ["1:4: “? ” begins a key in YAML"], id="question mark"),
        pytest.param("% \na: b\n", [": a line may not begin with “%”"], id="percent"),
        pytest.param("a: b\n...\nc: d\n", ["3:1: the file ends before this"], id="dots"),
        pytest.param(
            "a: [“b, c”]\n", ["1:5: a curly quote is opened here and never closed"], id="curly quote in a list"
        ),
        pytest.param("a: > b\n", ["1:6: a text after “|” or “>” begins in the next line"], id="folded text in a line"),
        pytest.param("- [a, b]]\n", ["1:9: this does not fit what is before it"], id="bracket too many"),
        pytest.param("a: 'it's'\n", ["1:8: this does not fit what is before it"], id="apostrophe"),
        pytest.param("a: b\nc\n", ["a key without “:”"], id="no colon"),
        pytest.param("a: `b`\n", ["1:4: a text may not begin with this character"], id="backtick"),
        pytest.param('a: "\\w+"\n', [": a backslash means something in double quotes"], id="backslash"),
        pytest.param("a: 1\n   b: 2\n", ["2:5: "], id="indentation"),
        pytest.param("%YAML 9.1\n---\na: b\n", [": "], id="version"),
    ],
)
def test_what_yaml_would_make_something_else_of_is_refused(text: str, expected: list[str], pure: bool) -> None:
    found = said(text, pure=pure)
    assert len(found) == len(expected), found
    for message, part in zip(found, expected, strict=True):
        assert message.startswith("bank.yaml:")
        assert part in message


def test_an_alias_bomb_is_refused_at_its_first_alias(pure: bool) -> None:
    layers = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    found = said(f"a0: &a0 [lol]\n{layers}", pure=pure)
    assert found[-1].startswith("bank.yaml:2:10: “*a0” is a YAML alias")


def test_a_file_that_is_too_large_is_refused_before_it_is_parsed() -> None:
    assert said(b"[" * 50_000_000) == [
        "bank.yaml:1:1: the file is larger than 5 MB, the most that a bank may have; split it"
    ]


def test_deep_nesting_is_refused_and_does_not_crash(pure: bool) -> None:
    assert "nested deeper than 32 levels" in said("[" * 30_000, pure=pure)[0]
    assert "nested deeper than 32 levels" in said("- " * 30_000, pure=pure)[0]
    assert "nested deeper than 32 levels" in said("[" * 33 + "a" + "]" * 33, pure=pure)[0]
    assert value("[" * 32 + "a" + "]" * 32, pure=pure)


def test_what_is_not_utf8_says_where() -> None:
    assert said(b"a: b\nc: caf\xe9\n") == ["bank.yaml:2:7: this is not UTF-8 text; save the file as UTF-8"]
    assert "not UTF-8" in said("a: b".encode("utf-16"))[0]


def test_a_file_of_rubbish_gives_a_few_messages_and_no_million() -> None:
    assert len(said(b"\x00\n" * 100_000)) == 21
    assert len(said("\ta\n" * 100_000)) == 20
    duplicates = said("a: b\n" * 100_000)
    assert len(duplicates) == MOST + 1
    assert duplicates[-1].endswith("and 99,499 more problems in this file")


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("ask: Explain F1 #2", 17),
        ("ask: Explain F1 # 2", 17),
        ("ask: Explain F1 #", 17),
        ("ask: C #", 8),
        ("- what is C #and C++\n- next", 13),
        ("[one two #three\n]", 10),
        ("ask: over two\n  lines of #text", 12),
    ],
)
def test_a_comment_that_cuts_a_text_short_is_an_error_at_its_place(text: str, column: int, pure: bool) -> None:
    (message,) = said(text, pure=pure)
    line = 2 if "lines" in text else 1
    assert message.startswith(f"bank.yaml:{line}:{column}: “ #” begins a comment, so the text ends before it")


@pytest.mark.parametrize(
    "text",
    [
        "# a line of its own\na: b",
        "a: b\n  # indented",
        "a: some words  # two spaces before",
        "a: entry # a word, then a comment",
        "a: 2 #number",
        "a: 'quoted #text'",
        'a: "quoted #text"',
        "a: >\n  folded #text stays\n",
        "a: |\n  literal #text stays\n",
        "a: 'over two\n  lines #text'",
        "a: [b, c] # after a list",
        "a: # before a list\n  - b",
        "a: C#",
        "a: x#y z",
    ],
)
def test_a_comment_that_is_meant_stays_one(text: str, pure: bool) -> None:
    assert said(text, pure=pure) == []


@pytest.mark.parametrize("text", ["a: “b” c", "a: „b“", "a: «b»", "a: [“b c”, d]", "a: '“b'", "a: ’tis b", "a: b “c"])
def test_curly_quotes_that_are_closed_are_letters(text: str, pure: bool) -> None:
    assert said(text, pure=pure) == []


def test_a_tab_that_indents_nothing_is_a_space(pure: bool) -> None:
    assert value("a:\tb\tc  \n\t\nd: 'e\tf'\n\t# comment\n", pure=pure) == {"a": "b c", "d": "e f"}


scalars = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=8)
documents = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(scalars, inner, max_size=4),
    max_leaves=12,
)


@given(documents, st.sampled_from([None, "'", '"', "|", ">"]), st.booleans())
def test_both_parsers_read_the_same(data: object, style: str | None, flow: bool) -> None:
    import yaml

    text = yaml.safe_dump(data, default_style=style, default_flow_style=flow, allow_unicode=True)
    fast, slow = Problems("f"), Problems("f")
    assert plain(read(text.encode(), fast)) == plain(read(text.encode(), slow, pure=True))
    assert fast.all() == slow.all()


@given(
    st.binary(max_size=200) | st.text(alphabet="ab:-#[]{}'\"\n\t &*!|>%@?,\\\r\x85\ufeff", max_size=60).map(str.encode)
)
def test_any_bytes_give_data_or_problems(data: bytes) -> None:
    for pure in (False, True):
        problems = Problems("f")
        node = read(data, problems, pure=pure)
        assert node is None or isinstance(node, (Text, Items, Fields))
        for problem in problems.all():
            assert problem.place.line >= 1
            assert problem.place.column >= 1
            assert "\n" not in problem.message
