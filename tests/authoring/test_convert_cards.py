"""What other programs' files say becomes cards, and nothing of them is lost without a word."""

from __future__ import annotations

from textwrap import dedent
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbot.authoring.convert import READERS, read_cards
from quizbot.authoring.convert.cards import Carried, as_bank, slug
from quizbot.authoring.convert.html_text import html_to_text
from quizbot.bank.load import load_bank
from quizbot.bank.model import Vocabulary
from quizbot.bank.write import to_yaml
from quizbot.errors import QuizbotError


def carried(text: str, form: str) -> Carried:
    return read_cards(dedent(text), form)


def cards(found: Carried) -> list[tuple[str, str]]:
    return [(card.ask, card.answer) for card in found.cards]


def notes(found: Carried) -> str:
    return "\n".join(map(str, found.notes))


def test_a_header_names_the_columns_of_a_table():
    found = carried(
        """\
        level,Back,Front,also,also,colour
        senior,"Noise,
        mostly",What is variance?,It varies,Spread,red
        guru,b,a,,,
        ,,no answer,,,
        """,
        "csv",
    )
    assert cards(found) == [("What is variance?", "Noise,\nmostly"), ("a", "b")]
    assert found.cards[0].also == ("It varies", "Spread")
    assert [card.level for card in found.cards] == ["senior", ""]
    assert "line 1: the column “colour”" in notes(found)
    assert "line 4: the level “guru” is none of entry, mid, senior" in notes(found)
    assert "line 5: an answer to “no answer” is missing" in notes(found)


@pytest.mark.parametrize(("mark", "form"), [(",", "csv"), (";", "csv"), ("\t", "csv"), ("\t", "tsv")])
def test_a_table_without_a_header_has_two_columns(mark, form):
    assert cards(read_cards(f"Why?{mark}So.\nHow?{mark}Thus.\n", form)) == [("Why?", "So."), ("How?", "Thus.")]


def test_a_quote_that_is_never_closed_does_not_swallow_a_field_without_end():
    with pytest.raises(QuizbotError, match="cannot be read as a row"):
        read_cards('q,answer\n"' + "x" * 200_000, "csv")


def test_anki_text_says_its_own_columns():
    found = carried(
        "#separator:tab\n#html:true\n#notetype column:1\n#deck column:2\n#tags column:6\n"
        'Basic\tML::Eval\tWhat is <b>a</b>?<img src="x.png">\tIt is &lt;CLS&gt;<br>two [sound:a.mp3]\tmore\tt1 t2\n'
        "Cloze\tML\t{{c1::x}} y\t\t\t\n",
        "anki-text",
    )
    assert cards(found) == [("What is a?", "It is <CLS>\ntwo")]
    assert found.cards[0].topic == "ML/Eval"
    for said in (
        "line 6: an image (x.png)",
        "a sound (a.mp3)",
        "“field 3” is left out: “more”",
        "line 7: a cloze",
        "t1, t2",
    ):
        assert said in notes(found)


def test_markdown_has_marks_headings_or_numbers():
    assert cards(carried("# T\n**Q:** Why?\n**A:** So.\nMore.\n\nQ: How?\nA: Thus.\n", "markdown")) == [
        ("Why?", "So.\nMore."), ("How?", "Thus."),
    ]  # fmt: skip
    found = carried("# Title\nIntro.\n## Why?\nSo **very** so ![p](p.png)\n```\n# code\n```\n## Empty\n", "markdown")
    assert cards(found) == [("Why?", "So very so p\n```\n# code\n```")]
    assert found.title == "Title"
    for said in ("the text of the section “Title”", "an image is left out (p.png)", "an answer to “Empty” is missing"):
        assert said in notes(found)
    assert cards(carried("1. Why?\n   So.\n2) How?\n\n   Thus.\n", "markdown")) == [("Why?", "So."), ("How?", "Thus.")]


def test_gift_gives_its_short_answers_and_names_the_rest():
    found = carried(
        r"""
        // a comment
        $CATEGORY: $course$/top/ml/eval

        ::t:: What is overfitting\: in short? {=memorising noise =fits noise #good =%50%a gap}

        ::mc:: Pick {=a ~b}

        Sky is blue {T}

        2+2 is {#4}

        Match {=a -> b =c -> d}

        The {=gap \= difference} grows.

        Explain. {####Because of it.}
        """,
        "gift",
    )
    assert cards(found) == [
        ("What is overfitting: in short?", "memorising noise"),
        ("The _____ grows.", "gap = difference"),
        ("Explain.", "Because of it."),
    ]
    assert found.cards[0].also == ("fits noise",)
    assert found.cards[0].topic == "ml/eval"
    for said in (
        "“fits noise” is left out: “good”",
        "worth 50 %",
        "multiple-choice",
        "true-or-false",
        "numerical",
        "matching",
    ):
        assert said in notes(found)


MOODLE = """<?xml version="1.0"?><quiz>
<question type="category"><category><text>$course$/top/ml</text></category></question>
<question type="shortanswer"><name><text>n</text></name>
  <questiontext format="html"><text><![CDATA[<p>What is <b>X</b>?<img src="a.png"></p>]]></text></questiontext>
  <answer fraction="50"><text>half</text></answer>
  <answer fraction="100"><text>Y</text><feedback><text>ok</text></feedback></answer>
  <answer fraction="100"><text>Z</text></answer><answer fraction="0"><text>*</text></answer></question>
<question type="multichoice"><name><text>m</text></name></question>
<question type="essay"><name><text>e</text></name><questiontext><text>Explain</text></questiontext>
  <graderinfo><text>Because</text></graderinfo></question></quiz>"""


def test_moodle_gives_short_answers_and_essays_with_information_for_graders():
    found = read_cards(MOODLE, "moodle")
    assert cards(found) == [("What is X?", "Y"), ("Explain", "Because")]
    assert found.cards[0].also == ("Z",)
    for said in ("question 1 “n”: an image (a.png)", "worth 50 %", "feedback to “Y”", "wildcard", "“multichoice”"):
        assert said in notes(found)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('<!DOCTYPE q [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><quiz>&b;</quiz>', "document type"),
        ('<!DOCTYPE q SYSTEM "file:///etc/passwd"><quiz/>', "document type"),
        ("<quiz>" + "<a>" * 100_000, "nests deeper"),
        ("<quiz>", "no well-formed XML"),
        ("<html/>", "no Moodle XML"),
    ],
)
def test_xml_with_a_bomb_or_without_a_quiz_is_refused(text, said):
    with pytest.raises(QuizbotError, match=said):
        read_cards(text, "moodle")


def test_ids_are_made_of_the_question_and_stay_the_same():
    found = carried(
        "question,answer,id\nWhy?,a,\nWhy?,b,\nWhy?,c,\nWhat is 过拟合?,d,\n过拟合,e,\nz,f,Of Mine\n", "csv"
    )
    made = [question["id"] for question in as_bank(found, "b", "", "")["questions"]]
    assert made == ["why", "why-2", "why-3", "what-is", slug("过拟合"), "of-mine"]
    assert slug("过拟合").startswith("question-")
    assert "“Of Mine” is no id here" in notes(found)


def test_html_becomes_lines_of_text():
    text, lost = html_to_text(
        "<p>a&nbsp;b</p><ul><li>c<li>d</ul><script>x()</script><!-- <b>y --><![if x]><pre>e\n  f</pre>&lt;b&gt; 1 < 2, a<b"
    )
    assert text == "a b\n\n- c\n- d\n\ne\n  f\n<b> 1 < 2, a<b"
    assert not lost


@pytest.mark.parametrize(
    "piece", ["<!--", "<a ", "</", "<![CDATA[", "&#", "<p>", "[", "![", "{{c1::", "=~", "**a", "\\{", "`", "::"]
)
@pytest.mark.parametrize("form", READERS)
def test_rubbish_takes_no_time(piece, form):
    started = perf_counter()
    try:
        read_cards((piece * 20_000)[:49_000], form)
        read_cards("::t::a{=" + (piece * 20_000)[:49_000] + "}", form)
    except QuizbotError:
        pass
    assert perf_counter() - started < 5  # a pattern that backtracks takes minutes


@pytest.mark.parametrize(
    "piece",
    [
        "<!--",
        "<a ",
        "</",
        "<![CDATA[",
        "<!",
        "&#",
        "<p a='",
        "<script>",
        "<?",
        "<p a='>",
        "<p a=>",
        "<p/>",
        "<p a=\">'",
        "</p a='>",
        "<a <b>",
        "<!-->",
        "<p ='",
    ],
)
def test_broken_html_takes_no_time(piece):
    started = perf_counter()
    html_to_text((piece * 25_000)[:49_000])
    assert perf_counter() - started < 5


PIECES = st.sampled_from(
    ["Q: ", "A: ", "# ", "1. ", "```", "\n", "\n\n", "::", "{", "}", "=", "~", "%50%", "#", "####", "$CATEGORY: ", "\\", ",",
     '"', "\t", "<b>", "<img>", "&amp;", "{{c1::a}}", "question", "answer", "#html:true\n", "#deck column:1\n", "why", "é", "\x1b[1m"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from(sorted(set(READERS) - {"moodle"})))
def test_whatever_is_read_makes_a_bank_without_problems(text, form):
    try:
        found = read_cards(text, form)
    except QuizbotError:
        return
    made = as_bank(found, "b", found.title, "")
    if made["questions"]:
        loaded = load_bank(to_yaml(made).encode(), "b.yaml", "file", Vocabulary())
        assert not loaded.problems, (text, [str(problem) for problem in loaded.problems])
