# try: asks the cloud's metadata service, the judge's own ports and a name server by the usual libraries
# want: AC
# limits: cpu=2s wall=10s
import socket
import urllib.request

socket.setdefaulttimeout(0.3)
reached = []
for url in ("http://169.254.169.254/latest/meta-data/", "http://metadata.google.internal/", "http://127.0.0.1:8080/api/v1/languages",
            "http://localhost:8080/", "http://[::1]:8080/", "http://127.0.0.1:4222/", "http://host.docker.internal/", "https://example.com/"):
    try:
        reached.append((url, urllib.request.urlopen(url).status))
    except Exception:
        pass
for name in ("example.com", "metadata.google.internal", "deemster"):
    try:
        reached.append((name, socket.getaddrinfo(name, 80)))
    except OSError:
        pass
print(*reached or ["ok"])
