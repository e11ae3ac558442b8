"""Makes the typed client of the documentation of the routes.

    python3 clients/generate.py FOLDER PROGRAM...   asks the program for it (`cargo run --quiet --`), and writes both
    python3 clients/generate.py FOLDER              makes the client of the FOLDER/openapi.json that there is

`cargo xtask client` does the first on `clients/`. A named schema becomes a TypedDict, a route a method whose parameters are typed. A route with a cursor has a method more that goes through all
pages (`search_all`), one that streams a method that gives each line as it comes (`search_stream`).
"""

from __future__ import annotations

import json
import keyword
import os
import subprocess
import sys
import tempfile
import textwrap
import urllib.request
from typing import Any, Dict, List, Optional

JSON, JSONL = "application/json", "application/x-ndjson"
#: Parameters that a stream does not take.
NOT_OF_STREAMS = ("n", "cursor", "sort", "explain", "format", "stream")

HEAD = '''"""The routes of `dateline serve` {version} and their documents.

Made by clients/generate.py of clients/openapi.json; `cargo xtask client` makes both again.
"""

from __future__ import annotations

from typing import Any, Dict, Iterator, List, Literal, Mapping, Optional, Sequence, TypedDict, Union, cast, overload

from ._transport import Param, Transport, as_json, part

'''


class Types:
    """The shapes of documents, each with a name."""

    def __init__(self, schemas: Dict[str, Any]) -> None:
        self.schemas = schemas
        self.names: List[str] = []
        self.code: List[str] = []
        self.done: Dict[str, bool] = {}
        for name in schemas:
            self.named(name)

    def named(self, name: str) -> str:
        """The type of a schema with a name; it is written before what names it."""
        if name not in self.done:
            self.done[name] = False
            schema = self.schemas[name]
            if "properties" in schema:
                self.typed_dict(name, schema)
            else:
                self.code.append(f"{name} = {self.of(schema, name)}")
                self.names.append(name)
            self.done[name] = True
        return name if self.done[name] else f'"{name}"'

    def of(self, schema: Optional[Dict[str, Any]], name: str) -> str:
        """The type of a schema; `name` is for one that has none and needs it."""
        if not schema:
            return "Any"
        if "$ref" in schema:
            return self.named(schema["$ref"].rsplit("/", 1)[1])
        if "enum" in schema:
            return f"Literal[{', '.join(quoted(word) for word in schema['enum'])}]"
        for many in ("oneOf", "anyOf"):
            if many in schema:
                return union([self.of(one, name) for one in schema[many]])
        kinds = schema.get("type", [])
        kinds = [kinds] if isinstance(kinds, str) else kinds
        if not kinds or len([kind for kind in kinds if kind != "null"]) > 2:
            return "Any"
        return union([self.kind(kind, schema, name) for kind in kinds])

    def kind(self, kind: str, schema: Dict[str, Any], name: str) -> str:
        plain = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
        if kind in plain:
            return plain[kind]
        if kind == "array":
            return f"List[{self.of(schema.get('items'), name + 'Item')}]"
        if "properties" in schema:
            self.typed_dict(name, schema)
            return name
        return "Dict[str, Any]"

    def taken(self, schema: Dict[str, Any], name: str) -> str:
        """The type of what is sent: an object may have other properties than are told of where its schema says so."""
        told = self.schemas[schema["$ref"].rsplit("/", 1)[1]] if "$ref" in schema else schema
        if "oneOf" in told:
            return union([self.taken(one, name) for one in told["oneOf"]])
        if told.get("type") == "array":
            return f"Sequence[{self.taken(told['items'], name + 'Item')}]"
        kind = self.of(schema, name)
        return f"Union[{kind}, Mapping[str, Any]]" if told.get("additionalProperties") is True else kind

    def typed_dict(self, name: str, schema: Dict[str, Any]) -> None:
        needed = set(schema.get("required", []))
        fields = {
            field: self.of(shape, name + camel(field)) for field, shape in sorted(schema["properties"].items())
        }
        always = {field: kind for field, kind in fields.items() if field in needed}
        perhaps = {field: kind for field, kind in fields.items() if field not in needed}
        about = schema.get("description")
        if any(not field.isidentifier() or keyword.iskeyword(field) for field in fields):
            # Names that no class can have.
            for some, total in ((always, True), (perhaps, False)):
                base = f"_{name}{'Always' if total else 'Perhaps'}"
                pairs = ", ".join(f'"{field}": {kind}' for field, kind in some.items())
                self.code.append(f'{base} = TypedDict("{base}", {{{pairs}}}, total={total})')
            bases = f"_{name}Always, _{name}Perhaps"
            self.code.append(f"class {name}({bases}):\n{body({}, about or 'See the server.')}")
        elif always and perhaps:
            self.code.append(f"class _{name}Always(TypedDict):\n{body(always, None)}")
            self.code.append(f"class {name}(_{name}Always, total=False):\n{body(perhaps, about)}")
        else:
            whole = "" if always else ", total=False"
            self.code.append(f"class {name}(TypedDict{whole}):\n{body(always or perhaps, about)}")
        self.names.append(name)


def body(fields: Dict[str, str], about: Optional[str]) -> str:
    lines = [f'    """{about}"""'] if about else []
    lines += [f"    {field}: {kind}" for field, kind in fields.items()]
    return "\n".join(lines or ["    pass"])


def union(kinds: List[str]) -> str:
    some = [kind for kind in dict.fromkeys(kinds) if kind != "None"]
    whole = some[0] if len(some) == 1 else f"Union[{', '.join(some)}]"
    return f"Optional[{whole}]" if len(some) < len(set(kinds)) else whole


def camel(name: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in name.split("_"))


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word[:-1] if word.endswith("s") else word


def method_name(verb: str, path: str) -> str:
    """`GET /v1/stories/{id}/figures` is `story_figures`, `DELETE /v1/articles/{id}` is `delete_article`."""
    parts = [part for part in path.split("/") if part and part != "v1"]
    words = []
    for at, part in enumerate(parts):
        if part.startswith("{"):
            continue
        one = at + 1 < len(parts) and parts[at + 1].startswith("{")
        words.append(singular(part) if one else part)
    if verb != "get":
        words.insert(0, verb)
    return "_".join(words).replace(".", "_").replace("-", "_")


def argument(name: str) -> str:
    return f"{name}_" if keyword.iskeyword(name) else name


class Method:
    """A route as methods of a client."""

    def __init__(self, types: Types, verb: str, path: str, route: Dict[str, Any]) -> None:
        self.types, self.verb, self.path, self.route = types, verb, path, route
        self.name = method_name(verb, path)
        params = route.get("parameters", [])
        self.parts = [param for param in params if param["in"] == "path"]
        self.asked = [param for param in params if param["in"] == "query"]
        good = next(answer for status, answer in sorted(route["responses"].items()) if status.startswith("2"))
        self.kinds: Dict[str, Any] = {
            kind: of.get("schema") for kind, of in good.get("content", {}).items()
        }
        self.result = types.of(self.kinds.get(JSON), camel(self.name) + "Answer") if JSON in self.kinds else "str"

    def lines(self) -> List[str]:
        names = [param["name"] for param in self.asked]
        made = []
        bodies = self.route.get("requestBody", {}).get("content", {})
        if bodies:
            for kind, of in bodies.items():
                made.append(self.sends(kind, of.get("schema")))
            return made
        shown = [param for param in self.asked if param["name"] != "stream"]
        others = [kind for kind in self.kinds if kind != JSON]
        if "format" in names and JSON in self.kinds and others:
            made.append(self.formats(shown))
        else:
            made.append(self.plain(shown))
        item = self.item()
        if "cursor" in names and item:
            made.append(self.pages([param for param in shown if param["name"] not in ("cursor", "format")], item))
        if "stream" in names and item:
            made.append(self.stream([param for param in self.asked if param["name"] not in NOT_OF_STREAMS], item))
        return made

    def item(self) -> Optional[str]:
        """What a line holds where the answer is one JSON value a line."""
        shape = (self.kinds.get(JSONL) or {}).get("contentSchema")
        return self.types.of(shape, camel(self.name) + "Line") if shape else None

    # The methods.

    def plain(self, params: List[Any]) -> str:
        call = "_document" if JSON in self.kinds else "_text"
        done = f'self.{call}("{self.verb.upper()}", {self.address()}, {self.given(params)})'
        done = f'cast({quoted(self.result)}, {done})' if call == "_document" else done
        return self.method(self.name, params, self.result, [f"return {done}"], self.about(params))

    def formats(self, params: List[Any]) -> str:
        form = next(param for param in params if param["name"] == "format")
        rest = [param for param in params if param is not form]
        words = form["schema"]["enum"]
        texts = ", ".join(quoted(word) for word in words[1:])
        first = f"format: Literal[{quoted(words[0])}] = {quoted(words[0])}"
        signatures = [
            "    @overload\n" + self.signature(self.name, rest, first, self.result) + " ...",
            "    @overload\n" + self.signature(self.name, rest, f"format: Literal[{texts}]", "str") + " ...",
        ]
        any_of = ", ".join(quoted(word) for word in words)
        whole = self.signature(
            self.name, rest, f"format: Literal[{any_of}] = {quoted(words[0])}", f"Union[{self.result}, str]"
        )
        address, given = self.address(), self.given(params)
        code = [
            f"given: Dict[str, Param] = {given}",
            f'if format == {quoted(words[0])}:',
            f'    return cast({quoted(self.result)}, self._document("GET", {address}, given))',
            f'return self._text("GET", {address}, given)',
        ]
        return "\n\n".join([*signatures, whole + "\n" + doc(self.about(params)) + indented(code)])

    def pages(self, params: List[Any], item: str) -> str:
        document = self.types.schemas[self.result]["properties"]
        field = next(name for name, shape in document.items() if ends_with(shape.get("items"), item))
        code = [f'return self._pages({self.address()}, {self.given(params)}, "{field}")']
        about = [f"Every one of the `{field}` of `{self.name}`, page after page, all from one state of the index.", ""]
        about += ["Args:", *described([param for param in params if param["name"] == "n"], "how many a page")]
        return self.method(f"{self.name}_all", params, f"Iterator[{item}]", code, about)

    def stream(self, params: List[Any], item: str) -> str:
        about = [f"What `{self.name}` finds, all of it, in the order of the index, each as it is found."]
        fixed = self.given(params)[:-1] + ', "stream": True}'
        code = [f"return self._lines({self.address()}, {fixed})"]
        return self.method(f"{self.name}_stream", params, f"Iterator[{item}]", code, about)

    def sends(self, kind: str, schema: Any) -> str:
        if kind == JSON:
            taken = self.types.taken(schema, camel(self.name) + "Body")
            name, made = self.name, "as_json(body)"
        else:
            name, taken, made = f"{self.name}_lines", "Union[str, bytes]", 'body if isinstance(body, bytes) else body.encode("utf-8")'
        names = [f"{argument(param['name'])}: str" for param in self.parts] + [f"body: {taken}"]
        code = [
            f'done = self._document("{self.verb.upper()}", {self.address()}, {{}}, {made}, "{kind}")',
            f'return cast({quoted(self.result)}, done)',
        ]
        about = self.about([])
        if kind != JSON:
            about[0] += ", one a line of JSON"
        head = f"    def {name}(self, {', '.join(names)}) -> {self.result}:"
        return head + "\n" + doc(about) + indented(code)

    # Their pieces.

    def method(self, name: str, params: List[Any], result: str, code: List[str], about: List[str]) -> str:
        return self.signature(name, params, None, result) + "\n" + doc(about) + indented(code)

    def signature(self, name: str, params: List[Any], more: Optional[str], result: str) -> str:
        first = ["self"] + [f"{argument(param['name'])}: str" for param in self.parts]
        first += [f"{argument(param['name'])}: {self.param(param)}" for param in params if param.get("required")]
        named = [
            f"{argument(param['name'])}: Optional[{self.param(param)}] = None"
            for param in params
            if not param.get("required")
        ]
        named = ([more] if more else []) + named
        whole = first + (["*", *named] if named else [])
        if len(whole) < 4:
            return f"    def {name}({', '.join(whole)}) -> {result}:"
        listed = "".join(f"        {one},\n" for one in whole)
        return f"    def {name}(\n{listed}    ) -> {result}:"

    def param(self, param: Dict[str, Any]) -> str:
        return self.types.of(param["schema"], "")

    def address(self) -> str:
        if not self.parts:
            return quoted(self.path)
        path = self.path
        for param in self.parts:
            path = path.replace("{%s}" % param["name"], "{part(%s)}" % argument(param["name"]))
        return f'f"{path}"'

    def given(self, params: List[Any]) -> str:
        return "{" + ", ".join(f'"{param["name"]}": {argument(param["name"])}' for param in params) + "}"

    def about(self, params: List[Any]) -> List[str]:
        lines = [self.route.get("summary", "")]
        if self.route.get("description"):
            lines += ["", self.route["description"]]
        listed = described(self.parts + params)
        return lines + ["", "Args:", *listed] if listed else lines


def described(params: List[Any], instead: Optional[str] = None) -> List[str]:
    lines = []
    for param in params:
        shape = param["schema"]
        about = instead or param.get("description", "")
        if "minimum" in shape:
            about += f"; from {shape['minimum']} to {shape['maximum']}"
        if "default" in shape:
            about += f"; {json.dumps(shape['default']).strip(chr(34))} unless it is said"
        lines.append(f"    {argument(param['name'])}: {about}")
    return lines


def ends_with(shape: Optional[Dict[str, Any]], name: str) -> bool:
    return bool(shape) and str((shape or {}).get("$ref", "")).endswith(f"/{name}")


def indented(code: List[str]) -> str:
    return "\n".join(f"        {line}" for line in code)


def doc(lines: List[str]) -> str:
    wrapped: List[str] = []
    for line in lines:
        indent = "    " if line.startswith("    ") else ""
        wrapped += textwrap.wrap(line, 100, subsequent_indent=indent * 2, break_long_words=False) or [""]
    text = "\n        ".join(wrapped).replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    end = "\n        " if len(wrapped) > 1 else ("" if not text.endswith('"') else " ")
    return f'        """{text}{end}"""\n'


def generated(document: Dict[str, Any]) -> str:
    types = Types(document["components"]["schemas"])
    methods: List[str] = []
    for path, verbs in document["paths"].items():
        for verb, route in verbs.items():
            methods += Method(types, verb, path, route).lines()
    names = ["Client", *sorted(types.names)]
    listed = "".join(f'    "{name}",\n' for name in names)
    head = HEAD.format(version=document["info"]["version"])
    client = f'class Client(Transport):\n    """{document["info"]["description"]}\n\n    Each method is a route; `DatelineError` says what the server refuses.\n    """\n'
    return (
        head
        + f"__all__ = [\n{listed}]\n\n\n"
        + "\n\n\n".join(types.code)
        + "\n\n\n"
        + client
        + "\n"
        + "\n\n".join(methods)
        + "\n"
    )


def asked(program: List[str]) -> Dict[str, Any]:
    """The documentation that a program serves, on an index of nothing."""
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "DATELINE_INDEX": os.path.join(folder, "index"), "DATELINE_API_KEY": "0123456789abcdef"}
        served = subprocess.Popen(
            [*program, "serve", "--listen", "127.0.0.1:0"], env=env, stderr=subprocess.PIPE, text=True
        )
        try:
            assert served.stderr is not None
            for line in served.stderr:
                if line.startswith("{"):
                    break
                sys.stderr.write(line)
            else:
                raise SystemExit("the program does not serve")
            with urllib.request.urlopen(json.loads(line)["address"] + "/openapi.json", timeout=30) as answer:
                document: Dict[str, Any] = json.load(answer)
                return document
        finally:
            served.terminate()
            served.wait(30)


def main(arguments: List[str]) -> int:
    if not arguments:
        print("generate.py FOLDER [PROGRAM...]", file=sys.stderr)
        return 2
    folder, *program = arguments
    stated = os.path.join(folder, "openapi.json")
    if program:
        with open(stated, "w", encoding="utf-8") as file:
            file.write(json.dumps(asked(program), indent=1, sort_keys=True, ensure_ascii=False) + "\n")
    with open(stated, encoding="utf-8") as file:
        document = json.load(file)
    with open(os.path.join(folder, "python/dateline_client/api.py"), "w", encoding="utf-8") as file:
        file.write(generated(document))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
