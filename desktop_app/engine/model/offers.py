"""The short list of models that can be downloaded, each pinned to one version of every file.

Nothing here is asked of a server: addresses, sizes and SHA-256 are part of the program, so that
what a user said yes to is what arrives, or nothing is. A revision is a commit of the repository;
what it names cannot change. To move an entry to a newer one, change all of its figures together.

Only what the program reads is listed: no weights of other formats, no code.
"""

from dataclasses import dataclass

from desktop_app.engine.phrases import phrase
from desktop_app.engine.records import ModelOffer

DEFAULT_ENDPOINT = "https://huggingface.co"


@dataclass(frozen=True, slots=True)
class OfferedFile:
    """A file of an offered model.

    Attributes:
        path: In the repository and in the model's folder, with ``/`` between its parts.
        size_bytes: Its size.
        sha256: Digest of its content, in hex.
    """

    path: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class OfferedModel:
    """A model that can be downloaded, with all that is known of it before.

    Attributes:
        name: What commands call it, and its folder once it is installed.
        title: For people.
        repository: Owner and name on the hub.
        revision: The commit, 40 hex digits.
        licence: Of the weights, as an SPDX identifier in lower case.
        languages: ISO 639 codes; ``multilingual`` where there are too many to name.
        description: One plain sentence about what it is good for.
        files: What is fetched.
    """

    name: str
    title: str
    repository: str
    revision: str
    licence: str
    languages: tuple[str, ...]
    description: str
    files: tuple[OfferedFile, ...]

    @property
    def size_bytes(self) -> int:
        """What is fetched in all."""
        return sum(file.size_bytes for file in self.files)

    def offer(self, endpoint: str = DEFAULT_ENDPOINT) -> ModelOffer:
        """What the user is shown before saying yes.

        Args:
            endpoint: The server it comes from.
        """
        return ModelOffer(
            name=self.name,
            title=self.title,
            address=f"{endpoint}/{self.repository}",
            revision=self.revision,
            size_bytes=self.size_bytes,
            licence=self.licence,
            languages=self.languages,
            description=self.description,
        )

    def card(self, endpoint: str = DEFAULT_ENDPOINT) -> str:
        """A model card that keeps with the files where they come from and on what terms.

        The exporters' own cards name no licence: the one here is that of the original weights.
        """
        languages = "".join(f"- {language}\n" for language in self.languages)
        return (
            f"---\nlicense: {self.licence}\nlanguage:\n{languages}---\n\n# {self.title}\n\n"
            f"{self.description}\n\n"
            f"Downloaded from {endpoint}/{self.repository} at revision {self.revision}.\n"
        )


CURATED = (
    OfferedModel(
        name="clip-vit-base-patch32",
        title="CLIP ViT-B/32",
        repository="Xenova/clip-vit-base-patch32",
        revision="d15189d7028b43f1d3e65039190477f6af591c2a",
        licence="mit",
        languages=("en",),
        description=phrase(
            "Engine: Models",
            "Knows far more than the built-in model; English, quick on any computer.",
        ),
        files=(
            OfferedFile(
                "config.json",
                4_524,
                "493ef57ff783e42d1530c91b53469b7fdf8db8a9c1408e86998fcb7899a4f495",
            ),
            OfferedFile(
                "preprocessor_config.json",
                520,
                "6f638fb9401a6d6296feff533ee7efe657b787c49f954f82f5906b36ef2a1b1f",
            ),
            OfferedFile(
                "tokenizer.json",
                2_224_119,
                "f7f3b7af117d467b58374797691a6438d3e6b9e9cef800dfd5dced7f697a90cd",
            ),
            OfferedFile(
                "tokenizer_config.json",
                775,
                "60ba2912bc6344c94bc16bbdec27fa1209409167b6f2fdf3cfe9e65462ea3967",
            ),
            OfferedFile(
                "onnx/vision_model_quantized.onnx",
                89_117_001,
                "583fd1110a514667812fee7d684952aaf82a99b959760c8d7dca7e0ab9839299",
            ),
            OfferedFile(
                "onnx/text_model_quantized.onnx",
                64_504_507,
                "73baab855d406190da9faa498cfedf65f15cf309f4cc7385b7b032e6d08e5c3a",
            ),
        ),
    ),
    OfferedModel(
        name="siglip2-base-patch16-224",
        title="SigLIP 2 base",
        repository="onnx-community/siglip2-base-patch16-224-ONNX",
        revision="ba1f3b0843f24bc5417d38e19c37b287d719b2f4",
        licence="apache-2.0",
        languages=("multilingual",),
        description=phrase(
            "Engine: Models",
            "Finds the most, in many languages; takes several times as long as CLIP "
            "ViT-B/32 to look at a picture.",
        ),
        files=(
            OfferedFile(
                "config.json",
                435,
                "e43a9f7692d3819886a82cb2097048258d444f123c67d37ec825f9345b019cf2",
            ),
            OfferedFile(
                "preprocessor_config.json",
                394,
                "9b36b57ebaf20f09bf4c22100ccc21877ea6bfe5aead0c00c59f8af8ccefacfc",
            ),
            OfferedFile(
                "tokenizer.json",
                34_363_039,
                "cb9140fae3ac5122c972d37adf83e1248471a38147ad76f8215c8872c6fd8322",
            ),
            OfferedFile(
                "tokenizer_config.json",
                47_240,
                "7c3a247599e741bceba1a3fe0285aea88d1044dc1fad2caa1e48cdd9fd25f630",
            ),
            OfferedFile(
                "onnx/vision_model_int8.onnx",
                94_553_333,
                "0dd31785a2713f1113ef2272472165c69d580473dae38d7b47568ac587795e70",
            ),
            OfferedFile(
                "onnx/text_model_int8.onnx",
                283_438_275,
                "3a0603d3a00c05a80a6ded4743c16aaac7b1e62cdcc7e362e7ce418659b96400",
            ),
        ),
    ),
    OfferedModel(
        name="chinese-clip-vit-base-patch16",
        title="Chinese-CLIP ViT-B/16",
        repository="Xenova/chinese-clip-vit-base-patch16",
        revision="f26904860903e70e050b8f48255e5f48401816e9",
        licence="apache-2.0",
        languages=("zh",),
        description=phrase("Engine: Models", "For searching in Chinese."),
        files=(
            OfferedFile(
                "config.json",
                844,
                "19447ad8c20d274f0644a6663af56286be98bd2d0e5f9472fcb318e04fcd6961",
            ),
            OfferedFile(
                "preprocessor_config.json",
                546,
                "61a78fdd2c7ac17b54b6190c0f4cb23423192c535003d52528d01e318a47608b",
            ),
            OfferedFile(
                "tokenizer.json",
                439_124,
                "7dfbf1966ebf99d471c3796e9b457329d2b2182b817e144f1e904b957745c839",
            ),
            OfferedFile(
                "tokenizer_config.json",
                1_315,
                "38fbc894183595cc1168e36150251b2fb658197b3a49f6908cce88ae22acd52a",
            ),
            OfferedFile(
                "onnx/model_quantized.onnx",
                190_842_404,
                "a2c2849329eafb24100acec5a9421a39f8cb445296444c5c98855b69e5e7a751",
            ),
        ),
    ),
)
"""The curated models, in the order in which they are shown."""
