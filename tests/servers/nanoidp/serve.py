"""nanoidp behind TLS, which its own command does not offer: `serve.py PORT`, beside its settings, cert.pem and key.pem."""

import sys

from nanoidp.app import create_app

app = create_app(".", strict_config=True)
app.run(host="127.0.0.1", port=int(sys.argv[1]), ssl_context=("cert.pem", "key.pem"))
