"""Make a folder that installs the program on a computer without the internet.

`dist/offline-windows` holds the wheels for Windows (x64) and CPython 3.11 to 3.13, a starter, a
page for the IT department, the licenses and SHA256SUMS. That everything is there is proven by
pip itself, once for each version of Python. `dist/offline-here` is its twin for this system:
it is installed into a new environment without an index, and drafts the example there.
"""

import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from email.parser import HeaderParser
from hashlib import sha256
from pathlib import Path

from packaging.markers import Marker

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "dist"
PAGES = ROOT / "scripts" / "offline_pages"
WINDOWS_VERSIONS = ("3.11", "3.12", "3.13")
WINDOWS = {
    "implementation_name": "cpython",
    "implementation_version": "",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_release": "10",
    "platform_system": "Windows",
    "platform_version": "",
    "python_full_version": "",
    "python_version": "",
    "sys_platform": "win32",
}
"""What a marker of the lock is asked about: pip asks the computer it runs on, which is another."""


class MissingWheelError(Exception):
    """A wheel is not to be had, or not in the folder; the message names it."""


def main() -> int:
    """Make both folders; say what is missing, by name, and return 1 where something is."""
    lock = (ROOT / "locks" / "run.txt").read_text(encoding="utf-8")
    own = next(DIST.glob("wioa_localplan-*.whl"))
    try:
        windows = _windows_folder(lock, own)
        here = _twin(lock, own)
    except MissingWheelError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    shutil.make_archive(str(windows), "zip", windows)
    sys.stdout.write(f"Written: {windows.relative_to(ROOT)}.zip\n")
    sys.stdout.write(f"Proven here: {here.relative_to(ROOT)} was installed without an index.\n")
    return 0


def _windows_folder(lock: str, own: Path) -> Path:
    folder = _emptied(DIST / "offline-windows")
    wheels = folder / "wheels"
    for version in WINDOWS_VERSIONS:
        target = ["--platform", "win_amd64", "--python-version", version]
        wanted = wanted_on(lock, WINDOWS, version)
        download(wanted, wheels, target)
        shutil.copy(own, wheels)
        prove(wanted, wheels, [*target, "--target", str(folder / "nowhere"), "--dry-run"])
    for page in PAGES.iterdir():
        text = page.read_text(encoding="utf-8").replace("VERSION", own.name.split("-")[1])
        # Notepad and the command interpreter of older Windows want both signs at a line's end.
        (folder / page.name).write_bytes(text.replace("\n", "\r\n").encode())
    shutil.copy(ROOT / "LICENSE", folder / "LICENSE.txt")
    (folder / "LICENSES.txt").write_text(licenses(wheels.glob("*.whl")), encoding="utf-8")
    (folder / "SHA256SUMS").write_text(sums(folder), encoding="utf-8")
    return folder


def _twin(lock: str, own: Path) -> Path:
    folder = _emptied(DIST / "offline-here")
    wheels = folder / "wheels"
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    wanted = wanted_on(lock, None, version)
    download(wanted, wheels, [])
    shutil.copy(own, wheels)
    with tempfile.TemporaryDirectory() as place:
        subprocess.run([sys.executable, "-m", "venv", place], check=True)
        inside = Path(place) / ("Scripts" if sys.platform == "win32" else "bin")
        prove(wanted, wheels, [], python=str(inside / "python"))
        subprocess.run(
            [str(inside / "localplan"), "demo", str(Path(place) / "demo")],
            check=True,
            stdout=subprocess.DEVNULL,
        )
    return folder


def wanted_on(lock: str, system: dict[str, str] | None, version: str) -> str:
    """The lock's lines, hashes and all, for one system (None: this one) and one Python."""
    kept = [_without_marker(entry) for entry in _entries(lock) if _asked(entry, system, version)]
    return "\n".join(kept) + "\n"


def _entries(lock: str) -> Iterator[str]:
    """Each requirement of the lock with its hashes, on one line."""
    for line in lock.replace("\\\n", " ").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line


def _asked(entry: str, system: dict[str, str] | None, version: str) -> bool:
    _, _, marker = entry.partition(" --hash")[0].partition(";")
    if not marker.strip():
        return True
    python = {"python_version": version, "python_full_version": f"{version}.0"}
    return Marker(marker.strip()).evaluate({**(system or {}), **python})


def _without_marker(entry: str) -> str:
    requirement, hashes = entry.split(" --hash", 1)
    return f"{requirement.partition(';')[0].strip()} --hash{hashes}"


def download(wanted: str, wheels: Path, target: list[str]) -> None:
    """Fetch the wheels that the lines of `wanted` name.

    Raises:
        MissingWheelError: there is no wheel of something for that system and Python.
    """
    _pip("download", wanted, ["--no-deps", "--dest", str(wheels), *target])


def prove(wanted: str, wheels: Path, target: list[str], python: str = sys.executable) -> None:
    """Let pip install the program from the folder alone.

    Raises:
        MissingWheelError: the folder lacks a wheel.
    """
    own = next(wheels.glob("wioa_localplan-*.whl"))
    digest = sha256(own.read_bytes()).hexdigest()
    lines = f"{wanted}wioa-localplan=={own.name.split('-')[1]} --hash=sha256:{digest}\n"
    _pip("install", lines, ["--no-index", "--find-links", str(wheels), *target], python)


def _pip(verb: str, wanted: str, options: list[str], python: str = sys.executable) -> None:
    with tempfile.TemporaryDirectory() as place:
        lines = Path(place) / "wanted.txt"
        lines.write_text(wanted, encoding="utf-8")
        command = [python, "-m", "pip", verb, "--quiet", "--only-binary", ":all:"]
        done = subprocess.run(
            [*command, "--require-hashes", *options, "--requirement", str(lines)],
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        raise MissingWheelError("\n".join(said[-1:] or [done.stderr]))


def licenses(wheels: Iterable[Path]) -> str:
    """One line for each package in the folder: its name, version and license, as it says."""
    lines = ["What is in this folder, and under which license, as each package says.", ""]
    for wheel in sorted(wheels):
        with zipfile.ZipFile(wheel) as archive:
            name = next(one for one in archive.namelist() if one.endswith(".dist-info/METADATA"))
            about = HeaderParser().parsestr(archive.read(name).decode())
        license_ = about["License-Expression"] or _classified(about.get_all("Classifier", []))
        license_ = license_ or (about["License"] or "see the package").splitlines()[0]
        lines.append(f"{about['Name']} {about['Version']}: {license_}")
    return "\n".join(dict.fromkeys(lines)) + "\n"


def _classified(classifiers: list[str]) -> str:
    named = [one.rpartition(" :: ")[2] for one in classifiers if one.startswith("License :: ")]
    return ", ".join(named)


def sums(folder: Path) -> str:
    """The SHA-256 of every file in the folder, as `sha256sum --check` reads it."""
    files = sorted(one for one in folder.rglob("*") if one.is_file() and one.name != "SHA256SUMS")
    return "".join(
        f"{sha256(one.read_bytes()).hexdigest()}  {one.relative_to(folder).as_posix()}\n"
        for one in files
    )


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "wheels").mkdir(parents=True)
    return folder


if __name__ == "__main__":
    sys.exit(main())
