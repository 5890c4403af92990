// try: begins with the name of an interpreter, which a compiler must not obey
// want: CE
#!/bin/sh
echo ok
