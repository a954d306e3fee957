"""The embedded engine as a child process that several processes share."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.embedded import EngineFolder, embedded_engine
from graph.settings import Settings
from graph.store import connect
from schema.errors import EngineUnavailable, TimeLimit

USER = """
import sys
from pathlib import Path
from graph.embedded import embedded_engine
with embedded_engine(Path(sys.argv[1]), "256m", 20) as endpoint:
    print(endpoint.uri, endpoint.supervisor, flush=True)
    sys.stdin.read()
"""


def start_user(data: Path) -> tuple[subprocess.Popen[str], str, int]:
    user = subprocess.Popen(
        [sys.executable, "-c", USER, str(data)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert user.stdout is not None
    uri, supervisor = user.stdout.readline().split()
    return user, uri, int(supervisor)


def gone(pid: int, seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        state = Path(f"/proc/{pid}/stat")
        if state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


def end(user: subprocess.Popen[str]) -> None:
    user.communicate(timeout=30)


def test_the_first_starts_it_others_join_and_it_goes_with_the_last(tmp_path: Path) -> None:
    first, uri, supervisor = start_user(tmp_path)
    second, same_uri, same_supervisor = start_user(tmp_path)
    assert (uri, supervisor) == (same_uri, same_supervisor)
    end(first)
    with embedded_engine(tmp_path, "256m", 20) as endpoint:
        assert endpoint.uri == uri, "it outlives the process that started it"
    second.kill()
    second.communicate()
    assert gone(supervisor), "a killed user counts as gone"
    assert not EngineFolder(tmp_path).endpoint.exists()


def test_a_killed_supervisor_takes_the_engine_along_and_the_next_user_starts_afresh(tmp_path: Path) -> None:
    user, uri, supervisor = start_user(tmp_path)
    children = Path(f"/proc/{supervisor}/task/{supervisor}/children").read_text().split()
    assert len(children) == 1
    os.kill(supervisor, signal.SIGKILL)
    assert gone(int(children[0])), "the engine ends with its supervisor"
    end(user)
    with embedded_engine(tmp_path, "256m", 20) as endpoint:
        assert endpoint.supervisor != supervisor
        assert endpoint.uri != uri or endpoint.supervisor != supervisor


def test_port_and_secrets_are_nobody_elses_business(tmp_path: Path) -> None:
    with embedded_engine(tmp_path, "256m", 20):
        folder = EngineFolder(tmp_path)
        assert folder.root.stat().st_mode & 0o777 == 0o700
        for path in (folder.endpoint, folder.secrets, folder.root / "root.secret"):
            assert path.stat().st_mode & 0o777 == 0o600
        command = Path(f"/proc/{folder.read_endpoint().supervisor}/cmdline").read_text()  # type: ignore[union-attr]
        assert folder.secrets.read_text("utf-8") not in command
        assert (folder.logs / "supervisor.log").exists()
        listeners = {
            line.split()[1].split(":")[0] for line in Path("/proc/net/tcp").read_text().splitlines()[1:]
        }
        assert listeners, "the kernel tells the listeners"


def test_a_stale_endpoint_is_no_obstacle(tmp_path: Path) -> None:
    folder = EngineFolder(tmp_path)
    folder.prepare()
    folder.endpoint.write_text('{"uri": "bolt://127.0.0.1:1", "supervisor": 1}', "utf-8")
    settings = Settings.from_environment({"CARISEC_DATA_DIR": str(tmp_path), "CARISEC_ENGINE_HEAP": "256m"})
    with connect(settings) as store:
        assert store.version() == ""


def test_a_wrong_heap_is_told_with_the_log(tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailable, match=r"did not start.*log"), embedded_engine(tmp_path, "lots", 20):
        pass


def test_an_unusable_data_folder_is_told_by_its_setting(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(EngineUnavailable, match="CARISEC_DATA_DIR"),
        embedded_engine(tmp_path / "file", "256m", 20),
    ):
        pass


def test_a_long_query_is_stopped(tmp_path: Path) -> None:
    settings = Settings.from_environment(
        {"CARISEC_DATA_DIR": str(tmp_path), "CARISEC_ENGINE_HEAP": "256m", "CARISEC_QUERY_SECONDS": "1"}
    )
    with connect(settings) as store, pytest.raises(TimeLimit):
        store.read("UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN count(*)")


def test_an_engine_that_dies_is_started_again_for_those_who_use_it(tmp_path: Path) -> None:
    settings = Settings.from_environment({"CARISEC_DATA_DIR": str(tmp_path), "CARISEC_ENGINE_HEAP": "256m"})
    with connect(settings) as store:
        assert store.version() == ""
        endpoint = EngineFolder(tmp_path).read_endpoint()
        assert endpoint is not None
        children = (
            Path(f"/proc/{endpoint.supervisor}/task/{endpoint.supervisor}/children").read_text().split()
        )
        os.kill(int(children[0]), signal.SIGKILL)
        assert gone(endpoint.supervisor)
        assert store.version() == ""
