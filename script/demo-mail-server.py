"""A mail server on loopback for script/demo: STARTTLS and login required, every message kept as a file.

Usage: demo-mail-server.py PORT FOLDER CERTIFICATE KEY USER PASSWORD
"""

import itertools
import pathlib
import ssl
import sys
import threading

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

port, folder, certificate, key, user, password = sys.argv[1:]


class Keeper:
    """Writes what arrives to FOLDER/1.eml, FOLDER/2.eml and so on."""

    numbers = itertools.count(1)

    async def handle_DATA(self, server, session, envelope):
        number = next(self.numbers)
        pathlib.Path(folder, f"{number}.eml").write_bytes(envelope.original_content)
        return f"250 2.0.0 Ok: kept as {number}.eml"


def login(server, session, envelope, mechanism, auth_data):
    """Lets one user in."""
    right = auth_data.login == user.encode() and auth_data.password == password.encode()
    return AuthResult(success=right)


tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
tls.load_cert_chain(certificate, key)
server = Controller(
    Keeper(), hostname="127.0.0.1", port=int(port), tls_context=tls, require_starttls=True,
    authenticator=login, auth_required=True, auth_require_tls=True,
)
server.start()
print("listening", flush=True)
threading.Event().wait()
