import pytest

from native_libraries import find_library, read_native_libraries

LIBRARIES = read_native_libraries()


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("pillow.libs/libjpeg-6dc8d115.so.62.4.0", "libjpeg-turbo"),
        ("PIL/.dylibs/libjpeg.62.4.0.dylib", "libjpeg-turbo"),
        ("libz.so.1", "zlib"),
        ("libzstd-40ad5e7e.so.1.5.7", "Zstandard"),
        ("libxcb-9065bb12.so.1.1.0", "libxcb"),
        ("libxcb-render.so.0", "libxcb"),
        ("libxcb-render-util.so.0", "xcb-util-renderutil"),
        ("libxcb-cursor.so.0", "xcb-util"),
        ("libX11.so.6", "libX11"),
        ("libgfortran-040039e1-0352e75f.so.5.0.0", "GCC runtime"),
        ("PySide6/Qt/lib/libicudata.so.73", "ICU"),
        ("libcrypto-3-x64.dll", "OpenSSL"),
        ("VCRUNTIME140_1.dll", "Microsoft runtime"),
    ],
)
def test_a_library_is_known_by_its_name(path: str, name: str) -> None:
    library = find_library(path, LIBRARIES)

    assert library is not None
    assert library.name == name


@pytest.mark.parametrize(
    "path",
    [
        "libreadline.so.8",
        "libx265.so.199",
        "PIL/_imaging.cpython-311-x86_64-linux-gnu.so",
        "PySide6/Qt/lib/libQt6Core.so.6",
        "libzebra.so.1",
    ],
)
def test_others_are_not(path: str) -> None:
    assert find_library(path, LIBRARIES) is None


def test_what_is_compiled_in_is_known_by_what_is_around_it() -> None:
    def within(path: str) -> set[str]:
        return {library.name for library in LIBRARIES if library.is_within(path)}

    assert {"dav1d", "AOM AV1 codec", "libyuv"} <= within("pillow.libs/libavif-c6062d5f.so.16.4.2")
    assert {"PCRE2", "double-conversion", "zlib"} <= within("PySide6/Qt/lib/libQt6Core.so.6")
    assert {"FreeType", "HarfBuzz", "libpng"} <= within("PySide6/Qt6Gui.dll")
    assert within("numpy/random/_pcg64.so") == set()


def test_every_entry_says_where_it_may_be_and_why() -> None:
    names = [library.name for library in LIBRARIES]
    assert len(names) == len(set(names))
    for library in LIBRARIES:
        assert library.files or library.within, library.name
        assert library.website.startswith("http"), library.name
        assert library.copyright, library.name
        assert library.because, library.name
        for pattern in (*library.files, *library.within):
            assert pattern == pattern.lower(), library.name
