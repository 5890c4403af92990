# -*- coding: no_such_codec -*-
# try: names an encoding that there is not
# want: CE
print("ok")
