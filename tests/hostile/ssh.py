"""mctop over a real sshd on loopback: `python -m tests.hostile.ssh` prints a line for each promise; 1 if one is broken.

Needs sshd, ssh and tmux; nothing outside a temporary folder is read or written.
"""

from __future__ import annotations

import contextlib
import getpass
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from tests.hostile.launch import ORDINARY_MODES
from tests.pty.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
GONE = 10.0
"""Seconds after which a program without a terminal must be gone; a busy machine needs some of them."""
STALL = 5.0
"""Seconds for which nobody reads."""
QUIET = 0.3
"""Of a core: what the program may need while its terminal stalls."""
CONFIG = """\
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host
AuthorizedKeysFile {folder}/client.pub
PidFile {folder}/sshd.pid
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitUserEnvironment no
"""


class Sshd:
    """An sshd that lets this user in with one key, and what a client needs to reach it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("host", "client"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])
        (folder / "sshd_config").write_text(CONFIG.format(port=self.port, folder=folder))
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(exist_ok=True)
        self.process = subprocess.Popen(
            [str(SSHD), "-D", "-e", "-f", folder / "sshd_config"], stderr=subprocess.DEVNULL
        )

    def command(self, remote: str, *options: str) -> tuple[str, ...]:
        """The client that runs a command on a terminal there."""
        return (
            "ssh", "-tt", "-q", "-F", "none", "-p", str(self.port), "-i", str(self.folder / "client"),
            "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "IdentitiesOnly=yes",
            "-o", "ConnectionAttempts=20", *options, f"{getpass.getuser()}@127.0.0.1", remote,
        )  # fmt: skip

    def close(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait()


class Host:
    """The demo on the other side of an sshd, each time with a home of its own."""

    def __init__(self, sshd: Sshd) -> None:
        self._sshd = sshd
        self._homes = 0

    def remote(self, *, locale: str = "C.UTF-8", around: str = "") -> tuple[str, Path]:
        """The command that is run there, and its home."""
        self._homes += 1
        home = self._sshd.folder / f"home{self._homes}"
        home.mkdir()
        homes = ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR", "TMUX_TMPDIR")
        names = dict.fromkeys(homes, f"{home}") | {"LC_ALL": locale, "PYTHONPATH": f"{Path.cwd()}"}
        settings = " ".join(f"{name}={shlex.quote(value)}" for name, value in names.items())
        demo = f"{shlex.quote(sys.executable)} -m mctop demo --seed 1"
        return f"cd {shlex.quote(str(Path.cwd()))} && exec env {settings} {around}{demo}", home

    @contextlib.contextmanager
    def session(self, *, locale: str = "C.UTF-8", around: str = "", columns: int = 120) -> Iterator[Running]:
        """The demo, live, seen through ssh."""
        remote, home = self.remote(locale=locale, around=around)
        with Session(self._sshd.command(remote), columns=columns, lines=30) as terminal:
            running = Running(terminal, home)
            try:
                terminal.wait_for("LIVE", timeout=60)
                yield running
            finally:
                for process in running.processes():
                    with contextlib.suppress(psutil.NoSuchProcess):
                        process.kill()


class Running:
    """A terminal on this side, and the processes on the other."""

    def __init__(self, terminal: Session, home: Path) -> None:
        self.terminal = terminal
        self._home = f"{home}"

    def processes(self) -> list[psutil.Process]:
        """Whatever runs there with that home, but for the shell that waits."""
        return [process for process in psutil.process_iter() if self._is_ours(process)]

    def programs(self) -> list[psutil.Process]:
        """The dashboard and its service."""
        return [process for process in self.processes() if "python" in process.name()]

    def gone(self) -> bool:
        """Whether nothing of it is left in time."""
        end = time.monotonic() + GONE
        while self.programs():
            if time.monotonic() > end:
                return False
            time.sleep(0.05)  # they are no children of ours: there is nothing to wait on
        return True

    def _is_ours(self, process: psutil.Process) -> bool:
        try:
            return process.environ().get("XDG_STATE_HOME") == self._home
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            return False


def quits(host: Host) -> bool:
    """`q` ends it with 0 and leaves the terminal as it was."""
    with host.session() as running:
        running.terminal.send("q")
        code = running.terminal.wait()
        return code == 0 and running.terminal.emulator.modes == ORDINARY_MODES and running.gone()


def client_killed(host: Host) -> bool:
    """The client is killed: the program and its service end."""
    with host.session() as running:
        running.terminal.process.kill()
        running.terminal.process.wait()
        return running.gone()


def connection_cut(host: Host) -> bool:
    """The server's side of the connection dies: the program and its service end."""
    with host.session() as running:
        dashboard = running.programs()[0]
        ancestors = [process for process in dashboard.parents() if process.name().startswith("sshd")]
        ancestors[0].kill()
        return running.gone()


def terminated(host: Host) -> bool:
    """TERM ends it with 143, the terminal as it was."""
    with host.session() as running:
        dashboard = next(each for each in running.programs() if "mctop.service" not in " ".join(each.cmdline()))
        dashboard.send_signal(signal.SIGTERM)
        code = running.terminal.wait()
        return code == 128 + signal.SIGTERM and running.terminal.emulator.modes == ORDINARY_MODES and running.gone()


def stalled(host: Host) -> bool:
    """Nobody reads for a while: it costs no processor, and the picture is right afterwards."""
    with host.session() as running:
        programs = running.programs()
        running.terminal.process.send_signal(signal.SIGSTOP)
        before = sum(sum(each.cpu_times()[:2]) for each in programs)
        time.sleep(STALL)  # the stall itself
        used = sum(sum(each.cpu_times()[:2]) for each in programs) - before
        running.terminal.process.send_signal(signal.SIGCONT)
        running.terminal.send("?")
        running.terminal.wait_for("What works here")
        return used < QUIET * STALL


def resized(host: Host) -> bool:
    """Every size is drawn as large as it is, 1×1 too."""
    with host.session() as running:
        for columns, lines in ((80, 24), (1, 1), (160, 48)):
            running.terminal.resize(columns, lines)
            running.terminal.process.send_signal(signal.SIGWINCH)
            running.terminal.read_for(1)
        running.terminal.wait_for(lambda t: "LIVE" in t.text and max(map(len, t.lines)) > 140)
        return True


def split_keys(host: Host) -> bool:
    """An arrow key that arrives in two parts 0.3 s apart is one key."""
    with host.session() as running:
        running.terminal.send("?")
        running.terminal.wait_for("What works here")
        running.terminal.send("\x1b")
        time.sleep(0.3)  # the pause of the link
        running.terminal.send("[B")
        running.terminal.read_for(1.5)
        return "What works here" in running.terminal.text


def without_unicode(host: Host) -> bool:
    """Under LC_ALL=C no byte beyond ASCII is sent."""
    with host.session(locale="C") as running:
        for key in "1234560":
            running.terminal.send(key)
            running.terminal.read_for(1)
        return not any(byte > 0x7E for byte in running.terminal.raw)


def tmux_in_tmux(host: Host) -> bool:
    """Inside tmux inside tmux it is drawn, takes keys, and ends."""
    tmux = "tmux -L outer -f /dev/null new-session env -u TMUX tmux -L inner -f /dev/null new-session "
    with host.session(around=tmux) as running:
        running.terminal.send("6")
        for key, view in (("6", "› Log "), ("q", "› Overview ")):
            running.terminal.send(key)
            running.terminal.wait_for(view, timeout=60)
        running.terminal.send("q")
        return running.terminal.wait() == 0 and running.gone()


PROMISES: tuple[Callable[[Host], bool], ...] = (
    quits,
    client_killed,
    connection_cut,
    terminated,
    stalled,
    resized,
    split_keys,
    without_unicode,
    tmux_in_tmux,
)


def main() -> int:
    """Go through the promises; 0 if all are kept."""
    if SSHD is None or shutil.which("ssh") is None:
        sys.stdout.write("sshd or ssh is not installed: nothing was tried\n")
        return 2
    broken = 0
    with tempfile.TemporaryDirectory() as folder:
        sshd = Sshd(Path(folder))
        host = Host(sshd)
        for promise in PROMISES:
            try:
                right, why = promise(host), ""
            except AssertionError as error:
                right, why = False, f"\n{error}"
            broken += not right
            sys.stdout.write(f"{'ok    ' if right else 'BROKEN'} {promise.__doc__}{why}\n")
            sys.stdout.flush()
        sshd.close()
    return int(bool(broken))


if __name__ == "__main__":
    raise SystemExit(main())
