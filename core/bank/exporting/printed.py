"""A level's questions as one page to print: A4, answers after each competency, nothing loaded from anywhere."""

import re
from collections.abc import Iterator, Sequence
from html import escape

from core.bank.exporting.entries import Entry, Option, Say, Wish, by_competency
from core.bank.exporting.html import html_of, html_of_code, html_of_spans, html_of_table
from core.bank.markdown import blocks, spans
from core.bank.truth import Kind

LETTERS = "ABCDEFGH"

_CSS = """
@page { size: A4; margin: 16mm 17mm 18mm; }
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 8mm 6mm; max-width: 186mm; background: #fff; color: #1b1b1b;
  font: 10.5pt/1.42 "Noto Sans", "DejaVu Sans", "Segoe UI", Arial, sans-serif; }
h1 { margin: 0 0 1mm; font-size: 20pt; line-height: 1.2; }
h2 { margin: 0 0 5mm; padding-bottom: 1.5mm; border-bottom: .6mm solid #1b1b1b; font-size: 15pt; }
h3 { margin: 0 0 3mm; font-size: 12pt; }
h4 { margin: 2mm 0 1mm; font-size: 10.5pt; }
p { margin: 0 0 1.5mm; }
a { color: inherit; text-decoration: none; }
.about, .how, .id { color: #5c5c5c; }
.how { font-style: italic; }
nav ol { columns: 2; column-gap: 10mm; margin: 2mm 0 0; padding-left: 6mm; }
nav { margin-bottom: 8mm; }
section { padding-top: 4mm; }
section + section { break-before: page; }
article { display: grid; grid-template-columns: 9mm 1fr; margin-bottom: 5.5mm; break-inside: avoid; }
article > .number { font-weight: 700; }
article > div { min-width: 0; }
.answers { margin-top: 9mm; padding-top: 4mm; border-top: .3mm dashed #8a8a8a; font-size: 9.5pt; }
.answers article { margin-bottom: 3.5mm; }
.answers h3 { break-after: avoid; }
ol.options { margin: 1mm 0 0; padding: 0; list-style: none; }
ol.options li { display: grid; grid-template-columns: 6.5mm 1fr; margin-bottom: .8mm; }
ol.options b { font-weight: 600; }
ul { margin: 1mm 0; padding-left: 5mm; }
.line { width: 70mm; height: 7mm; border-bottom: .25mm solid #8a8a8a; }
.line.wide { width: 100%; }
code { padding: 0 .6mm; border-radius: .6mm; background: #f1f1ee;
  font: .92em/1.35 "Noto Sans Mono", "DejaVu Sans Mono", Consolas, Menlo, monospace; overflow-wrap: anywhere; }
pre { margin: 1.5mm 0 2mm; padding: 2mm 3mm; border: .2mm solid #d5d5d0; border-radius: 1mm; background: #f8f8f5;
  white-space: pre-wrap; overflow-wrap: anywhere; break-inside: avoid; }
pre code { padding: 0; background: none; font-size: 9pt; }
table { margin: 1.5mm 0; border-collapse: collapse; break-inside: avoid; }
th, td { padding: .6mm 2.5mm; border: .2mm solid #b5b5b5; text-align: left; vertical-align: top; }
blockquote { margin: 1.5mm 0; padding-left: 3mm; border-left: .6mm solid #b5b5b5; }
@media print { body { padding: 0; max-width: none; } section { padding-top: 0; }
  body, pre, code { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""


def printed_level(level: int, entries: Sequence[Entry], wish: Wish, say: Say) -> str:
    """The HTML page of one level; `entries` are that level's."""
    topics = list(by_competency(entries))
    title = escape(say("export-title", level=level))
    about = "export-about" if entries else "export-nothing"
    contents = "".join(
        f'<li><a href="#t{number}">{html_of_name(name)}</a></li>' for number, (name, _) in enumerate(topics, 1)
    )
    body = "\n".join(_topic(number, name, asked, say) for number, (name, asked) in enumerate(topics, 1))
    return f"""<!doctype html>
<html lang="{wish.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>{_CSS}</style>
</head>
<body>
<h1>{title}</h1>
<p class="about">{escape(say(about, python=wish.python.label))}</p>
<nav><h3>{escape(say("export-contents"))}</h3><ol>{contents}</ol></nav>
{body}
</body>
</html>
"""


def _topic(number: int, name: str, asked: Sequence[Entry], say: Say) -> str:
    questions = "\n".join(_numbered(f"{place}.", _question(entry, say)) for place, entry in enumerate(asked, 1))
    answers = "\n".join(_numbered(f"{place}.", _answer(entry, say)) for place, entry in enumerate(asked, 1))
    return f"""<section id="t{number}">
<h2>{number}. {html_of_name(name)}</h2>
{questions}
<div class="answers">
<h3>{html_of_name(say("export-answers", name=name))}</h3>
{answers}
</div>
</section>"""


def html_of_name(name: str) -> str:
    """A competency's name: plain text in which backticks mark code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(name))


def _numbered(number: str, content: str) -> str:
    return f'<article><div class="number">{number}</div><div>{content}</div></article>'


def _question(entry: Entry, say: Say) -> str:
    parts = [html_of(blocks(entry.prompt))]
    if entry.code:
        parts.append(html_of_code(entry.code, "python"))
    if entry.kind not in (Kind.SINGLE, Kind.TRUTH):
        parts.append(f'<p class="how">{escape(say(f"export-kind-{entry.kind}"))}</p>')
    if entry.kind in (Kind.NUMBER, Kind.WORD):
        parts.append('<div class="line"></div>')
    elif entry.kind is Kind.RECALL:
        parts.append('<div class="line wide"></div>' * 3)
    else:
        parts.append(html_of_options(entry.shuffled))
    return "\n".join(parts)


def html_of_options(options: Sequence[Option]) -> str:
    """Options under their letters."""
    items = (
        f"<li><b>{letter}.</b><span>{html_of_spans(option.spans)}</span></li>"
        for letter, option in zip(LETTERS, options, strict=False)
    )
    return f'<ol class="options">{"".join(items)}</ol>'


def _answer(entry: Entry, say: Say) -> str:
    return "\n".join((*html_of_answer(entry), html_of(entry.explanation), *html_of_versions(entry, say)))


def html_of_answer(entry: Entry) -> Iterator[str]:
    """The right answer, and why each of the others is wrong, by their letters; nothing for `recall`."""
    letters = {option.key: letter for letter, option in zip(LETTERS, entry.shuffled, strict=False)}
    if entry.kind in (Kind.NUMBER, Kind.WORD):
        said = " · ".join(f"<code>{escape(answer)}</code>" for answer in (entry.answer, *entry.accept))
        yield f"<p><b>{said}</b></p>"
    elif entry.kind is not Kind.RECALL:
        between = " → " if entry.kind is Kind.ORDER else "<br>"
        right = entry.options if entry.kind is Kind.ORDER else [option for option in entry.shuffled if option.right]
        yield f"<p><b>{between.join(_lettered(option, letters, entry.kind) for option in right)}</b></p>"
        wrong = [option for option in entry.shuffled if option.why]
        if wrong:
            items = (f"<li>{_lettered(option, letters, entry.kind)}: {_why(option)}</li>" for option in wrong)
            yield f"<ul>{''.join(items)}</ul>"


def _why(option: Option) -> str:
    return html_of_spans(spans(option.why))


def _lettered(option: Option, letters: dict[str, str], kind: Kind) -> str:
    if kind is Kind.ORDER:
        return letters[option.key]
    return f"{letters[option.key]}. {html_of_spans(option.spans)}"


def html_of_versions(entry: Entry, say: Say) -> Iterator[str]:
    """The table of answers per version, where they differ."""
    if entry.versions:
        rows = ((each.versions, each.answer) for each in entry.versions)
        yield f'<p class="how">{escape(say("export-versions"))}</p>'
        yield html_of_table((say("export-version"), say("export-answer")), rows)
