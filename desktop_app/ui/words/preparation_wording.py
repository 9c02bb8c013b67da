"""How far the preparation of another model is, and what came of it, in words."""

from desktop_app.engine.records import EmbedProgress, EmbedSummary, ModelInfo
from desktop_app.ui.words.language import tr
from desktop_app.ui.words.number_wording import count, plural
from desktop_app.ui.words.wording import capital, paused, sentence_name, the_builtin, time_left

_CUT_TITLE = 16


def embedding(
    state: EmbedProgress, answering: ModelInfo | None, *, is_paused: bool, reason: str = ""
) -> tuple[str, ...]:
    """How far a new model's preparation is, and which one answers meanwhile.

    Args:
        state: How far it is.
        answering: The model that answers now, None while it is not known.
        is_paused: Whether it is paused.
        reason: Why, a sentence, where it was not the user who paused it here.

    Returns:
        Wordings from long to short: the title goes before the figures, ``Preparing 26%`` is left.
    """
    texts = [
        _embedding(state, title, is_paused=is_paused) for title in (state.title, _cut(state.title))
    ]
    texts.append(_embedding(state, "", is_paused=is_paused))
    if reason.rstrip(".") not in ("", paused()):
        texts.insert(0, f"{reason.rstrip('.')}. {texts[0]}")
    percent = 100 * state.done // state.total if state.total else 0
    held = tr("Status", "Paused at {percent}%")
    shortest_one = held if is_paused else tr("Status", "Preparing {percent}%")
    longest = texts[0]
    if state.is_answering:
        without = tr("Status", "It answers already, without the rest.")
        follows = tr("Status", "It answers already; the rest follows.")
        longest += f" {without if is_paused else follows}"
    elif answering is not None:
        longest += f" {_answering(answering, is_paused=is_paused)}"
    return longest, *texts, shortest_one.format(percent=percent)


def _answering(model: ModelInfo, *, is_paused: bool) -> str:
    meanwhile = tr("Status", "{model} answers meanwhile.")
    text = meanwhile if is_paused else tr("Status", "{model} answers until then.")
    return text.format(model=sentence_name(model))


def _embedding(state: EmbedProgress, title: str, *, is_paused: bool) -> str:
    far = tr("Status", "{done} of {total}").format(done=count(state.done), total=count(state.total))
    if is_paused:
        named = tr("Status", "Preparing {model} is paused at {far}.")
        text = named if title else tr("Status", "Preparing is paused at {far}.")
        return text.format(model=title, far=far)
    if state.per_second:
        far += f", {time_left((state.total - state.done) / state.per_second)}"
    named = tr("Status", "Preparing {model}: {far}.")
    return (named if title else tr("Status", "Preparing: {far}.")).format(model=title, far=far)


def _capital(title: str) -> str:
    """A title at the beginning of a sentence; those of others are written as they write them."""
    return capital(title) if title == the_builtin() else title


def _cut(title: str) -> str:
    return title if len(title) <= _CUT_TITLE else f"{title[: _CUT_TITLE - 1].rstrip()}…"


def embedded(summary: EmbedSummary) -> str:
    """What the preparation of a model came to, in a sentence or two; empty where to nothing."""
    sentences = []
    if summary.switched:
        answers = tr("Models", "{model} answers from now on.")
        sentences.append(answers.format(model=_capital(summary.title)))
    if summary.failed and summary.switched:
        one = tr("Models", "{n} picture could not be prepared for it.")
        many = tr("Models", "{n} pictures could not be prepared for it.")
        sentences.append(plural(len(summary.failed), one, many))
    elif summary.failed:
        one = tr("Models", "{n} picture could not be prepared for {model}.")
        many = tr("Models", "{n} pictures could not be prepared for {model}.")
        sentences.append(plural(len(summary.failed), one, many, model=summary.title))
    if len(summary.silent) == 1:
        one = tr("Models", "{place} does not answer: what is kept of its pictures was used.")
        sentences.append(one.format(place=summary.silent[0]))
    elif summary.silent:
        many = tr("Models", "{n} folders do not answer: what is kept of their pictures was used.")
        sentences.append(many.format(n=count(len(summary.silent))))
    return " ".join(sentences)
