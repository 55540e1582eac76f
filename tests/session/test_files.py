"""Writing files: the old one or the new one whatever fails, where the name leads to, and known again when changed."""

import os
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from playground.session.errors import UserError
from playground.session.files import Mark, has_changed, mark_of, printable, write_file

posix = pytest.mark.skipif(os.name == "nt", reason="modes, links and pipes of POSIX")
AS_ROOT = os.name != "nt" and os.geteuid() == 0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "work.softmax"
    path.write_bytes(b"old")
    return path


def names_in(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_a_file_is_written_and_written_again(tmp_path: Path) -> None:
    path = tmp_path / "new.softmax"
    for content in (b"one", b"", b"\r\n\x00\xff" * 1000):
        write_file(path, content)
        assert path.read_bytes() == content
        assert names_in(tmp_path) == [path.name]


@posix
def test_a_new_file_has_the_mode_that_the_user_s_files_have(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"")
    write_file(tmp_path / "new", b"")
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "plain").stat().st_mode


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666, 0o755])
def test_a_file_keeps_its_mode(path: Path, mode: int) -> None:
    path.chmod(mode)
    write_file(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.skipif(not AS_ROOT, reason="only root gives files away")
def test_a_file_keeps_its_owner(path: Path) -> None:
    os.chown(path, 1234, 4321)
    write_file(path, b"new")
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 4321)


@posix
def test_a_link_stays_and_what_it_points_to_is_written(tmp_path: Path, path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    link, longer, dangling = (elsewhere / name for name in ("link", "longer", "dangling"))
    link.symlink_to(path)
    longer.symlink_to(link)
    dangling.symlink_to(tmp_path / "born.softmax")
    write_file(longer, b"new")
    write_file(dangling, b"first")
    assert link.is_symlink()
    assert longer.is_symlink()
    assert dangling.is_symlink()
    assert (path.read_bytes(), (tmp_path / "born.softmax").read_bytes()) == (b"new", b"first")
    assert names_in(elsewhere) == ["dangling", "link", "longer"]


@posix
def test_a_name_as_long_as_a_name_can_be_is_written(tmp_path: Path) -> None:
    for length in (247, 252, 255):
        write_file(tmp_path / ("x" * length), b"new")
    with pytest.raises(UserError, match=r"cannot be written: File name too long\. Save it somewhere else, or under an"):
        write_file(tmp_path / ("x" * 256), b"new")
    assert [len(name) for name in names_in(tmp_path)] == [247, 252, 255]


def test_a_neighbour_with_a_likely_name_is_left_alone(tmp_path: Path, path: Path) -> None:
    neighbours = [tmp_path / f"work.softmax{ending}" for ending in (".new", ".tmp", "~", ".bak")]
    for neighbour in neighbours:
        neighbour.write_bytes(b"mine")
    write_file(path, b"new")
    assert all(neighbour.read_bytes() == b"mine" for neighbour in neighbours)
    assert len(names_in(tmp_path)) == 5


@posix
def test_a_file_whose_name_is_no_utf_8_is_written_and_spoken_of(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.softmax"))
    write_file(path, b"new")
    assert path.read_bytes() == b"new"
    path.chmod(0o400)
    with pytest.raises(UserError, match=r"^caf\?\.softmax cannot be written"):
        write_file(path, b"newer")


def in_no_folder(path: Path) -> Path:
    return path.parent / "nowhere" / "work.softmax"


def below_a_file(path: Path) -> Path:
    return path / "work.softmax"


def a_folder(path: Path) -> Path:
    (path.parent / "folder").mkdir()
    return path.parent / "folder"


def a_pipe(path: Path) -> Path:
    os.mkfifo(path.parent / "pipe")
    return path.parent / "pipe"


def a_device(path: Path) -> Path:
    return Path("/dev/null")


def read_only(path: Path) -> Path:
    path.chmod(0o444)
    return path


def a_link_to_itself(path: Path) -> Path:
    link = path.parent / "loop"
    link.symlink_to(link)
    return link


def no_name(path: Path) -> Path:
    return path.parent / "a\0b"


@posix
@pytest.mark.parametrize(
    ("make", "words"),
    [
        (in_no_folder, "No such file or directory"),
        (below_a_file, "Not a directory"),
        (a_folder, "a folder or a device, not a file"),
        (a_pipe, "a folder or a device, not a file"),
        (a_device, "a folder or a device, not a file"),
        (read_only, "the file there is read-only"),
        (a_link_to_itself, "Too many levels of symbolic links"),
        (no_name, "null (byte|character)"),
    ],
)
def test_what_cannot_be_written_is_refused_in_words_and_left_alone(
    path: Path, make: Callable[[Path], Path], words: str
) -> None:
    target = make(path)
    before = names_in(path.parent)
    with pytest.raises(UserError, match=rf"cannot be written: .*{words}.*\. Save it somewhere else, or under another"):
        write_file(target, b"new")
    assert names_in(path.parent) == before
    assert path.read_bytes() == b"old"


@pytest.mark.skipif(os.name == "nt" or AS_ROOT, reason="nothing is forbidden to root")
def test_a_folder_that_may_not_be_written_is_refused(path: Path) -> None:
    path.parent.chmod(0o500)
    with pytest.raises(UserError, match="Permission denied"):
        write_file(path, b"new")


@pytest.mark.parametrize("operation", ["os.fdopen", "os.fsync", "os.fchmod", "pathlib.Path.replace"])
def test_a_write_that_fails_anywhere_leaves_the_old_file_and_nothing_beside_it(
    path: Path, monkeypatch: pytest.MonkeyPatch, operation: str
) -> None:
    def fail(*_: Any, **__: Any) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(operation, fail)
    with pytest.raises(UserError, match=r"work\.softmax cannot be written: No space left on device\. Save it"):
        write_file(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert names_in(path.parent) == [path.name]


def test_a_clean_up_that_fails_too_does_not_hide_what_failed_first(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(number: int, words: str) -> Callable[..., None]:
        def go(*_: Any, **__: Any) -> None:
            raise OSError(number, words)

        return go

    monkeypatch.setattr(Path, "replace", fail(28, "No space left on device"))
    monkeypatch.setattr(Path, "unlink", fail(30, "Read-only file system"))
    with pytest.raises(UserError, match="No space left on device"):
        write_file(path, b"new")


def test_a_file_is_on_the_disk_before_it_takes_the_place_and_its_folder_after(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    sync, replace = os.fsync, Path.replace

    def watched_sync(descriptor: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        sync(descriptor)

    def watched_replace(self: Path, target: Path) -> Path:
        done.append("replace")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", watched_sync)
    monkeypatch.setattr(Path, "replace", watched_replace)
    write_file(path, b"new")
    assert done == ["file", "replace", "folder"]


def test_two_who_write_one_file_at_once_never_break_it(path: Path) -> None:
    contents = [b"a" * 300_000, b"b" * 500_000]
    write_file(path, contents[0])

    def write(content: bytes) -> None:
        for _ in range(15):
            write_file(path, content)

    with ThreadPoolExecutor() as pool:
        writers = [pool.submit(write, content) for content in contents]
        while not all(writer.done() for writer in writers):
            assert path.read_bytes() in contents
        for writer in writers:
            writer.result()
    assert path.read_bytes() in contents
    assert names_in(path.parent) == [path.name]


# Known again


def rewritten(path: Path) -> None:
    path.write_bytes(b"two")


def replaced(path: Path) -> None:
    write_file(path, b"longer")


def replaced_at_the_same_moment(path: Path) -> None:
    times = path.stat()
    path.write_bytes(b"two!")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def touched(path: Path) -> None:
    os.utime(path, ns=(0, 0))


def copied_back(path: Path) -> None:
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content)


def removed(path: Path) -> None:
    path.unlink()


def left(path: Path) -> None:
    pass


@pytest.fixture(params=["written", "met"])
def known(request: pytest.FixtureRequest, path: Path) -> Mark:
    """The mark of a file that was written here, or was there before."""
    return write_file(path, b"one") if request.param == "written" else mark_of(path)


@pytest.mark.parametrize(
    ("happens", "is_other"),
    [
        (rewritten, True),
        (replaced, True),
        (replaced_at_the_same_moment, True),
        (touched, False),
        (copied_back, False),
        (removed, False),
        (left, False),
    ],
)
def test_a_file_is_known_to_be_another_by_its_content(
    path: Path, known: Mark, happens: Callable[[Path], None], is_other: bool
) -> None:
    assert not has_changed(path, known)
    happens(path)
    assert has_changed(path, known) == is_other


def test_text_that_cannot_be_written_is_shown_with_question_marks() -> None:
    assert printable("caf\udce9.csv & 🦊") == "caf?.csv & 🦊"
