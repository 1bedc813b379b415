"""A panorama as files: PNG, GraphML and JSON beside the SVG."""

from __future__ import annotations

from xml.etree import ElementTree

from chainmap import resources
from chainmap.concepts.panorama_records import Panorama

_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_KEYS = {
    "name": "string", "name_en": "string", "stage": "string", "group": "string",
    "kind": "string", "state": "string", "n_companies": "int", "n_leaders": "int",
    "n_nation": "int", "expected": "double", "theta": "double", "gap_kind": "string",
    "gap_score": "double",
}  # fmt: skip


def picture_png(svg: str, width: int | None = None) -> bytes:
    """Return an SVG as PNG, drawn with the bundled Chinese fonts; no system font is looked at.

    Args:
        svg: Self-contained SVG text.
        width: Pixels; none takes the drawing's own width, twice as dense.

    Raises:
        ResourceError: The bundled fonts are missing.
    """
    from resvg_py import svg_to_bytes

    fonts = [
        str(resources.path("api", "fonts", f"NotoSansCJKsc-{weight}-subset.otf"))
        for weight in ("Regular", "Bold")
    ]
    family = "Noto Sans CJK SC"
    picture: bytes = bytes(
        svg_to_bytes(
            svg_string=svg,
            width=width,
            zoom=None if width else 2.0,
            font_files=fonts,
            skip_system_fonts=True,
            font_family=family,
            sans_serif_family=family,
        )
    )
    return picture


def panorama_json(panorama: Panorama) -> str:
    """Return the panorama's record as indented JSON text."""
    return panorama.model_dump_json(indent=2) + "\n"


def panorama_graphml(panorama: Panorama) -> str:
    """Return the chain as GraphML: segments with the city's numbers, supplier → user.

    Links to segments of other chains are left out.

    Source:
        GraphML 1.0, graphml.graphdrawing.org.
    """
    root = ElementTree.Element("graphml", xmlns=_GRAPHML)
    for name, kind in _KEYS.items():
        ElementTree.SubElement(
            root, "key", {"id": name, "for": "node", "attr.name": name, "attr.type": kind}
        )
    graph = ElementTree.SubElement(
        root, "graph", id=f"{panorama.chain_id}-{panorama.city_code}", edgedefault="directed"
    )
    inside = {segment.id for segment in panorama.segments}
    for stage in panorama.stages:
        for group in stage.groups:
            for segment in group.segments:
                node = ElementTree.SubElement(graph, "node", id=segment.id)
                values = segment.model_dump() | {"stage": stage.stage, "group": group.name}
                for name in _KEYS:
                    if values[name] is not None:
                        data = ElementTree.SubElement(node, "data", key=name)
                        data.text = str(values[name])
    for segment in panorama.segments:
        for user in segment.users:
            if user in inside:
                ElementTree.SubElement(graph, "edge", source=segment.id, target=user)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"
