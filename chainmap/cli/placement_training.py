"""What `chainmap train placement` answers."""

from __future__ import annotations

from pathlib import Path

from chainmap import __version__, resources
from chainmap.chains.library import load_library
from chainmap.chains.scope import read_scope_language
from chainmap.cli.output import check_folder, write_folder
from chainmap.linkage.placement_model import NAMED, VERSION
from chainmap.linkage.placement_release import placement_model_files
from chainmap.linkage.placement_training import PlacementOptions, train_placement, training_texts
from chainmap.sources.companies import read_roster


def train_placement_model(out: Path | None) -> None:
    """Answer `chainmap train placement`: write the model's files, whole or not at all.

    Raises:
        InputError: The folder cannot be written.
        ModelError: There is nothing to learn from.
    """
    folder = out or resources.root() / "models" / NAMED.folder / VERSION
    check_folder(folder)
    library, roster, options = load_library(), read_roster(), PlacementOptions()
    texts = training_texts(library, read_scope_language(library), roster)
    origin = {
        "data": {
            "companies": resources.content_hash("data", "companies"),
            "taxonomy": resources.taxonomy_hash(),
        },
        "data_zh": [
            f"产业链文件：{len(library.segments)} 个环节的名称、别名、用语、定义；"
            "排除词和形似词作反例。",
            f"随附企业名录：{roster.height} 家企业的产品和所在环节。",
        ],
        "command": NAMED.command,
        "package": __version__,
    }
    names = {chain.id: chain.name for chain in library.chains.values()}
    files = placement_model_files(train_placement(texts, options), options, names, origin)
    write_folder(folder, files)
