"""Say in one line what keeps Samspel from starting on this machine. Standard library only.

Usage: check_machine.py [PORT]. Runs before anything is installed, on whatever Python is there.
"""

import socket
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this is where an older Python is told
    sys.exit(f"Samspel needs Python 3.11 or newer; this is {sys.version.split()[0]}. Try PYTHON=python3.11")

for port in sys.argv[1:]:
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        sys.exit(f"{port} is not a port number. Try: make run PORT=8001")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except OSError as error:
            sys.exit(f"Port {port} cannot be used ({error.strerror}). Try another: make run PORT=8001")
