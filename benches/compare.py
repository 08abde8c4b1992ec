#!/usr/bin/env python3
"""Compares Gusset with openapi-to-rust and progenitor: what generating costs, and what compiling what was generated.

    compare.py --gusset target/release/gusset --runtime runtime --scratch FOLDER [--no-check] [--runs N] NAME=DOCUMENT ..

The others are installed from the registry into the scratch folder, as they are released. CPU seconds are user and
system time of the process and all that it starts, the least of several runs; `cargo check` is measured for the emitted crate alone, in user
seconds: its dependencies are checked before, nothing is incremental. Where a tool fails on a document there is a dash. With
`--no-check` the table has a row a document, and below it stands how ours compare where both tools did a document.
"""
import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

TOOLS = ["gusset", "openapi-to-rust", "progenitor"]
INSTALLED = {"openapi-to-rust": ("openapi-to-rust", "0.23.0"), "progenitor": ("cargo-progenitor", "0.15.1")}


if not os.path.exists("/usr/bin/time"):
    sys.exit("GNU time is needed (/usr/bin/time, package `time`): it says what a command takes")


def run(command, folder=None, **env):
    """Runs a command: whether it succeeded, user and system seconds, and peak memory in MB.

    GNU time says the memory: the kernel counts it from where a process was forked, which would be this one. The seconds
    are the kernel's, to the microsecond, with the millisecond that GNU time takes itself.
    """
    log = None if "VERBOSE" in os.environ else subprocess.DEVNULL
    with tempfile.NamedTemporaryFile("r") as said:
        timed = ["/usr/bin/time", "--quiet", "--format=%M", f"--output={said.name}", *map(str, command)]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(timed, cwd=folder, env={**os.environ, **env}, stdout=log, stderr=log).returncode == 0
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        kilobytes = float(said.read().split()[-1])
    return done, after.ru_utime - before.ru_utime, after.ru_stime - before.ru_stime, kilobytes * 1024 / 1e6


def install(scratch):
    for binary, (package, version) in INSTALLED.items():
        name = "cargo-progenitor" if binary == "progenitor" else binary
        if not (scratch / "bin" / name).exists():
            print(f"installing {package} {version}", file=sys.stderr)
            command = ["cargo", "install", "--root", str(scratch), package, "--version", version, "--locked"]
            if not run(command, CARGO_TARGET_DIR=str(scratch / "target"))[0]:
                sys.exit(f"{package} cannot be installed")


def generate(tool, name, document, out, args):
    """The command that generates a crate in `out`, and what makes a crate of it afterwards."""
    binary = lambda name: str(args.scratch / "bin" / name)
    if tool == "gusset":
        options = ["--out", str(out), "--gusset", str(args.runtime.resolve())]
        return [str(args.gusset), "generate", "--document", str(document), *options]
    if tool == "progenitor":
        return [binary("cargo-progenitor"), "progenitor", "-i", str(document), "-o", str(out), "-n", name, "-v", "0.1.0"]
    return [binary(tool), "generate", str(document), "--output-dir", str(out / "src"), "--module-name", name]


def complete(tool, name, out):
    """Makes a crate of what was generated, with a workspace of its own. Gives its folder."""
    if tool == "openapi-to-rust":
        (out / "src" / "mod.rs").rename(out / "src" / "lib.rs")
        package = f'[package]\nname = "{name}"\nversion = "0.1.0"\nedition = "2024"\n\n'
        (out / "Cargo.toml").write_text(package + (out / "src" / "REQUIRED_DEPS.toml").read_text())
    crate = next(path.parent for path in [out / "Cargo.toml", *out.glob("*/Cargo.toml")] if path.exists())
    manifest = crate / "Cargo.toml"
    if "[workspace]" not in manifest.read_text():
        manifest.write_text(manifest.read_text() + "\n[workspace]\n")
    return crate


def check(crate, target):
    """User seconds and peak memory of `cargo check` for the crate itself; None if it does not compile."""
    env = {"CARGO_TARGET_DIR": str(target), "CARGO_INCREMENTAL": "0"}
    if not run(["cargo", "check"], crate, **env)[0]:
        return None
    # The newest comment makes the crate, and nothing else, out of date.
    source = crate / "src" / "lib.rs"
    source.write_text(source.read_text() + "\n// Once more.\n")
    _, user, _, memory = run(["cargo", "check", "--offline"], crate, **env)
    return user, memory


def measure(name, document, tool, args):
    """What a tool needs for a document; None if it fails."""
    runs = [measure_once(name, document, tool, args) for _ in range(args.runs)]
    return None if None in runs else min(runs, key=lambda measured: measured["seconds"])


def measure_once(name, document, tool, args):
    out = args.scratch / "out" / tool / name
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    done, user, system, memory = run(generate(tool, name, document, out, args))
    sources = list(out.rglob("*.rs"))
    if not done or not sources:
        return None
    measured = {"seconds": user + system, "memory": memory}
    measured["lines"] = sum(len(path.read_bytes().splitlines()) for path in sources)
    if not args.no_check and (checked := check(complete(tool, name, out), args.scratch / "target" / tool)):
        measured["check"], measured["check memory"] = checked
    return measured


def operations(document, args):
    """How many operations a document has, as the report of generating says."""
    out = args.scratch / "out" / "report"
    command = generate("gusset", "report", document, out, args) + ["--check", "--format", "json"]
    said = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    said = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    reports = [line["report"] for line in said if line.get("reason") == "report"]
    return sum(unit["operations"]["total"] for report in reports for unit in report["units"])


def generating(results, documents, args):
    """A row a document, and a line a peer."""
    print("| document | operations | size | " + " | ".join(f"{tool}: CPU s, MB" for tool in TOOLS) + " |\n|" + " --- |" * (3 + len(TOOLS)))
    for name, tools in results.items():
        cells = ["-" if one is None else f"{one['seconds']:.3f}, {one['memory']:.0f}" for one in tools.values()]
        size = documents[name].stat().st_size / 1e6
        print(f"| {name} | {operations(documents[name], args):,} | {size:.2f} MB | " + " | ".join(cells) + " |")
    for peer in TOOLS[1:]:
        both = {name: (tools["gusset"], tools[peer]) for name, tools in results.items() if tools["gusset"] and tools[peer]}
        if not both:
            continue
        print(f"\n{peer} does {len(both)} of {len(results)} documents; gusset needs of its")
        for key, title in [("seconds", "CPU seconds"), ("memory", "memory")]:
            ratios = {name: ours[key] / theirs[key] for name, (ours, theirs) in both.items()}
            worst = max(ratios, key=ratios.get)
            print(f"- {title}: {statistics.median(ratios.values()):.2f} in the median, {ratios[worst]:.2f} at most ({worst})")


COLUMNS = [("seconds", "CPU s", "{:.2f}"), ("memory", "MB", "{:.0f}"), ("lines", "lines", "{:,.0f}"),
           ("check", "check user s", "{:.2f}"), ("check memory", "check MB", "{:.0f}")]


def table(results):
    titles = ["document", "tool"] + [title for _, title, _ in COLUMNS]
    print("| " + " | ".join(titles) + " |\n|" + " --- |" * len(titles))
    for name, tools in results.items():
        ours = tools["gusset"] or {}
        for tool, measured in tools.items():
            cells = []
            for key, _, form in COLUMNS:
                value = (measured or {}).get(key)
                text = "-" if value is None else form.format(value)
                if tool != "gusset" and value and ours.get(key):
                    text += f" (ours: {ours[key] / value:.2f} of it)"
                cells.append(text)
            print(f"| {name} | {tool} | " + " | ".join(cells) + " |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gusset", type=Path, required=True, help="the release build of the command")
    parser.add_argument("--runtime", type=Path, required=True, help="the folder of the runtime crate")
    parser.add_argument("--scratch", type=Path, required=True, help="a folder for what is installed and generated")
    parser.add_argument("--no-check", action="store_true", help="generate only")
    parser.add_argument("--runs", type=int, default=1, help="how often each tool generates; the least counts")
    parser.add_argument("documents", nargs="+", metavar="NAME=DOCUMENT")
    args = parser.parse_args()
    args.scratch = args.scratch.resolve()
    args.gusset = args.gusset.resolve()
    install(args.scratch)
    pairs = (pair.partition("=") for pair in args.documents)
    documents = {name: Path(document).resolve() for name, _, document in pairs}
    results = {}
    for name, document in documents.items():
        results[name] = {tool: measure(name, document, tool, args) for tool in TOOLS}
        print(f"measured {name}", file=sys.stderr)
    if args.no_check:
        generating(results, documents, args)
    else:
        table(results)


if __name__ == "__main__":
    main()
