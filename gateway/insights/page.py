"""The insights page: each figure with its definition beside it. Pure: figures in, HTML out."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from gateway.html import DOCTYPE, Html, element, joined
from gateway.insights import definitions
from gateway.insights.figures import Figures, Share, Times
from gateway.insights.plots import bar, columns
from gateway.insights.words import duration, name, percent

_TITLE: Final = "Insights"
_SPANS: Final = {"7 days": 7, "28 days": 28, "92 days": 92}
_COLOURS: Final = 6


def render(figures: Figures, *, today: date, problem: str = "") -> str:
    """Return the whole page; `problem` says what was wrong with the days that were asked for."""
    noted = (element("p", problem, class_="problem", role="alert"),) if problem else ()
    body = element(
        "body",
        element(
            "header",
            element("a", "Desk", href="/desk", class_="back"),
            element("h1", _TITLE),
            element("p", definitions.PAGE),
            class_="top",
        ),
        element("main", _chosen(figures, today), *noted, *_shown(figures)),
    )
    return DOCTYPE + element("html", _head(), body, lang="en-AU")


def _shown(figures: Figures) -> Sequence[Html]:
    if not figures.conversations:
        return _to_come()
    return (_headlines(figures), *_sections(figures))


def _head() -> Html:
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", _TITLE),
        element("link", rel="icon", href="/assets/shop/icon.svg", type="image/svg+xml"),
        element("link", rel="stylesheet", href="/assets/insights/insights.css"),
    )


def _chosen(figures: Figures, today: date) -> Html:
    first, last = figures.first.isoformat(), figures.last.isoformat()
    spans = [
        element("a", label, href=f"/insights?from={today - timedelta(days=days - 1)}&to={today}")
        for label, days in _SPANS.items()
    ]
    table = element(
        "a", "Table (CSV)", href=f"/v1/desk/insights.csv?from={first}&to={last}", download=""
    )
    form = element(
        "form",
        _day_field("From", "from", first),
        _day_field("To", "to", last),
        element("button", "Show", type="submit"),
        action="/insights",
    )
    links = element("p", *(joined(one, " ") for one in (*spans, table)), class_="links")
    return element("nav", form, links, aria_label="Days", class_="days")


def _day_field(label: str, field: str, value: str) -> Html:
    written = element("input", type="date", name=field, value=value)
    return element("label", label, " ", written)


def _headlines(figures: Figures) -> Html:
    values = (
        f"{figures.conversations:,}",
        percent(figures.resolved),
        percent(figures.handovers),
        percent(figures.ratings.satisfied),
        duration(figures.bot_answers.median),
        percent(figures.not_understood),
    )
    listed = [
        element(
            "li",
            element("h2", title),
            element("p", value, class_="value"),
            element("p", meaning, class_="meaning"),
        )
        for (title, meaning), value in zip(definitions.HEADLINES.items(), values, strict=True)
    ]
    return element("ul", *listed, class_="tiles")


def _sections(figures: Figures) -> Sequence[Html]:
    contents = (
        columns(figures.days, label="Conversations per day"),
        _problems(figures),
        _resolution(figures),
        _counts("Reasons", figures.handover_reasons),
        _times(figures),
        _counts("Ends of waiting", figures.queue_ends),
        _clocks(figures),
        _ratings(figures),
        _missed(figures),
    )
    return [
        _section(title, meaning, content)
        for (title, meaning), content in zip(definitions.SECTIONS.items(), contents, strict=True)
    ]


def _to_come() -> Sequence[Html]:
    """Return what will be shown, where there is nothing to show yet."""
    listed = {**definitions.HEADLINES, **definitions.SECTIONS}
    terms = [
        joined(element("dt", title), element("dd", meaning)) for title, meaning in listed.items()
    ]
    return (
        element("p", definitions.NOTHING_YET, class_="nothing"),
        element("dl", *terms, class_="to-come"),
    )


def _section(title: str, meaning: str, content: Html) -> Html:
    return element(
        "section", element("h2", title), element("p", meaning, class_="meaning"), content
    )


def _problems(figures: Figures) -> Html:
    channels = list(figures.channels)
    most = max((one.conversations for one in figures.problems.values()), default=0)
    rows = [
        (
            name(problem),
            str(one.conversations),
            bar(
                [
                    (number % _COLOURS, one.channels.get(channel, 0))
                    for number, channel in enumerate(channels)
                ],
                most=most,
            ),
            *(str(one.channels.get(channel, 0)) for channel in channels),
            percent(one.resolved),
        )
        for problem, one in figures.problems.items()
    ]
    named = [
        joined(element("span", class_=f"key part-{number % _COLOURS}"), " ", name(channel))
        for number, channel in enumerate(channels)
    ]
    return _table("Problems", ("Problem", "All", "", *named, "Resolved"), rows)


def _resolution(figures: Figures) -> Html:
    parts: Mapping[str, Share] = {
        "Answered": figures.answered,
        "No person needed": figures.without_agent,
        "Not back about the same order in 7 days": figures.without_recontact,
        "Resolved: all three": figures.resolved,
    }
    rows = [
        (label, percent(share), bar([(0, share.part)], most=share.whole))
        for label, share in parts.items()
    ]
    return _table("Parts of resolution", ("", "Share", ""), rows)


def _counts(label: str, counts: Mapping[str, int]) -> Html:
    most = max(counts.values(), default=0)
    rows = [
        (name(word), f"{count:,}", bar([(0, count)], most=most)) for word, count in counts.items()
    ]
    return _table(label, ("", "Count", ""), rows)


def _times(figures: Figures) -> Html:
    measured: Mapping[str, Times] = {
        "The assistant's answer": figures.bot_answers,
        "An agent's answer": figures.agent_answers,
        "In the queue until an agent came": figures.queue,
    }
    rows = [
        (label, f"{one.count:,}", duration(one.median), duration(one.p95), duration(one.longest))
        for label, one in measured.items()
    ]
    return _table("Times", ("", "Count", "Median", "95th percentile", "Longest"), rows)


def _clocks(figures: Figures) -> Html:
    labels = {"bot": "Assistant", "queue": "Queue", "agent": "Agents", "customer": "Customer"}
    most = round(max(figures.clocks.values(), default=0))
    rows = [
        (labels[clock], duration(seconds), bar([(0, round(seconds))], most=most))
        for clock, seconds in figures.clocks.items()
    ]
    return _table("Clocks", ("", "Mean per conversation", ""), rows)


def _ratings(figures: Figures) -> Html:
    mean = figures.ratings.mean
    average = "No ratings." if mean is None else f"Mean: {mean:.1f} of 5."
    scores = {f"{score} of 5": count for score, count in figures.ratings.scores.items()}
    return joined(element("p", average), _counts("Scores", scores))


def _missed(figures: Figures) -> Html:
    rows = [
        (name(channel), percent(share), bar([(0, share.part)], most=share.whole))
        for channel, share in figures.not_understood_channels.items()
    ]
    return _table("Not understood by channel", ("Channel", "Share of messages", ""), rows)


def _table(label: str, heading: Sequence[str], rows: Sequence[Sequence[str]]) -> Html:
    """Return a table that scrolls by itself where the page is narrow."""
    if not rows:
        return element("p", "None on these days.")
    head = element("tr", *(_heading(one) for one in heading))
    body = [
        element(
            "tr",
            element("th", row[0], scope="row"),
            *(element("td", cell) for cell in row[1:]),
        )
        for row in rows
    ]
    table = element("table", element("thead", head), element("tbody", *body))
    return element("div", table, class_="scrolls", tabindex="0", role="region", aria_label=label)


def _heading(text: str) -> Html:
    return element("th", text, scope="col") if text else element("td")
