"""Writes the bill of materials of the built program: CycloneDX, as JSON."""

import json
import uuid
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, Property, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component as BomComponent
from cyclonedx.model.component import ComponentType
from cyclonedx.model.component_evidence import ComponentEvidence, Occurrence
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from component import Component

# Of no host that exists: makes the serial number of one build a function of what is in it.
_NAMESPACE = uuid.UUID("6c2a2f9e-9e86-5d2f-8c56-6b2e3f0c8f11")


class SbomError(Exception):
    """The bill is not what the schema wants, or cannot be read."""


def sbom_text(components: Sequence[Component], timestamp_s: int) -> str:
    """The whole file, checked against CycloneDX's schema.

    Args:
        components: What is inside, the program itself first.
        timestamp_s: When it was built, in seconds since 1970 (``SOURCE_DATE_EPOCH``).

    Raises:
        SbomError: If it is not valid.
    """
    references = _References()
    program, *others = (_bom_component(component, references) for component in components)
    program.type = ComponentType.APPLICATION
    seed = "\n".join(f"{each.purl} {each.full_name} {each.files}" for each in components)
    bom = Bom(components=others, serial_number=uuid.uuid5(_NAMESPACE, seed))
    bom.metadata.component = program
    bom.metadata.timestamp = datetime.fromtimestamp(timestamp_s, UTC)
    bom.register_dependency(program, others)
    text = _ordered(JsonV1Dot6(bom).output_as_string())
    error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if error is not None:
        raise SbomError(f"The bill of materials is not valid: {error}")
    return text


def _ordered(text: str) -> str:
    """The same bill with its files in order: the library leaves them as they come."""
    bill = json.loads(text)
    for component in (bill["metadata"]["component"], *bill["components"]):
        component.get("evidence", {}).get("occurrences", []).sort(key=lambda each: each["location"])
    return json.dumps(bill, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def files_in(text: str) -> set[str]:
    """The files that a bill accounts for.

    Args:
        text: What `sbom_text` wrote.

    Returns:
        Paths in the built folder, with slashes.

    Raises:
        SbomError: If it is no such bill.
    """
    try:
        bill = json.loads(text)
        components = [bill["metadata"]["component"], *bill["components"]]
        return {
            place["location"]
            for component in components
            for place in component.get("evidence", {}).get("occurrences", ())
        }
    except (ValueError, KeyError, TypeError) as error:
        raise SbomError(f"It is no bill of materials: {error}") from error


class _References:
    """Hands out names within the bill, each once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, wanted: str) -> str:
        name, number = wanted, 1
        while name in self._taken:
            number += 1
            name = f"{wanted}#{number}"
        self._taken.add(name)
        return name


def _bom_component(component: Component, references: _References) -> BomComponent:
    reference = references.take(component.purl or f"{component.full_name}, {component.origin}")
    parts = [_bom_component(part, references) for part in component.parts]
    return BomComponent(
        name=component.name,
        version=component.version or None,
        type=ComponentType.LIBRARY,
        bom_ref=reference,
        purl=PackageURL.from_string(component.purl) if component.purl else None,
        copyright=component.copyright or None,
        licenses=[LicenseFactory().make_from_string(component.licence)],
        external_references=_references(component),
        components=parts,
        evidence=_evidence(component.files),
        properties=[
            Property(name="image-seeker:origin", value=component.origin),
            Property(name="image-seeker:licence-stated-in", value=component.because),
            *_module_count(component),
        ],
    )


def _references(component: Component) -> list[ExternalReference]:
    if not component.website:
        return []
    return [ExternalReference(type=ExternalReferenceType.WEBSITE, url=XsUri(component.website))]


def _module_count(component: Component) -> list[Property]:
    if not component.modules:
        return []
    return [Property(name="image-seeker:python-modules", value=str(component.modules))]


def _evidence(files: Iterable[str]) -> ComponentEvidence | None:
    occurrences = [Occurrence(location=path) for path in files]
    return ComponentEvidence(occurrences=occurrences) if occurrences else None
