"""Import contract: come into a package by its door (`__init__.py`), never by a window."""

from typing import cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class Doors(Contract):
    type_name = "doors"

    container = fields.StringField()
    no_door = fields.ListField(subfield=fields.StringField())
    side_doors = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        no_door, side_doors = cast(list[str], self.no_door), cast(list[str], self.side_doors)
        windows = [
            f"{importer} looks into {room}"
            for package in sorted(graph.find_children(cast(str, self.container)) - set(no_door))
            for room in sorted(graph.find_descendants(package) - set(side_doors))
            for importer in sorted(graph.find_modules_that_directly_import(room))
            if not f"{importer}.".startswith(f"{package}.")
        ]
        return ContractCheck(kept=not windows, metadata={"windows": windows})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for window in check.metadata["windows"]:
            output.print_error(window)
        output.print("Import from the package itself; if the name is missing there, add it to its `__all__`.")
