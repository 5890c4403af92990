# -*- coding: unicode_escape -*-
# try: hides code from readers by an encoding in which a comment ends in the middle; it runs like any code and sees no more
# want: AC
# \u000aimport os; print("ok" if os.getuid() and not os.path.exists("/etc/shadow") else "no")
