"""Makes the tablet's types and the table of rights from the model. `python -m sync.codegen [--check]`.

Generated: `pwa/src/generated/model.ts`, `pwa/src/generated/messages.ts`, `sync/RIGHTS.md`, `sync/schema.json`. A test
fails when one is stale.
"""

import sys
import types
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

from sync import messages
from sync.model import KINDS, Cell, CellType, Kind
from sync.ops import Op
from sync.verdicts import RULES, Reason, Verdict

ROOT = Path(__file__).parent.parent
HEADER = "// Made from sync/model and sync/messages by `make generate`. Do not edit.\n"


def typescript(hint: Any) -> str:
    """The TypeScript type of a Python type of the model or the wire."""
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return " | ".join(dict.fromkeys(typescript(a) for a in args))
    if origin is list:
        inner = typescript(args[0])
        return f"({inner})[]" if "|" in inner else f"{inner}[]"
    if origin is tuple:
        return f"[{', '.join(typescript(a) for a in args)}]"
    if origin is dict:
        return f"Record<string, {typescript(args[1])}>"
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return hint.__name__
    plain = {str: "string", int: "number", bool: "boolean", type(None): "null", msgspec.Raw: "Op"}
    return plain.get(hint, "unknown")


def camel(name: str) -> str:
    """The TypeScript name of a kind: term_mark -> TermMark."""
    return "".join(part.title() for part in name.split("_"))


def model_ts() -> str:
    """Record types as interfaces, and the declarations that the tablet's rules read."""
    out = [HEADER]
    for kind in KINDS.values():
        out.append(f"/** {kind.summary} Key: {'/'.join(kind.key)}. */\nexport interface {camel(kind.name)} {{")
        out += [f"  {c.name}: {typescript(c.type)} | null;" for c in kind.cells.values()]
        out.append("}\n")
    out.append("export interface Kinds {")
    out += [f"  {k.name}: {camel(k.name)};" for k in KINDS.values()]
    out.append("}\n\nexport type KindName = keyof Kinds;\n")
    out.append(
        "export interface CellGuard {\n  writers: string;\n  window: boolean;\n  begun: boolean;\n  longest: number;\n"
        "  choices: readonly string[];\n  text: string;\n  type: string;\n}\n"
    )
    out.append(
        "export interface Kind {\n  key: readonly string[];\n  scope: string;\n  dated: string;\n  fact: boolean;\n"
        "  cells: Record<string, CellGuard>;\n}\n"
    )
    # Only what differs from the usual: the tablet carries this file over a thin line.
    out.append(
        "const cell = (writers: string, more: Partial<CellGuard> = {}): CellGuard => ({\n"
        "  writers,\n  window: false,\n  begun: false,\n"
        f'  longest: {USUAL.longest},\n  choices: [],\n  text: "{USUAL.text}",\n  type: "string",\n  ...more,\n}});\n'
    )
    out.append("export const KINDS: Record<KindName, Kind> = {")
    out += [line for kind in KINDS.values() for line in _kind(kind)]
    out.append("};\n")
    return "\n".join(out)


USUAL = Cell("server")


def _kind(kind: Kind) -> list[str]:
    head = {"key": kind.key, "scope": kind.scope, "dated": kind.dated, "fact": kind.fact}
    said = ", ".join(f"{name}: {_literal(value)}" for name, value in head.items())
    return [f"  {kind.name}: {{", f"    {said},", "    cells: {", *map(_cell, kind.cells.values()), "    },", "  },"]


def _cell(cell: CellType) -> str:
    guard = msgspec.structs.asdict(cell.guard)
    more = {name: value for name, value in guard.items() if name != "writers" and value != getattr(USUAL, name)}
    kind = typescript(cell.type)
    more |= {} if kind == "string" else {"type": kind}
    said = ", ".join(f"{name}: {_literal(value)}" for name, value in more.items())
    return f'      {cell.name}: cell("{cell.guard.writers}"{f", {{ {said} }}" if said else ""}),'


def _literal(value: Any) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=0).decode()


def messages_ts() -> str:
    """The wire's messages, verdicts, reasons and errors."""
    out = [HEADER, f"export const PROTOCOL = {messages.PROTOCOL};", f"export const RULES = {RULES};"]
    out += [f"export const MAX_OPS = {messages.MAX_OPS};", f"export const MAX_BYTES = {messages.MAX_BYTES};\n"]
    out.append("export type Verdict = " + " | ".join(f'"{v}"' for v in Verdict) + ";\n")
    out.append("export const REASONS = [" + ", ".join(f'"{r}"' for r in Reason) + "] as const;")
    out.append("export type Reason = (typeof REASONS)[number];\n")
    out.append("export const TROUBLES = [" + ", ".join(f'"{t}"' for t in messages.TROUBLES) + "] as const;")
    out.append("export type TroubleCode = (typeof TROUBLES)[number];\n")
    for message in (
        Op,
        messages.Head,
        messages.Table,
        messages.News,
        messages.Judged,
        messages.Parcel,
        *messages.MESSAGES,
    ):
        out.append(_message(message))
    return "\n".join(out)


def _message(message: Any) -> str:
    hints = get_type_hints(message)
    names = message.__struct_fields__
    doc = (message.__doc__ or "").strip().split("\n")[0]
    if message.__struct_config__.array_like:
        inner = ", ".join(f"{name}: {typescript(hints[name])}" for name in names)
        return f"/** {doc} */\nexport type {message.__name__} = [{inner}];\n"
    optional = {name for name, default in zip(names[::-1], message.__struct_defaults__[::-1], strict=False)}
    mark = "?" if message is Op else ""
    lines = [f"  {n}{mark if n in optional else ''}: {typescript(hints[n])};" for n in names]
    return f"/** {doc} */\nexport interface {message.__name__} {{\n" + "\n".join(lines) + "\n}\n"


WHO = {
    "lesson": "teacher of the lesson, substitute for the day, deputy head",
    "journal": "teacher of the journal, deputy head",
    "tutor": "class teacher of the class, deputy head",
    "deputy": "deputy head, admin",
    "admin": "admin",
    "decider": "deputy head; the author may withdraw",
    "author": "the author alone",
    "server": "the server alone",
}


def rights_md() -> str:
    """The table of rights: who may write which cell, and what guards it."""
    out = ["# Who may write what", "", "Made from `sync/model` by `make generate`. Do not edit.", ""]
    out += ["| record | cell | written by | guards |", "|---|---|---|---|"]
    for kind in sorted(KINDS.values(), key=lambda k: k.name):
        for cell in kind.cells.values():
            guards = [
                g
                for g, on in (("lock", kind.dated), ("window", cell.guard.window), ("day begun", cell.guard.begun))
                if on
            ]
            out.append(f"| {kind.name} | {cell.name} | {WHO[cell.guard.writers]} | {', '.join(guards)} |")
    return "\n".join(out) + "\n"


def schema_json() -> str:
    """The messages as a JSON Schema: for clients in other languages, and to check a message by."""
    schemas, components = msgspec.json.schema_components((*messages.MESSAGES, Op), ref_template="#/$defs/{name}")
    components["SyncRequest"]["properties"]["ops"]["items"] = {"$ref": "#/$defs/Op"}  # left raw only on arrival
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"The wire of Zvonok, version {messages.PROTOCOL}",
        "anyOf": list(schemas),
        "$defs": components,
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=1).decode() + "\n"


def generated() -> dict[Path, str]:
    """Every generated file with its content as it should be."""
    tablet = ROOT / "pwa" / "src" / "generated"
    return {
        tablet / "model.ts": model_ts(),
        tablet / "messages.ts": messages_ts(),
        ROOT / "sync" / "RIGHTS.md": rights_md(),
        ROOT / "sync" / "schema.json": schema_json(),
    }


def main() -> int:
    """Write what is stale; with --check only name it and answer 1."""
    stale = {p: text for p, text in generated().items() if not p.exists() or p.read_text() != text}
    for path, text in stale.items():
        sys.stdout.write(f"stale: {path.relative_to(ROOT)}\n")
        if "--check" not in sys.argv:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
