"""What tells pictures of a screen: their names, and the sizes of screens."""

from desktop_app.engine.store.names import words_of

NAMES = (
    "screenshot", "screen shot", "screencap", "screencapture", "screen capture", "bildschirmfoto",
    "capture d'écran", "captura", "schermata", "schermafbeelding", "skärmbild", "skærmbillede",
    "skjermbilde", "näyttökuva", "zrzut ekranu", "snímek obrazovky", "képernyőkép",
    "ekran görüntüsü", "ekran alıntısı", "снимок экрана", "знімок екрана", "スクリーンショット",
    "截屏", "截图", "螢幕截圖", "屏幕截图", "스크린샷",
)  # fmt: skip
"""As Windows, macOS, GNOME, KDE, Android and iOS call them; more may follow in the same word."""

SIZES = (
    # Computers.
    (1024, 768), (1280, 720), (1280, 800), (1280, 1024), (1360, 768), (1366, 768), (1440, 900),
    (1600, 900), (1600, 1200), (1680, 1050), (1920, 1080), (1920, 1200), (2048, 1152),
    (2160, 1440), (2256, 1504), (2304, 1440), (2496, 1664), (2560, 1080), (2560, 1440),
    (2560, 1600), (2560, 1664), (2736, 1824), (2880, 1620), (2880, 1800), (2880, 1864),
    (2880, 1920), (3000, 2000), (3024, 1964), (3072, 1920), (3200, 1800), (3200, 2000),
    (3240, 2160), (3440, 1440), (3456, 2234), (3840, 1080), (3840, 1600), (3840, 2160),
    (3840, 2400), (4096, 2304), (4480, 2520), (5120, 1440), (5120, 2160), (5120, 2880),
    (6016, 3384), (7680, 4320),
    # Telephones and tablets.
    (480, 320), (800, 480), (854, 480), (960, 540), (960, 640), (1136, 640), (1334, 750),
    (1480, 720), (1520, 720), (1560, 720), (1600, 720), (1612, 720), (1792, 828), (2160, 1080),
    (2208, 1242), (2220, 1080), (2240, 1080), (2244, 1080), (2280, 1080), (2310, 1080),
    (2340, 1080), (2400, 1080), (2408, 1080), (2412, 1080), (2424, 1080), (2436, 1125),
    (2532, 1170), (2556, 1179), (2622, 1206), (2688, 1242), (2712, 1220), (2778, 1284),
    (2796, 1290), (2868, 1320), (2856, 1280), (2960, 1440), (2992, 1344), (3040, 1440),
    (3088, 1440), (3120, 1440), (3168, 1440), (3200, 1440), (2000, 1200), (2048, 1536),
    (2224, 1668), (2266, 1488), (2360, 1640), (2388, 1668), (2420, 1668), (2732, 2048),
    (2752, 2064), (2800, 1752), (2960, 1848),
)  # fmt: skip
"""Width and height in pixels, lying; as makers give them for what was sold since 2010."""

_MOST_PX = 1 << 16


def words_query() -> str:
    """What finds their names in the index of words: each a phrase whose last word may go on."""
    phrases = [" ".join(words_of(name)) for name in NAMES]
    return " OR ".join(f'"{phrase}" *' for phrase in phrases)


def size_condition() -> str:
    """SQL that is true of pictures as large as a screen, standing or lying."""
    sizes = {*SIZES, *((height, width) for width, height in SIZES)}
    numbers = ",".join(str(width * _MOST_PX + height) for width, height in sorted(sizes))
    return f"width_px < {_MOST_PX} AND width_px * {_MOST_PX} + height_px IN ({numbers})"
