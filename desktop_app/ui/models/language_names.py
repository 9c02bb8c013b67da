"""What languages are called in the language of the window."""

from PySide6.QtCore import QLocale

from desktop_app.ui.words.language import tr


def language_name(identifier: str) -> str:
    """A language's name: ``English``, ``German``.

    Qt knows all names, but only in English, so the commonest are translated here.

    Args:
        identifier: Its code, such as ``de`` or ``zh-Hant``; comes back where it is none.
    """
    short = identifier.partition("-")[0]
    known = _names().get(short)
    if known is not None:
        return known
    language = QLocale.codeToLanguage(short)
    if language in (QLocale.Language.AnyLanguage, QLocale.Language.C):
        return identifier
    return QLocale.languageToString(language)


def _names() -> dict[str, str]:
    return {
        "ar": tr("Languages", "Arabic"),
        "bn": tr("Languages", "Bangla"),
        "cs": tr("Languages", "Czech"),
        "da": tr("Languages", "Danish"),
        "de": tr("Languages", "German"),
        "el": tr("Languages", "Greek"),
        "en": tr("Languages", "English"),
        "es": tr("Languages", "Spanish"),
        "fa": tr("Languages", "Persian"),
        "fi": tr("Languages", "Finnish"),
        "fr": tr("Languages", "French"),
        "he": tr("Languages", "Hebrew"),
        "hi": tr("Languages", "Hindi"),
        "hu": tr("Languages", "Hungarian"),
        "id": tr("Languages", "Indonesian"),
        "it": tr("Languages", "Italian"),
        "ja": tr("Languages", "Japanese"),
        "ko": tr("Languages", "Korean"),
        "nl": tr("Languages", "Dutch"),
        "no": tr("Languages", "Norwegian"),
        "pl": tr("Languages", "Polish"),
        "pt": tr("Languages", "Portuguese"),
        "ro": tr("Languages", "Romanian"),
        "ru": tr("Languages", "Russian"),
        "sv": tr("Languages", "Swedish"),
        "th": tr("Languages", "Thai"),
        "tr": tr("Languages", "Turkish"),
        "uk": tr("Languages", "Ukrainian"),
        "vi": tr("Languages", "Vietnamese"),
        "zh": tr("Languages", "Chinese"),
    }
