# expect: RE
import socket

socket.create_connection(("127.0.0.1", 4222), timeout=2)
