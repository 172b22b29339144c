"""Writes the twelve templates beside this package."""

from contract_templates import template_path
from contract_templates.build import BUILDERS, build

for kind in BUILDERS:
    template_path(kind).write_bytes(build(kind))
    print(f"{template_path(kind).name}  {template_path(kind).stat().st_size:,} bytes")
