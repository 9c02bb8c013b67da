"""What the window says of files that are renamed, moved, thrown away, copied and exported."""

from pathlib import Path

from desktop_app.engine.records import (
    CopiesSummary,
    FailedFile,
    FileAction,
    FileProgress,
    FileSummary,
)
from desktop_app.ui.words import wording
from desktop_app.ui.words.engine_wording import told
from desktop_app.ui.words.language import tr


def undo_text(action: FileAction) -> str:
    """What the menu says after *Undo*."""
    return {
        FileAction.RENAME: tr("Files", "Rename"),
        FileAction.MOVE: tr("Files", "Move to folder"),
        FileAction.TRASH: tr("Files", "Move to trash"),
    }[action]


def doing(action: FileAction, progress: FileProgress) -> str:
    """What is going on."""
    text = {
        FileAction.RENAME: tr("Files", "Renaming {done} of {total}"),
        FileAction.MOVE: tr("Files", "Moving {done} of {total}"),
        FileAction.TRASH: tr("Files", "Moving {done} of {total} to the trash"),
    }[action]
    return counted(text, progress)


def job_title(action: FileAction) -> str:
    """What is going on, without numbers."""
    return {
        FileAction.RENAME: tr("Jobs", "Renaming pictures"),
        FileAction.MOVE: tr("Jobs", "Moving pictures"),
        FileAction.TRASH: tr("Jobs", "Moving pictures to the trash"),
    }[action]


def counted(text: str, progress: FileProgress) -> str:
    """Put the numbers of a progress into a sentence."""
    return text.format(done=wording.count(progress.done), total=wording.count(progress.total))


def outcome(summary: FileSummary) -> str:
    """What came of it, in one or two sentences."""
    done = len(summary.done)
    parts = [_done(summary, done)] if done or not summary.failed else []
    if summary.left and summary.action is FileAction.MOVE and not summary.is_undo:
        parts.append(_left(summary.left))
    if summary.cancelled:
        parts.append(tr("Files", "Stopped; what was done stays."))
    if summary.failed:
        parts.append(failures(summary.failed))
    return " ".join(parts)


def _done(summary: FileSummary, done: int) -> str:
    count = wording.count(done)
    if not done:
        return tr("Files", "Nothing had to be done.")
    if summary.is_undo:
        if summary.action is FileAction.RENAME and done == 1:
            name = Path(summary.done[0].new).name
            return tr("Files", "It is called {name} again.").format(name=name)
        if done == 1:
            return tr("Files", "1 picture is back.")
        return tr("Files", "{count} pictures are back.").format(count=count)
    if summary.action is FileAction.RENAME:
        return tr("Files", "Renamed to {name}.").format(name=Path(summary.done[0].new).name)
    if summary.action is FileAction.TRASH:
        if done == 1:
            return tr("Files", "1 picture moved to the trash.")
        return tr("Files", "{count} pictures moved to the trash.").format(count=count)
    folder = Path(summary.done[0].new).parent.name or str(Path(summary.done[0].new).parent)
    if done == 1:
        return tr("Files", "1 picture moved to {folder}.").format(folder=folder)
    return tr("Files", "{count} pictures moved to {folder}.").format(count=count, folder=folder)


def _left(left: int) -> str:
    if left == 1:
        return tr("Files", "It is in no folder of the library there.")
    return tr("Files", "They are in no folder of the library there.")


def failures(failed: tuple[FailedFile, ...]) -> str:
    """How many failed; why, where that is the same for all."""
    if len(failed) == 1:
        name = Path(failed[0].path).name
        return tr("Files", "Not {name}: {reason}").format(name=name, reason=told(failed[0].reason))
    count, reasons = wording.count(len(failed)), {told(one.reason) for one in failed}
    if len(reasons) == 1:
        text = tr("Files", "It could not be done with {count} pictures: {reason}")
        return text.format(count=count, reason=reasons.pop())
    return tr("Files", "It could not be done with {count} pictures.").format(count=count)


def exported(summary: CopiesSummary) -> str:
    """What came of an export into a folder."""
    folder = Path(summary.folder).name or summary.folder
    if summary.done == 1:
        parts = [tr("Files", "1 picture exported to {folder}.").format(folder=folder)]
    else:
        text = tr("Files", "{count} pictures exported to {folder}.")
        parts = [text.format(count=wording.count(summary.done), folder=folder)]
    if summary.stopped:
        parts.append(told(summary.stopped))
    if summary.cancelled:
        parts.append(tr("Files", "Stopped; what was done stays."))
    if summary.failed:
        parts.append(failures(summary.failed))
    return " ".join(parts)


def copied(count: int, left_out: int) -> str:
    """What was put on the clipboard."""
    if count == 1:
        return tr("Files", "1 file copied.")
    text = tr("Files", "{count} files copied.").format(count=wording.count(count))
    return f"{text} {too_many(left_out)}".strip()


def too_many(left_out: int) -> str:
    """That not all could be taken; empty where all were."""
    if not left_out:
        return ""
    text = tr("Files", "{count} more were left out: that is too many at once.")
    return text.format(count=wording.count(left_out))
